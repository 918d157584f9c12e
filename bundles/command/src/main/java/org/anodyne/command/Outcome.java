package org.anodyne.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a session, as a terminal shows it. */
final class Outcome {
    private Outcome() {}

    /**
     * A table of the summary's figures and of where everything is.
     *
     * @param state how the session ended
     * @param summary as in {@code summary.json}
     * @param out folder of dataset, report and summary
     * @param record folder or file of the record
     */
    static String table(String state, Map<String, Object> summary, Path out, Path record) {
        Path folder = out.toAbsolutePath().normalize();
        return new Table("", "")
                .row("session", state)
                .row("problems", problems(summary.get("problems")))
                .row("alpha peak", alphaPeak(summary))
                .row("blocks", summary.get("blocks"))
                .row("gaps", summary.get("gaps"))
                .row("silences", silences(summary.get("silences")))
                .row("programmes", programmes(summary.get("programmes")))
                .row("scores", scores(summary.get("scores")))
                .row("triggers", summary.get("triggers"))
                .row("commands", commands(summary.get("acknowledgements")))
                .row("latency", latency(summary.get("latencyMs"), summary.get("speed")))
                .row("record", record.toAbsolutePath().normalize())
                .row("dataset", folder.resolve("bids"))
                .row("report", folder.resolve("report.html"))
                .row("summary", folder.resolve("summary.json"))
                .toString()
                .stripLeading();
    }

    private static String problems(Object list) {
        return !(list instanceof List<?> all) || all.isEmpty()
                ? "none"
                : all.size() + ", told above, in the report and in the summary";
    }

    /** What was answered and for how long each skill was practised. */
    private static String programmes(Object list) {
        if (!(list instanceof List<?> all) || all.isEmpty()) {
            return "none";
        }
        List<String> parts = new ArrayList<>();
        for (Object one : all) {
            if (one instanceof Map<?, ?> p && p.get("minutesBySkill") instanceof Map<?, ?> minutes) {
                String skills = minutes.entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%s %.1f min", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", "));
                parts.add(p.get("programme") + ": " + p.get("exercisesAnswered") + " of " + p.get("exercisesAsked")
                        + " exercises answered" + (skills.isEmpty() ? "" : "; " + skills));
            }
        }
        return String.join("; ", parts);
    }

    /** How many questionnaires there were, and which scores could not be made. */
    private static String scores(Object list) {
        if (!(list instanceof List<?> all) || all.isEmpty()) {
            return "none";
        }
        List<String> without = new ArrayList<>();
        for (Object one : all) {
            if (one instanceof Map<?, ?> s && s.get("notScored") instanceof Map<?, ?> not) {
                not.forEach((scale, why) -> without.add(s.get("instrument") + " " + scale));
            }
        }
        return all.size()
                + (all.size() == 1 ? " questionnaire" : " questionnaires")
                + (without.isEmpty() ? "" : "; without a score: " + String.join(", ", without));
    }

    private static String silences(Object list) {
        if (!(list instanceof List<?> all) || all.isEmpty()) {
            return "0";
        }
        List<String> parts = new ArrayList<>();
        for (Object one : all) {
            if (one instanceof Map<?, ?> s) {
                Object to = s.get("toSeconds");
                parts.add(s.get("stream") + " from " + s.get("fromSeconds") + " s "
                        + (to == null ? "on" : "to " + to + " s"));
            }
        }
        return all.size() + ": " + String.join("; ", parts);
    }

    /** What became of the commands, with the reasons for which they were refused. */
    private static String commands(Object acknowledgements) {
        if (!(acknowledgements instanceof Map<?, ?> all) || !(all.get("byOutcome") instanceof Map<?, ?> outcomes)) {
            return "none";
        }
        List<String> parts = new ArrayList<>();
        outcomes.forEach((outcome, n) -> parts.add(n + " " + outcome.toString().toLowerCase(Locale.ROOT)));
        String refused = "";
        if (all.get("refusedByReason") instanceof Map<?, ?> reasons && !reasons.isEmpty()) {
            refused = reasons.entrySet().stream()
                    .map(e -> e.getKey() + " (" + e.getValue() + ")")
                    .collect(Collectors.joining("; ", ": ", ""));
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts) + refused;
    }

    private static String alphaPeak(Map<String, Object> summary) {
        Object hertz = summary.get("individualAlphaPeakHz");
        return hertz == null ? "none: " + summary.get("individualAlphaPeakReason") : hertz + " Hz";
    }

    /** From the newest sample to the command's execution. */
    private static String latency(Object figures, Object speed) {
        if (!(figures instanceof Map<?, ?> ms)
                || !(ms.get("count") instanceof Number count)
                || !(ms.get("p50") instanceof Number median)
                || !(ms.get("max") instanceof Number longest)) {
            return "no command was executed";
        }
        String live = "1".equals(speed) ? "" : ", of no meaning at this speed";
        return String.format(
                Locale.ROOT,
                "median %.0f ms, longest %.0f ms, %d commands%s",
                median.doubleValue(),
                longest.doubleValue(),
                count.longValue(),
                live);
    }
}
