package org.anodyne.export.crednf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.FeedbackFacts;
import org.anodyne.export.facts.Percentiles;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;

/**
 * What a neurofeedback study has to report of itself after T. Ros and others, "Consensus on the reporting and experimental design
 * of clinical and cognitive-behavioural neurofeedback studies (CRED-nf checklist)", Brain 143(6), 2020: for each item, in our own
 * words, what the record of this one session knows. What it cannot know is left to the lab. Where a sealed allocation code decides
 * what was fed back, nothing here depends on the arm.
 */
public final class CredNf {
    /** The item that the pictures belong to. */
    static final String COURSE = "Within the session and from session to session";

    private static final String BY_THE_LAB = "To be filled in by the lab.";

    private final SessionFacts facts;
    private final FeedbackFacts feedback;

    /**
     * An item.
     *
     * @param said lines from the record; empty where it knows nothing
     * @param more what the lab has still to say; empty where the record says it all
     */
    public record Item(String group, String what, List<String> said, String more) {}

    public CredNf(SessionFacts facts) {
        this.facts = facts;
        this.feedback = facts.feedback();
    }

    /** All items, in the order of the checklist. */
    public List<Item> items() {
        List<Item> all = new ArrayList<>();
        String before = "Before the experiment";
        all.add(lab(before, "Plan and hypotheses registered in advance"));
        all.add(lab(before, "Reason for the number of participants"));
        String control = "Control groups";
        all.add(new Item(
                control,
                "Control group or condition",
                controlled(),
                "How many are in which group, and why this control."));
        all.add(new Item(
                control, "Who did not know the group", blinded(), "Whether the participants knew, and who else."));
        all.add(lab(control, "Those who rated outcomes did not know the group"));
        all.add(lab(control, "Whether blinding held: what participants and experimenters guessed"));
        all.add(lab(control, "In a clinical study, a group with the usual care"));
        String measures = "Control measures";
        all.add(lab(measures, "Expectation, motivation, contact with the experimenter and the like"));
        all.add(lab(measures, "What participants were told to do, or to try"));
        all.add(lab(measures, "What participants say that they did"));
        all.add(new Item(
                measures, "Artefacts while feedback runs", artefacts(), "How the marks of artefacts were checked."));
        all.add(new Item(measures, "Artefacts by block", rejected(), "Comparison between the groups."));
        String signal = "Feedback";
        all.add(new Item(signal, "From the signal to the trained features", extraction(), ""));
        all.add(new Item(signal, "Thresholds and reward", schedule(), ""));
        all.add(new Item(signal, "What participants saw and heard", modality(), "What it was told to mean."));
        all.add(new Item(signal, "How long feedback took", latency(), "The delay of the amplifier."));
        all.add(new Item(signal, "Variables of the feedback that were kept", kept(), ""));
        all.add(new Item(
                signal,
                "Hardware and software",
                ware(),
                "Amplifier, electrodes, cap, screen or headset, loudspeakers."));
        String brain = "Outcome: the trained activity";
        all.add(new Item(brain, "How well it was regulated, by the trained features", regulated(), ""));
        all.add(new Item(brain, COURSE, course(), "From session to session."));
        all.add(lab(brain, "Comparison of regulation between the groups"));
        String behaviour = "Outcome: behaviour and complaints";
        all.add(lab(behaviour, "What change counts as clinically meaningful, said in advance"));
        all.add(lab(behaviour, "Whether regulation goes together with the outcome"));
        all.add(new Item(
                "Data",
                "Where data can be had",
                List.of("This session: record in record/, dataset in bids/, each feature as a table in features/."),
                "Where they, and the protocol file, are published."));
        return all;
    }

    private static Item lab(String group, String what) {
        return new Item(group, what, List.of(), BY_THE_LAB);
    }

    private List<Map.Entry<String, Map<String, Object>>> slots(String plugin) {
        return facts.slots().entrySet().stream()
                .filter(s -> plugin.equals(s.getValue().get("plugin")))
                .toList();
    }

    private static Map<?, ?> parameters(Map<String, Object> slot) {
        return slot.get("parameters") instanceof Map<?, ?> p ? p : Map.of();
    }

    private List<String> controlled() {
        List<String> said = new ArrayList<>();
        for (var s : slots("feedback")) {
            Object source = parameters(s.getValue()).get("source");
            String other =
                    switch (String.valueOf(source)) {
                        case "series" -> "a recorded series of levels (replayed or yoked)";
                        case "sham" -> "a random level as rough and as slow as the live one";
                        case "inverted" -> "the participant's own level, turned round";
                        default -> "the participant's own level";
                    };
            said.add(
                    facts.sealed(s.getKey()) && hasCode(s.getValue())
                            ? s.getKey() + ": a sealed code decides between the participant's own level and " + other
                                    + "; which of the two it was does not stand here."
                            : s.getKey() + ": every participant with this protocol is shown " + other + ".");
        }
        return said;
    }

