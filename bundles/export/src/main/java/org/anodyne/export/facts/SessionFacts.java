package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.record.SessionMeta;

/**
 * Everything a record says about its session but the samples. Immutable after reading.
 *
 * @param state COMPLETED, ABORTED, or BROKEN when the record ends without either
 * @param reason why it did not complete; empty otherwise
 * @param problems what went wrong without ending it
 * @param further facts about the outcome that the caller gave
 * @param durationNanos session time at the end
 * @param slots slot to what is known of it: plugin, version, sha256, parameters, inputs; where its parameters were chosen for the
 *     participant, {@code chosenBy} with the numbers of the rules
 * @param features by {@code slot/feature}
 * @param units unit by {@code slot/feature}, {@code 1} for plain numbers; without features whose unit is not known
 * @param happenings all events but decisions and phases, in the order of the record
 * @param simulatedDevices whether what acted were simulators, so that nobody was stimulated
 * @param simulatedParticipant whether a simulated participant answered, so that no answer is a person's
 * @param about what was told of the participant, as far as the protocol chooses by it: interest, age (years), sex; empty for a
 *     protocol that is the same for everybody
 * @param chosen what was chosen by that: for each slot its {@code rules} by number, and {@code parameters} as the protocol writes
 *     them
 * @param display what the display showed and when
 * @param feedback how long neurofeedback took, and what training said of its blocks
 * @param lostMessages messages missing by their sequence numbers
 * @param damage what could not be read
 */
public record SessionFacts(
        SessionMeta meta,
        ProtocolText protocol,
        String state,
        String reason,
        List<String> problems,
        Map<String, Object> further,
        long durationNanos,
        List<Facts.Phase> phases,
        List<StreamFacts> streams,
        Map<String, Series> features,
        Map<String, String> units,
        List<Facts.Decision> decisions,
        Map<String, Facts.Sent> commands,
        List<Facts.Answered> answers,
        List<Facts.Latency> latencies,
        List<Facts.Gap> gaps,
        List<Facts.Happening> swaps,
        List<Facts.Happening> ratings,
        List<Facts.Happening> happenings,
        List<Facts.Dose> doses,
        Map<String, Map<String, Object>> slots,
        boolean simulatedDevices,
        boolean simulatedParticipant,
        Map<String, Object> about,
        List<Map<String, Object>> chosen,
        DisplayFacts display,
        FeedbackFacts feedback,
        long messages,
        long lostMessages,
        List<String> damage) {

    /** What became of a command, if anything is known of it. */
    public Optional<Acknowledgement> answerTo(String commandId) {
        return answers.stream()
                .map(Facts.Answered::acknowledgement)
                .filter(a -> a.commandId().equals(commandId))
                .findFirst();
    }

    /** Phase that a time belongs to. */
    public Optional<Facts.Phase> phaseAt(long timeNanos) {
        return phases.stream().filter(p -> p.holds(timeNanos)).findFirst();
    }

    /** Whether any stream was computed and not measured. */
    public boolean synthetic() {
        return streams.stream().anyMatch(s -> s.info().synthetic());
    }

    /** Gaps by which data are missing that should be there. */
    public List<Facts.Gap> losses() {
        return gaps.stream().filter(Facts.Gap::loss).toList();
    }

    /** Times in which streams were silent that should have been there. */
    public List<Facts.Silence> silences() {
        List<Facts.Silence> all = new ArrayList<>();
        Map<String, Integer> open = new HashMap<>();
        for (Facts.Happening h : happenings) {
            String stream = h.slot() + "/" + h.text("stream");
            if (h.type().equals("stream-silent")) {
                open.put(stream, all.size());
                all.add(new Facts.Silence(stream, h.whole("from", h.timeNanos()), -1));
            } else if (h.type().equals("stream-back") && open.containsKey(stream)) {
                int of = open.remove(stream);
                all.set(of, new Facts.Silence(stream, all.get(of).fromNanos(), h.whole("to", h.timeNanos())));
            }
        }
        return all;
    }

    /** What the participant did with programmes of lessons and exercises, by slot. */
    public List<ProgrammeFacts> programmes() {
        return ProgrammeFacts.of(happenings);
    }

    /** Total latencies of executed commands. */
    public Percentiles latency() {
        return Percentiles.ofNanos(latencies.stream().map(Facts.Latency::total).toList());
    }

    /** Latencies of one stage. */
    public Percentiles latency(java.util.function.ToLongFunction<Facts.Latency> stage) {
        return Percentiles.ofNanos(
                latencies.stream().map(l -> stage.applyAsLong(l)).toList());
    }

    /**
     * Whether a sealed allocation code decides what a slot publishes, by itself or by what it rests on. Its features would show
     * the arm to whoever sees them beside the others, so they stay out of what people look at.
     */
    public boolean sealed(String slot) {
        return sealed(slot, 0);
    }

    private boolean sealed(String slot, int depth) {
        Map<String, Object> known = slots.getOrDefault(slot, Map.of());
        if (known.get("parameters") instanceof Map<?, ?> parameters
                && parameters.get("allocation") instanceof String code
                && !code.isEmpty()) {
            return true;
        }
        return depth < slots.size()
                && List.of("features", "streams").stream()
                        .map(known::get)
                        .filter(Map.class::isInstance)
                        .flatMap(ports -> ((Map<?, ?>) ports).values().stream())
                        .filter(List.class::isInstance)
                        .flatMap(refs -> ((List<?>) refs).stream())
                        .anyMatch(ref -> sealed(String.valueOf(ref).split("/", 2)[0], depth + 1));
    }

    /** Whether session time went as fast as the clock on the wall, so that latencies are those of a live session. */
    public boolean realTime() {
        return meta.speed().matches("1(\\.0+)?");
    }

    /** Whether feedback took longer in a phase than the protocol allows; of a session in real time. */
    public boolean late(Facts.Phase phase) {
        return realTime() && feedback.late(phase);
    }

    /** Whether a code decides what any slot does. */
    public boolean blinded() {
        return slots.keySet().stream().anyMatch(this::sealed);
    }
}
