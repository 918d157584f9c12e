package org.anodyne.export.facts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What went wrong in a session without ending it: what the caller was told while it ran, and what the record tells
 * besides, which is all there is of a session that broke off.
 */
final class Problems {
    /** A phase that its input ends goes on for half a second; one that goes on for longer does so without the stream. */
    private static final long PHASE_END_NANOS = 1_000_000_000L;

    private final FactsReader.Findings found;
    private final Set<String> all = new LinkedHashSet<>();
    private final Set<String> known;
    private final Set<String> badStreams = new HashSet<>();

    /** @param given what the caller knows, a list, if it knows anything */
    Problems(FactsReader.Findings found, Object given) {
        this.found = found;
        if (given instanceof List<?> told) {
            told.forEach(p -> all.add(String.valueOf(p)));
        }
        this.known = Set.copyOf(all);
    }

    List<String> all() {
        // While a session waited to be begun it was looked at again: what held at last counts.
        Map<String, String> atLast = new HashMap<>();
        found.states().stream()
                .filter(s -> s.text("state").equals("PREPARED"))
                .forEach(s -> atLast.put(s.slot(), s.text("reason")));
        for (Facts.Happening s : found.states()) {
            String state = s.text("state");
            if (!s.slot().equals("session") && (state.equals("FAILED") || state.equals("LOST"))) {
                String what = "slot " + s.slot() + (state.equals("LOST") ? " lost its plug-in" : " failed");
                add(s.slot(), what + (s.text("reason").isEmpty() ? "" : ": " + s.text("reason")));
            } else if (state.equals("PREPARED")
                    && !s.text("reason").isEmpty()
                    && s.text("reason").equals(atLast.get(s.slot()))) {
                String what = "slot '" + s.slot() + "' will not act";
                add(what, what + ", every command to it is refused: " + s.text("reason"));
            }
        }
        found.happenings().forEach(this::happened);
        if (found.lostMessages() > 0) {
            all.add(found.lostMessages() + " messages are missing from the record by their sequence numbers");
        }
        return List.copyOf(all);
    }

    private void happened(Facts.Happening h) {
        String at = " at " + Math.round(h.timeNanos() / 1e9) + " s";
        String stream = "stream " + h.slot() + "/" + h.text("stream");
        switch (h.type()) {
            case "stream-silent" ->
                add(
                        stream + " should be there and is not",
                        stream + " should be there and is not: nothing came after "
                                + seconds(h.whole("from", h.timeNanos())));
            case "stream-back" ->
                add(
                        stream + " is back",
                        stream + " is back: it was silent from " + seconds(h.whole("from", h.timeNanos())) + " to "
                                + seconds(h.whole("to", h.timeNanos())));
            case "end-of-input" -> ended(stream, h.timeNanos());
            case "bad-samples" -> {
                if (badStreams.add(stream)) { // the first of each stream is enough
                    add(
                            stream + " holds values that are no numbers",
                            stream + " holds values that are no numbers (NaN); the first come before "
                                    + seconds(h.timeNanos()));
                }
            }
            case "device-fault" -> add(h.text("reason"), "device in slot " + h.slot() + at + ": " + h.text("reason"));
            case "made-safe" ->
                add(
                        "slot '" + h.slot() + "' was made safe",
                        "slot '" + h.slot() + "' was made safe" + at + ": " + h.text("reason"));
            case "safety-alert" ->
                add(
                        "slot '" + h.slot() + "': " + h.text("text"),
                        "SAFETY ALERT at " + seconds(h.timeNanos()) + ", slot '" + h.slot() + "': " + h.text("text"));
            case "input-warning" -> add(h.text("text"), "recording in slot " + h.slot() + ": " + h.text("text"));
            case "calibration-failed" ->
                all.add("calibration in slot " + h.slot() + " failed" + at + ": " + h.text("reason"));
            case "bus" -> {
                if (Boolean.FALSE.equals(h.attributes().get("connected"))) {
                    all.add("the connection to the broker was lost" + at + "; triggers were inhibited meanwhile");
                }
            }
            default -> {}
        }
    }

    private void ended(String stream, long atNanos) {
        found.phases().stream()
                .filter(p -> atNanos >= p.startNanos() && atNanos + PHASE_END_NANOS < p.endNanos())
                .findFirst()
                .ifPresent(p -> add(
                        stream + " ended",
                        stream + " ended at " + seconds(atNanos) + ", before phase '" + p.label() + "' did"));
    }

    /** Adds what the record tells, unless the caller told of the same thing already. */
    private void add(String about, String problem) {
        if (about.isEmpty() || known.stream().noneMatch(k -> k.contains(about))) {
            all.add(problem);
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