    private static boolean hasCode(Map<String, Object> slot) {
        return parameters(slot).get("allocation") instanceof String code && !code.isEmpty();
    }

    private List<String> blinded() {
        if (!facts.blinded()) {
            return List.of("Not blinded: no slot has an allocation code.");
        }
        return List.of(
                "The arm follows from a sealed code that only the site's key opens. Operator's and participant's pages, the report"
                        + " and the summary are the same in both arms; levels and rewards stand in the record, dataset and features/.");
    }

    private List<String> artefacts() {
        List<String> said = new ArrayList<>();
        for (var s : slots("neurofeedback")) {
            Object clean = s.getValue().get("features") instanceof Map<?, ?> ports ? ports.get("clean") : null;
            said.add(
                    clean == null || clean.equals(List.of())
                            ? s.getKey() + ": no marks of artefacts are connected; nothing was rejected online."
                            : s.getKey() + ": while " + words(clean)
                                    + " is 0 nothing is learnt or rewarded and feedback stands still.");
        }
        return said;
    }

    private List<String> rejected() {
        return feedback.blocks().stream()
                .map(b -> label(b) + ": " + number(b.number("secondsRejected")) + " of " + number(b.number("seconds"))
                        + " s rejected")
                .toList();
    }

    private List<String> extraction() {
        List<String> said = new ArrayList<>();
        java.util.Set<String> sources = new java.util.LinkedHashSet<>();
        for (var s : slots("neurofeedback")) {
            targets(s.getValue())
                    .forEach(t -> sources.add(String.valueOf(t.get("feature")).split("/", 2)[0]));
        }
        if (sources.isEmpty()) {
            for (var s : slots("feedback")) {
                if (s.getValue().get("features") instanceof Map<?, ?> ports) {
                    ports.values().forEach(refs -> {
                        if (refs instanceof List<?> list) {
                            list.forEach(r -> sources.add(String.valueOf(r).split("/", 2)[0]));
                        }
                    });
                }
            }
        }
        for (String source : sources) {
            Map<String, Object> slot = facts.slots().getOrDefault(source, Map.of());
            said.add(source + ": " + slot.get("plugin") + " " + version(slot) + ", " + words(parameters(slot)) + ", of "
                    + words(slot.get("streams")));
        }
        return said;
    }

