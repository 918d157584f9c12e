package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anodyne.export.facts.DecoderFacts;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.ProgrammeFacts;
import org.anodyne.export.facts.ProtocolText;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.plugin.Acknowledgement;

/** The tables of a report. */
final class Tables {
    private final SessionFacts facts;
    private final StringBuilder out;

    Tables(SessionFacts facts, StringBuilder out) {
        this.facts = facts;
        this.out = out;
    }

    /** What happened to people, data and plug-ins. */
    void rest() {
        programmes();
        scores();
        ratings();
        gaps();
        silences();
        swaps();
        decoders();
        slots();
        versions();
    }

    private void section(String title, List<String> heads, List<List<String>> rows, String none) {
        section(title, "", heads, rows, none);
    }

    private void section(String title, String note, List<String> heads, List<List<String>> rows, String none) {
        out.append("<section><h2>").append(Html.text(title)).append("</h2>\n");
        if (!note.isEmpty()) {
            out.append("<p class=\"note\">").append(Html.text(note)).append("</p>\n");
        }
        out.append(rows.isEmpty() ? "<p>" + Html.text(none) + "</p>\n" : Html.table(heads, rows));
        out.append("</section>\n");
    }

    private static String id(String id) {
        return "<span class=\"id\">" + Html.text(id) + "</span>";
    }

    private static String clock(long nanos) {
        return Html.clock(nanos / 1e9);
    }

