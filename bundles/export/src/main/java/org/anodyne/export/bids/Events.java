package org.anodyne.export.bids;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.ProtocolText;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.plugin.Acknowledgement;

/** What happened in the session, as rows of an events table; onsets count from the first sample of the data file beside it. */
final class Events {
    /** What the table holds by other rows, or is of the platform's own workings. */
    private static final Set<String> NOT_LISTED = Set.of(
            "swap",
            "answer",
            "ask",
            "instrument",
            "score",
            "window-restarted",
            "phase",
            // What a participant was shown and wrote in words stays in the record: it may tell who it was.
            "activity",
            "activity-answer");

    private static final String[] COLUMNS = {
        "onset",
        "duration",
        "trial_type",
        "phase",
        "trigger",
        "rule",
        "feature",
        "measured",
        "threshold",
        "unit",
        "verdict",
        "command",
        "outcome",
        "outcome_reason",
        "latency",
        "value",
        "detail"
    };

    /** One row before it is written. */
    record Row(double onset, double duration, String type, Map<String, Object> more) {}

    private final SessionFacts facts;
    private final LongToDoubleFunction seconds;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param seconds session time to seconds of the data file
     * @param ownStream {@code slot/stream} of the data file, whose gaps come as bad stretches; empty when there is none
     */
    Events(SessionFacts facts, LongToDoubleFunction seconds, String ownStream) {
        this.facts = facts;
        this.seconds = seconds;
        phases();
        decisions();
        answers();
        facts.swaps().forEach(s -> add(s.timeNanos(), 0, "swap", Map.of("detail", swap(s))));
        facts.ratings().forEach(this::rating);
        for (Facts.Gap g : facts.gaps()) {
            if (!g.stream().equals(ownStream)) {
                add(
                        g.fromNanos(),
                        g.toNanos() - g.fromNanos(),
                        "gap",
                        Map.of("detail", g.stream() + ": " + g.reason()));
            }
        }
        for (Facts.Happening h : facts.happenings()) {
            if (!NOT_LISTED.contains(h.type())
                    && (!h.slot().equals("session") || h.type().equals("bus"))) {
                String detail = h.slot() + (h.attributes().isEmpty() ? "" : " " + new TreeMap<>(h.attributes()));
                // An event that lasted says from when to when; any other happened at its time.
                long from = h.whole("fromNanos", h.timeNanos());
                add(from, Math.max(0, h.whole("toNanos", from) - from), h.type(), Map.of("detail", detail));
            }
        }
    }

    private void add(long timeNanos, long durationNanos, String type, Map<String, Object> more) {
        rows.add(new Row(seconds.applyAsDouble(timeNanos), durationNanos / 1e9, type, more));
    }

    /** Adds the stretches of the data file that were filled. */
    void bad(List<EegFile.Bad> bad, double rate) {
        for (EegFile.Bad b : bad) {
            rows.add(new Row(
                    b.fromSample() / rate,
                    b.samples() / rate,
                    b.hole() ? "BAD_ACQ_SKIP" : "BAD_SAMPLES",
                    Map.of("detail", b.reason())));
        }
    }

    private void phases() {
        for (Facts.Phase p : facts.phases()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("phase", p.id());
            if (!p.features().isEmpty()) {
                Map<String, String> values = new TreeMap<>();
                p.features().forEach((name, value) -> {
                    String unit = facts.units().getOrDefault(name, "1");
                    values.put(name, value + (unit.equals("1") ? "" : " " + unit));
                });
                more.put("detail", values);
            }
            add(p.startNanos(), p.endNanos() - p.startNanos(), "phase", more);
        }
    }

    private void decisions() {
        Map<String, Facts.Latency> latencies = new HashMap<>();
        facts.latencies().forEach(l -> latencies.putIfAbsent(l.commandId(), l));
        Map<String, Acknowledgement> answers = new HashMap<>();
        facts.answers().forEach(a -> answers.putIfAbsent(a.acknowledgement().commandId(), a.acknowledgement()));
        for (Facts.Decision d : facts.decisions()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("phase", d.phase());
            more.put("trigger", d.trigger());
            ProtocolText.TriggerText text = facts.protocol().triggers().get(d.trigger());
            if (text != null) {
                more.put("rule", text.rule());
                more.put("feature", text.feature());
                more.put("unit", facts.units().get(text.feature()));
            }
            more.put("measured", d.measured());
            more.put("threshold", d.threshold());
            more.put("verdict", d.verdict());
            if (d.fired()) {
                more.put("command", d.commandId());
                Acknowledgement a = answers.get(d.commandId());
                more.put("outcome", a == null ? "NO_ANSWER" : a.outcome().name());
                more.put("outcome_reason", a == null ? "" : a.reason());
                Facts.Latency l = latencies.get(d.commandId());
                more.put("latency", l == null ? null : l.total() / 1e6);
            }
            add(d.timeNanos(), 0, d.fired() ? "trigger" : "trigger_suppressed", more);
        }
    }