    private static List<Map<?, ?>> targets(Map<String, Object> slot) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (parameters(slot).get("targets") instanceof List<?> list) {
            list.forEach(t -> {
                if (t instanceof Map<?, ?> m) {
                    all.add(m);
                }
            });
        }
        return all;
    }

    private List<String> schedule() {
        List<String> said = new ArrayList<>();
        for (var s : slots("neurofeedback")) {
            Map<?, ?> p = parameters(s.getValue());
            targets(s.getValue())
                    .forEach(t -> said.add(s.getKey() + ": " + t.get("feature") + " " + t.get("direction")
                            + ", threshold " + words(t.get("threshold"))));
            said.add(s.getKey() + ": reward when met: " + p.get("require") + ", held for " + p.get("hold")
                    + " s; reward share " + (p.get("share") == null ? "not kept" : "kept: " + words(p.get("share"))));
        }
        for (var s : slots("feedback")) {
            Map<?, ?> p = parameters(s.getValue());
            said.add(s.getKey() + ": smoothing " + p.get("smoothing") + " s"
                    + (p.get("mark") == null
                            ? ", no reward"
                            : ", reward from level " + p.get("mark") + ", held for " + p.get("hold") + " s"));
        }
        return said;
    }

    private List<String> modality() {
        List<String> said = facts.slots().entrySet().stream()
                .filter(s -> "SCENE".equals(s.getValue().get("kind")))
                .map(s -> s.getKey() + ": " + s.getValue().get("plugin") + ", " + words(parameters(s.getValue()))
                        + ", driven by " + words(s.getValue().get("features")))
                .collect(Collectors.toCollection(ArrayList::new));
        if (facts.display().any()) {
            said.add("Shown by " + facts.display().device() + ".");
        }
        return said;
    }

    private List<String> latency() {
        if (feedback.ways().isEmpty()) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        if (!facts.realTime()) {
            said.add("The session was run at speed " + facts.meta().speed()
                    + ": these are not latencies of a live session.");
        }
        feedback.ways().forEach(w -> {
            Percentiles p = w.whole();
            said.add("Newest sample acquired → " + w.name() + ": median " + number(p.at(0.5)) + " ms, 99 % within "
                    + number(p.at(0.99)) + " ms, longest " + number(p.at(1)) + " ms (" + p.count() + " values).");
        });
        if (!Double.isNaN(feedback.limitMillis()) && facts.realTime()) {
            String late = facts.phases().stream()
                    .filter(facts::late)
                    .map(Facts.Phase::label)
                    .collect(Collectors.joining(", "));
            said.add("The protocol allows " + number(feedback.limitMillis()) + " ms. Blocks that were late: "
                    + (late.isEmpty() ? "none" : late) + ".");
        }
        said.add("Windows and filters add their own delay, see the features above.");
        return said;
    }

    private List<String> kept() {
        return List.of(facts.features().keySet().stream().sorted().collect(Collectors.joining(", ")));
    }

    private List<String> ware() {
        List<String> said = new ArrayList<>();
        for (StreamFacts s : facts.streams()) {
            said.add(s.key().name() + ": " + s.info().type() + ", " + s.key().channels() + " channels at "
                    + number(s.key().rateHz()) + " Hz, "
                    + facts.slots().getOrDefault(s.key().slot(), Map.of()).get("plugin")
                    + (s.info().synthetic() ? " (computed, not measured)" : ""));
        }
        said.add("Versions: "
                + facts.meta().versions().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getKey() + " " + e.getValue().split(" ")[0])
                        .collect(Collectors.joining(", ")));
        return said;
    }

    private List<String> regulated() {
        List<String> said = new ArrayList<>();
        for (Facts.Happening b : feedback.blocks()) {
            if (b.attributes().get("targets") instanceof List<?> targets) {
                for (Object t : targets) {
                    if (t instanceof Map<?, ?> m) {
                        said.add(label(b) + ": " + m.get("feature") + " " + m.get("direction") + ", mean "
                                + words(m.get("mean")) + ", SD " + words(m.get("standardDeviation")) + ", threshold "
                                + words(m.get("threshold")));
                    }
                }
            }
        }
        return said;
    }

    /** Every block in its order, rests too, and at the end what changed from the first rest to the last. */
    private List<String> course() {
        List<TargetCourse> targets = TargetCourse.of(feedback.blocks());
        List<String> said = new ArrayList<>();
        for (Facts.Happening b : feedback.blocks()) {
            String means = targets.stream()
                    .flatMap(t -> t.at(b).stream().map(p -> t.feature() + " " + number(p.mean())))
                    .collect(Collectors.joining(", "));
            said.add(label(b) + ": "
                    + (b.text("block").equals("rest")
                            ? "no reward; means " + means
                            : "reward share " + percent(b.number("rewardShare")) + ", " + b.whole("rewards", 0)
                                    + " rewards, mean score " + number(b.number("meanScore"))));
        }
        targets.forEach(t -> t.restToRest()
                .ifPresent(r -> said.add("From rest to rest: " + t.feature() + " (" + t.direction() + ") from "
                        + number(r.first().mean()) + " in " + r.first().phase() + " to "
                        + number(r.last().mean()) + " in " + r.last().phase() + ", "
                        + (r.share() < 0 ? "−" : "+") + percent(Math.abs(r.share())))));
        return said;
    }

    private static String label(Facts.Happening block) {
        return block.text("phase") + " (" + block.text("block") + ")";
    }

    private static String version(Map<String, Object> slot) {
        return slot.get("version") == null ? "" : String.valueOf(slot.get("version"));
    }

    private static String percent(double v) {
        return Double.isFinite(v) ? Math.round(100 * v) + " %" : "–";
    }

    private static String number(double v) {
        return Double.isFinite(v)
                ? new java.math.BigDecimal(v)
                        .round(new java.math.MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : "–";
    }

    /** A value in words; a code stays a code, but it has no place among settings. */
    private static String words(Object value) {
        if (value instanceof Map<?, ?> m) {
            Map<String, String> sorted = new TreeMap<>();
            m.forEach((k, v) -> {
                if (!"allocation".equals(k)) {
                    sorted.put(String.valueOf(k), words(v));
                }
            });
            return sorted.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> l) {
            return l.isEmpty() ? "all" : l.stream().map(CredNf::words).collect(Collectors.joining(", "));
        }
        return value instanceof Double d ? number(d) : String.valueOf(value);
    }
}