    void phases() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Phase p : facts.phases()) {
            StringBuilder features = new StringBuilder();
            p.features().forEach((name, value) -> features.append(features.isEmpty() ? "" : "<br>")
                    .append(Html.text(name.replace("/phase-", " ")))
                    .append("&nbsp;")
                    .append(Html.text(Words.value(facts, name, value))));
            long fired = facts.decisions().stream()
                    .filter(d -> d.fired() && p.holds(d.timeNanos()))
                    .count();
            rows.add(List.of(
                    Html.text(p.label()),
                    clock(p.startNanos()),
                    clock(p.endNanos()),
                    Html.duration((p.endNanos() - p.startNanos()) / 1e9),
                    Long.toString(fired),
                    features.toString()));
        }
        section(
                "Phases",
                List.of("Phase", "#From", "#To", "#Length", "#Fired", "Over the whole phase"),
                rows,
                "No phase was recorded.");
    }

    void triggers() {
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        facts.protocol().triggers().keySet().forEach(t -> counts.put(t, new TreeMap<>()));
        facts.decisions().forEach(d -> counts.computeIfAbsent(d.trigger(), t -> new TreeMap<>())
                .merge(d.verdict(), 1L, Long::sum));
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((trigger, verdicts) -> {
            ProtocolText.TriggerText text = facts.protocol().triggers().get(trigger);
            List<String> held = new ArrayList<>();
            verdicts.forEach((v, n) -> {
                if (!v.equals("FIRED")) {
                    held.add(n + " × " + Words.verdict(v));
                }
            });
            rows.add(List.of(
                    id(trigger),
                    Html.text(text == null ? "" : text.rule()),
                    Long.toString(verdicts.getOrDefault("FIRED", 0L)),
                    Html.text(held.isEmpty() ? "never" : String.join(", ", held))));
        });
        section("Triggers", List.of("Trigger", "Rule", "#Fired", "Held back"), rows, "The protocol has no triggers.");
    }

    void commands() {
        Map<String, Acknowledgement> answers = new HashMap<>();
        facts.answers().forEach(a -> answers.putIfAbsent(a.acknowledgement().commandId(), a.acknowledgement()));
        Map<String, Facts.Latency> latencies = new HashMap<>();
        facts.latencies().forEach(l -> latencies.putIfAbsent(l.commandId(), l));
        Map<String, Facts.Decision> decided = new HashMap<>();
        facts.decisions().stream().filter(Facts.Decision::fired).forEach(d -> decided.putIfAbsent(d.commandId(), d));
        List<List<String>> rows = new ArrayList<>();
        Map<String, Long> outcomes = new TreeMap<>();
        for (Facts.Sent s : facts.commands().values()) {
            Acknowledgement a = answers.get(s.command().id());
            Facts.Decision d = decided.get(s.firing());
            Facts.Latency l = latencies.get(s.command().id());
            String outcome = Words.outcome(a == null ? "" : a.outcome().name());
            String why = a == null || a.reason().isEmpty() ? "" : ": " + a.reason();
            outcomes.merge(outcome + why, 1L, Long::sum);
            rows.add(List.of(
                    clock(s.command().decidedNanos()),
                    id(s.command().id()),
                    Html.text(d == null ? "" : compared(d))
                            + (d == null || d.version().isEmpty()
                                    ? ""
                                    : "<br><small>" + Html.text(d.version()) + "</small>"),
                    Html.text(s.command().target() + " " + s.command().action()
                            + arguments(s.command().arguments(), d)),
                    Html.text(outcome + why),
                    l == null ? "" : Html.millis(l.total() / 1e6)));
        }
        out.append("<section><h2>Commands and acknowledgements</h2>\n");
        if (rows.isEmpty()) {
            out.append("<p>No command was sent.</p></section>\n");
            return;
        }
        List<List<String>> totals = new ArrayList<>();
        outcomes.forEach((outcome, n) -> totals.add(List.of(Html.text(outcome), Long.toString(n))));
        out.append(Html.table(List.of("Outcome", "#Commands"), totals));
        // A list that scrolls, and not one that unfolds: what is folded away does not print.
        out.append(
                "<h3>One by one</h3>\n<div class=\"long\" tabindex=\"0\" role=\"region\" aria-label=\"commands one by one\">");
        out.append(Html.table(
                List.of("#Time", "Command", "Measured / threshold, by", "Action", "Outcome", "#Latency, ms"), rows));
        out.append("</div></section>\n");
    }

    private String compared(Facts.Decision d) {
        ProtocolText.TriggerText text = facts.protocol().triggers().get(d.trigger());
        String limit = text == null ? Html.number(d.threshold()) : Words.value(facts, text.feature(), d.threshold());
        return Html.number(d.measured()) + " / " + limit;
    }

    /** As the trigger writes them, with units; else the numbers that the device was given. */
    private String arguments(Map<String, Double> arguments, Facts.Decision decision) {
        ProtocolText.TriggerText text =
                decision == null ? null : facts.protocol().triggers().get(decision.trigger());
        Map<String, Object> written = text == null ? Map.of() : text.arguments();
        List<String> all = new ArrayList<>();
        new TreeMap<>(arguments)
                .forEach((k, v) -> all.add(k + " " + (written.containsKey(k) ? written.get(k) : Html.number(v))));
        return all.isEmpty() ? "" : " (" + String.join(", ", all) + ")";
    }

    /** Only where there are any. What was written in words is not shown: the report is passed on more easily than the record. */
    private void programmes() {
        for (ProgrammeFacts p : facts.programmes()) {
            List<List<String>> rows = new ArrayList<>();
            p.skills().keySet().forEach(skill -> {
                double here = p.minutes().getOrDefault(skill, 0.0);
                double home = p.homeMinutes().getOrDefault(skill, 0.0);
                if (here > 0 || home > 0) {
                    rows.add(List.of(Html.text(p.skill(skill)), minutes(here), minutes(home)));
                }
            });
            out.append("<section><h2>Programme: ")
                    .append(Html.text(p.title()))
                    .append("</h2>\n<p>Slot ")
                    .append(Html.text(p.slot() + ", frame " + p.frame() + ", " + p.delivery() + ", session "
                            + words(p.sessions()) + ". "))
                    .append(Html.text(p.lessons() + " lessons shown, " + p.finished() + " of "
                            + p.sessions().size() + " sessions gone through. " + adherence(p)))
                    .append(Html.text(homework(p)))
                    .append("</p>\n");
            out.append(
                    rows.isEmpty()
                            ? "<p>No skill was practised.</p>\n"
                            : Html.table(
                                    List.of("Skill", "#Minutes in the session", "#Minutes at home, as told"), rows));
            out.append("</section>\n");
        }
    }

    private static String words(List<Long> sessions) {
        return String.join(", ", sessions.stream().map(String::valueOf).toList());
    }

    private static String minutes(double minutes) {
        return String.format(java.util.Locale.ROOT, "%.1f", minutes);
    }

    private static String adherence(ProgrammeFacts p) {
        return p.asked() == 0
                ? "Nothing was asked."
                : "Adherence " + Math.round(100 * p.adherence()) + " %: " + p.answered() + " of " + p.asked()
                        + " exercises answered.";
    }

    private static String homework(ProgrammeFacts p) {
        List<String> reports = new ArrayList<>();
        p.homeworkReported().forEach((done, n) -> reports.add(done + " " + n));
        return " Homework set: " + p.homeworkSet() + "; done, as told: "
                + (reports.isEmpty() ? "not asked" : String.join(", ", reports)) + ".";
    }

    private void ratings() {
        if (facts.ratings().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Happening r : facts.ratings()) {
            String value;
            if (r.attributes().get("value") instanceof Number n) {
                value = Html.number(n.doubleValue());
            } else if (r.text("text").isEmpty()) {
                value = "missing" + (r.text("reason").isEmpty() ? "" : ": " + Html.text(r.text("reason")));
            } else {
                value = "in words, " + r.text("text").length() + " characters";
            }
            rows.add(List.of(clock(r.timeNanos()), Html.text(r.slot()), Html.text(r.text("item")), value));
        }
        section("Ratings", List.of("#Time", "Slot", "Item", "Answer"), rows, "");
    }

    private void scores() {
        List<List<String>> rows = new ArrayList<>();
        for (Sheet sheet : Sheet.of(facts)) {
            for (Map<?, ?> scale : sheet.scales()) {
                String id = Sheet.text(scale, "id");
                String value = sheet.score(id).map(Html::number).orElse("none, too few answers");
                Object better = sheet.change(id).get("improvement");
                rows.add(List.of(
                        clock(sheet.timeNanos()),
                        Html.text(sheet.title()),
                        Html.text(Sheet.text(scale, "title")),
                        value,
                        Html.text(scale.get("min") + " to " + scale.get("max")),
                        Html.text(sheet.band(id)),
                        better instanceof Number n ? Html.number(n.doubleValue()) : ""));
            }
        }
        if (!rows.isEmpty()) {
            section(
                    "Scores",
                    unverified(),
                    List.of("#Time", "Instrument", "Scale", "#Score", "Range", "Band", "#Better by"),
                    rows,
                    "");
        }
    }

    /** What no band or change of these scores should be trusted on yet. */
    private String unverified() {
        Map<String, String> figures = new LinkedHashMap<>();
        for (Sheet sheet : Sheet.of(facts)) {
            if (sheet.score().get("unverified") instanceof List<?> all && !all.isEmpty()) {
                figures.put(
                        sheet.title(), all.stream().map(String::valueOf).collect(Collectors.joining(", ", " (", ")")));
            }
        }
        return figures.isEmpty()
                ? ""
                : "Figures that nobody has compared with their source yet; do that before you rest a decision on them: "
                        + figures.entrySet().stream()
                                .map(f -> f.getKey() + f.getValue())
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    private void gaps() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Gap g : facts.gaps()) {
            rows.add(List.of(
                    Html.text(g.stream()),
                    clock(g.fromNanos()),
                    clock(g.toNanos()),
                    g.loss() ? "data missing" : "source stood still or began anew",
                    Html.text(g.reason()),
                    g.lostSamples() > 0 ? Long.toString(g.lostSamples()) : ""));
        }
        section(
                "Gaps",
                List.of("Stream", "#From", "#To", "Kind", "Reason", "#Samples lost"),
                rows,
                "None: every stream is whole.");
    }

    /** Only where there are any: what was lost by them stands among the gaps. */
    private void silences() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Silence s : facts.silences()) {
            rows.add(List.of(
                    Html.text(s.stream()),
                    clock(s.fromNanos()),
                    s.over() ? clock(s.toNanos()) : "never back",
                    s.over() ? Html.duration((s.toNanos() - s.fromNanos()) / 1e9) : ""));
        }
        if (!rows.isEmpty()) {
            section("Streams that fell silent", List.of("Stream", "#From", "#To", "#Length"), rows, "");
        }
    }

    private void swaps() {
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Happening s : facts.swaps()) {
            rows.add(List.of(
                    clock(s.timeNanos()),
                    Html.text(s.slot()),
                    Html.text(s.text("plugin")),
                    Html.text(s.text("fromVersion") + " → " + s.text("toVersion")) + "<br><code>"
                            + Html.text(shorter(s.text("fromSha256")) + " → " + shorter(s.text("toSha256")))
                            + "</code>",
                    Boolean.TRUE.equals(s.attributes().get("handedOver")) ? "handed over" : "begun afresh",
                    Html.number(s.number("gapNanos") / 1e6),
                    Html.number(s.number("tookNanos") / 1e6)));
        }
        section(
                "Swaps",
                List.of("#Time", "Slot", "Plug-in", "Version and hash", "State", "#Gap, ms", "#Took, ms"),
                rows,
                "No plug-in was swapped.");
    }

    private static String shorter(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
    }

    /** Only where there are any. */
    private void decoders() {
        List<List<String>> rows = new ArrayList<>();
        DecoderFacts.of(facts).forEach(d -> {
            List<String> versions = new ArrayList<>();
            d.versions().forEach((version, n) -> versions.add(Html.text(n + " by " + version)));
            rows.add(List.of(
                    Html.text(d.slot()),
                    Html.text(d.file()) + "<br><code>" + Html.text(d.sha256()) + "</code>",
                    d.simulated() ? "<span class=\"tag\">simulated data</span>" : "calibration of the participant",
                    String.join("<br>", versions)));
        });
        if (!rows.isEmpty()) {
            section(
                    "Decoders",
                    "Trained on one person and frozen by the hash of the model; not validated.",
                    List.of("Slot", "Model and SHA-256", "Trained on", "Decisions"),
                    rows,
                    "");
        }
    }

    private void slots() {
        List<List<String>> rows = new ArrayList<>();
        facts.slots().forEach((name, s) -> {
            String version = s.get("version") == null ? "" : " " + s.get("version");
            String hash =
                    s.get("sha256") == null ? "" : "<br><code>" + Html.text(shorter("" + s.get("sha256"))) + "</code>";
            rows.add(List.of(
                    Html.text(name),
                    Html.text(s.get("plugin") + version) + hash,
                    code(s.get("inputs")),
                    parameters(s)));
        });
        section(
                "Slots and parameters",
                List.of("Slot", "Plug-in", "Inputs", "Parameters"),
                rows,
                "No slots are known.");
    }

    /** As the protocol writes them, with units; then what it does not write, with the values that were used. */
    private String parameters(Map<String, Object> slot) {
        Map<?, ?> written = slot.get("written") instanceof Map<?, ?> w ? w : Map.of();
        Map<String, Object> rest = new TreeMap<>();
        if (slot.get("parameters") instanceof Map<?, ?> used) {
            used.forEach((k, v) -> rest.put(String.valueOf(k), v));
        }
        written.keySet().forEach(rest::remove);
        List<String> defaults = new ArrayList<>();
        rest.forEach((k, v) -> defaults.add(k + " " + ("".equals(v) ? "\"\"" : v)));
        String more =
                defaults.isEmpty() ? "" : "<small>defaults: " + Html.text(String.join(", ", defaults)) + "</small>";
        String own = code(written);
        return own + (own.isEmpty() || more.isEmpty() ? "" : "<br>") + more + chosen(slot);
    }

    /** By which rules parameters were chosen, and for whom. */
    private String chosen(Map<String, Object> slot) {
        if (!(slot.get("chosenBy") instanceof List<?> rules)) {
            return "";
        }
        List<String> of = new ArrayList<>();
        rules.forEach(r -> of.add(String.valueOf(r)));
        List<String> who = new ArrayList<>();
        facts.about().forEach((fact, value) -> who.add(fact + " " + value));
        return "<br><small>"
                + Html.text("chosen by " + (of.size() == 1 ? "rule " : "rules ") + String.join(", ", of) + " for "
                        + String.join(", ", who))
                + "</small>";
    }

    private static String code(Object value) {
        if (!(value instanceof Map<?, ?> m)) {
            return value == null ? "" : "<code>" + Html.text(value) + "</code>";
        }
        StringBuilder s = new StringBuilder();
        Map<String, Object> sorted = new TreeMap<>();
        m.forEach((k, v) -> sorted.put(String.valueOf(k), v));
        sorted.forEach((k, v) -> s.append(s.isEmpty() ? "" : "<br>").append(Html.text(k + ": " + v)));
        return s.isEmpty() ? "" : "<code>" + s + "</code>";
    }

    private void versions() {
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(facts.meta().versions())
                .forEach((name, v) -> rows.add(List.of(Html.text(name), "<code>" + Html.text(v) + "</code>")));
        rows.add(List.of("seed", "<code>" + facts.meta().seed() + "</code>"));
        section("Versions", List.of("What", "Version and hash"), rows, "");
    }
}