    private void answers() {
        for (Facts.Answered a : facts.answers()) {
            if (a.delivered()) {
                Acknowledgement k = a.acknowledgement();
                Map<String, Object> more = new LinkedHashMap<>();
                more.put("command", k.commandId());
                more.put("outcome", k.outcome().name());
                more.put("detail", a.slot() + " " + new TreeMap<>(k.delivered()));
                long duration = Math.round(k.delivered().getOrDefault("duration_s", 0.0) * 1e9);
                add(k.timeNanos(), duration, "actuation", more);
            }
        }
    }

    private void rating(Facts.Happening answer) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("value", answer.attributes().get("value") instanceof Number n ? n.doubleValue() : null);
        String words = answer.text("text").isEmpty() ? "" : ": answered in words";
        more.put(
                "detail",
                answer.text("item") + words + (answer.text("reason").isEmpty() ? "" : ": " + answer.text("reason")));
        add(answer.timeNanos(), 0, "rating", more);
    }

    private static String swap(Facts.Happening s) {
        return s.slot() + ": " + s.text("plugin") + " " + s.text("fromVersion") + " to " + s.text("toVersion");
    }

    void write(Path file) {
        Table table = new Table(COLUMNS);
        rows.sort(Comparator.comparingDouble(Row::onset));
        for (Row r : rows) {
            Map<String, Object> row = new LinkedHashMap<>(r.more());
            row.put("onset", Math.rint(r.onset() * 1e6) / 1e6);
            row.put("duration", Math.rint(r.duration() * 1e6) / 1e6);
            row.put("trial_type", r.type());
            if (!row.containsKey("phase")) {
                facts.phases().stream()
                        .filter(p -> r.onset() > seconds.applyAsDouble(p.startNanos())
                                && r.onset() <= seconds.applyAsDouble(p.endNanos()))
                        .findFirst()
                        .ifPresent(p -> row.put("phase", p.id()));
            }
            table.row(row);
        }
        table.write(file);
    }

    List<Row> rows() {
        return rows;
    }

    /** The columns, described. */
    Map<String, Object> sidecar() {
        Map<String, Object> levels = new LinkedHashMap<>();
        levels.put("phase", "a phase of the protocol, over its whole duration");
        levels.put("trigger", "a trigger's condition was met and it fired: a command went to an actuator");
        levels.put("trigger_suppressed", "a trigger's condition was met and something held it back, see verdict");
        levels.put(
                "actuation",
                (facts.simulatedDevices() ? "on nobody, the devices were simulated: " : "")
                        + "the actuator confirmed what it delivered, or did not answer (then it counts as delivered)");
        levels.put("rating", "the participant answered an item, or did not (value n/a); words stay in the record");
        levels.put("lesson-shown", "a page of a programme was shown");
        levels.put("exercise-asked", "an exercise, a diary or a report of homework was asked");
        levels.put("exercise-answered", "it was answered, skipped or left; numbers and choices only, no words");
        levels.put("skill-practised", "a skill was practised, with minutes");
        levels.put("swap", "a plug-in was replaced in the running session");
        levels.put("gap", "data are missing in another stream than that of the data file");
        levels.put(
                "BAD_ACQ_SKIP",
                "no data: the source stood still or samples were lost; the data file holds each channel's last value");
        levels.put("BAD_SAMPLES", "single values are missing; the data file holds the channel's last value");
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> type = described("Kind of event; a kind not listed here is an event of a plug-in");
        type.put("Levels", levels);
        all.put("trial_type", type);
        all.put("phase", described("Phase of the protocol in which it happened"));
        all.put("trigger", described("The trigger's id in the protocol"));
        all.put("rule", described("The trigger's condition as the protocol states it"));
        all.put("feature", feature());
        all.put("measured", described("Value of the feature that met the condition, in the unit of the same row"));
        all.put("threshold", described("Threshold that it was compared with, in the unit of the same row"));
        all.put("unit", described("Unit of measured and threshold; 1 for a plain number"));
        all.put("verdict", described("FIRED, or what held the trigger back"));
        all.put("command", described("Id of the command to the actuator"));
        all.put("outcome", described("What became of the command: EXECUTED, REFUSED, FAILED, UNKNOWN or NO_ANSWER"));
        all.put("outcome_reason", described("Why a command was refused or failed"));
        Map<String, Object> latency = described("Time from the acquisition of the newest sample that the decision rests"
                + " on to the actuator's acknowledgement");
        latency.put("Units", "ms");
        all.put("latency", latency);
        all.put("value", described("Answer to a rating"));
        all.put("detail", described("Further facts for people"));
        return all;
    }

    /** The feature column, with the unit of each feature that the session computed. */
    private Map<String, Object> feature() {
        Map<String, Object> levels = new LinkedHashMap<>();
        facts.features().values().forEach(s -> {
            String unit = facts.units().getOrDefault(s.name(), "");
            levels.put(s.name(), unit.equals("1") ? "plain number" : unit.isEmpty() ? "unit not known" : "in " + unit);
        });
        Map<String, Object> column = described("The feature that the trigger watches, as slot/feature; features that"
                + " no trigger watches are listed for the units of what the phases' details hold");
        if (!levels.isEmpty()) {
            column.put("Levels", levels);
        }
        return column;
    }

    private static Map<String, Object> described(String text) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("Description", text);
        return m;
    }
}
