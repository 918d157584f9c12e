package org.anodyne.session.engine.replay;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.anodyne.session.engine.plan.PlanDocument;
import org.anodyne.session.engine.plan.PlanDocument.PlannedSlot;

/**
 * What a replay takes from a record.
 *
 * @param streams of all slots, as they were declared
 * @param phases those that were begun, by index
 * @param endNanos when the last phase was over, or the last data when none was
 * @param fed what came from outside, in the order of time
 * @param outputs what the plug-ins made of it, by slot and topic, in order
 * @param lostNanos session time at which a slot was lost for good
 * @param whole whether the session was completed and its record sealed
 */
record Recorded(
        PlanDocument plan,
        List<StreamInfo> streams,
        List<PhaseStart> phases,
        long endNanos,
        List<Fed> fed,
        Map<String, Map<String, List<Output>>> outputs,
        Map<String, Long> lostNanos,
        boolean whole) {

    /** A phase that was begun. */
    record PhaseStart(String id, int index, int repetition, long startNanos) {}

    /** Something that came from outside the plug-ins that are replayed, with the session time at which it was there. */
    record Fed(long nanos, Topic topic, Payload payload) {}

    /**
     * A feature, a decision or a block of samples; {@code name} is the feature's name, {@code decision}, or {@code stream}
     * and the stream's name.
     */
    record Output(String slot, String name, long nanos, Payload payload) {
        /** What a block comes to, without its samples: an hour of them would not fit into memory twice. */
        static Output of(String slot, SampleBlock block) {
            return new Output(
                    slot,
                    "stream " + block.stream(),
                    block.endNanos(),
                    new Payload.Document(
                            "block",
                            block.endNanos(),
                            Map.of("index", block.index(), "samples", block.length(), "values", digest(block))));
        }

        private static String digest(SampleBlock block) {
            ByteBuffer bytes = ByteBuffer.allocate(block.samples().length * Float.BYTES);
            for (float sample : block.samples()) {
                bytes.putInt(Float.floatToRawIntBits(sample));
            }
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /**
     * Reads a record.
     *
     * @throws RecordException when it holds no plan of a session
     */
    static Recorded read(RecordReader.Record record) {
        List<Message> messages = new ArrayList<>();
        PlanDocument[] plan = new PlanDocument[1];
        record.messages(m -> {
            if (m.topic().kind() == Topic.Kind.EVENT
                    && m.topic().name().equals(PlanDocument.TYPE)
                    && m.payload() instanceof Payload.Document d
                    && plan[0] == null) {
                plan[0] = plan(d);
            }
            messages.add(m);
        });
        if (plan[0] == null) {
            throw new RecordException("the record holds no plan of a session, so it cannot be replayed");
        }
        Reading reading = new Reading(plan[0]);
        messages.forEach(reading::take);
        return reading.done(record);
    }

    private static PlanDocument plan(Payload.Document document) {
        try {
            return PlanDocument.read(document);
        } catch (IllegalArgumentException e) {
            throw new RecordException(e.getMessage(), e);
        }
    }

    /** What acts on the world outside; in a replay nothing does. */
    private static final Set<String> NOT_REPLAYED = Set.of(
            PluginKind.ACTUATOR.name(), PluginKind.SINK.name(), PluginKind.SCENE.name(), PluginKind.DISPLAY.name());

    /** Sorts the messages of a record. */
    private static final class Reading {
        private final PlanDocument plan;
        private final Set<String> sources;
        private final Set<String> replayed;
        private final Map<Integer, PhaseStart> phases = new TreeMap<>();
        private final List<Fed> fed = new ArrayList<>();
        private final Map<String, Map<String, List<Output>>> outputs = new HashMap<>();
        private final Map<String, Long> lost = new HashMap<>();
        private long phasesEnd;
        private long dataEnd;
        private boolean completed;

        Reading(PlanDocument plan) {
            this.plan = plan;
            this.sources = ofKind(true);
            this.replayed = ofKind(false);
        }

        private Set<String> ofKind(boolean source) {
            return plan.slots().stream()
                    .filter(s -> source ? s.kind().equals(PluginKind.SOURCE.name()) : !NOT_REPLAYED.contains(s.kind()))
                    .map(s -> s.spec().slot())
                    .collect(Collectors.toSet());
        }

        void take(Message m) {
            String slot = m.topic().slot();
            if (m.payload() instanceof Payload.Samples s && sources.contains(slot)) {
                feed(s.block().endNanos(), m);
            } else if (m.payload() instanceof Payload.Samples s && replayed.contains(slot)) {
                output(Output.of(slot, s.block()));
            } else if (m.payload() instanceof Payload.FeatureValue f) {
                if (sources.contains(slot)) {
                    feed(f.feature().timeNanos(), m);
                } else if (replayed.contains(slot)) {
                    output(new Output(slot, f.feature().name(), f.feature().timeNanos(), f));
                }
            } else if (m.payload() instanceof Payload.Reply r) {
                feed(r.acknowledgement().timeNanos(), m);
            } else if (m.payload() instanceof Payload.Document d) {
                document(m, d);
            }
        }

        private void document(Message m, Payload.Document d) {
            String slot = m.topic().slot();
            if (m.topic().kind() == Topic.Kind.STATE) {
                state(slot, d);
            } else if (d.type().equals("decision") && replayed.contains(slot)) {
                output(new Output(slot, "decision", d.timeNanos(), d));
            } else if (d.type().equals("answer") || d.type().equals(ActivityAnswer.TYPE)) {
                feed(d.timeNanos(), m);
            } else if (d.type().equals("phase")) {
                PhaseStart start = new PhaseStart(
                        String.valueOf(d.attributes().get("id")),
                        ((Number) d.attributes().get("index")).intValue(),
                        ((Number) d.attributes().get("repetition")).intValue(),
                        ((Number) d.attributes().get("start")).longValue());
                phases.put(start.index(), start);
            } else if (d.type().equals("phase-ended")) {
                phasesEnd = Math.max(phasesEnd, ((Number) d.attributes().get("end")).longValue());
            }
        }

        private void state(String slot, Payload.Document d) {
            String state = String.valueOf(d.attributes().get("state"));
            if (slot.equals("session")) {
                completed |= state.equals("COMPLETED");
            } else if (state.equals("LOST") || state.equals("FAILED")) {
                lost.putIfAbsent(slot, d.timeNanos());
            } else if (state.equals("RUNNING")) {
                lost.remove(slot);
            }
        }

        private void feed(long nanos, Message m) {
            fed.add(new Fed(nanos, m.topic(), m.payload()));
            if (!(m.payload() instanceof Payload.Reply)) {
                dataEnd = Math.max(dataEnd, nanos);
            }
        }

        private void output(Output o) {
            outputs.computeIfAbsent(o.slot(), s -> new LinkedHashMap<>())
                    .computeIfAbsent(o.name(), n -> new ArrayList<>())
                    .add(o);
        }

        Recorded done(RecordReader.Record record) {
            // Stable: what was there at the same time keeps the order in which it was recorded.
            fed.sort(java.util.Comparator.comparingLong(Fed::nanos));
            boolean whole = completed && record.damage().isEmpty();
            long end = whole ? phasesEnd : Math.max(phasesEnd, dataEnd);
            return new Recorded(plan, record.streams(), List.copyOf(phases.values()), end, fed, outputs, lost, whole);
        }
    }

    /** The slots that are replayed, each after those it takes from. */
    List<PlannedSlot> replayed() {
        return plan.slots().stream()
                .filter(s -> !NOT_REPLAYED.contains(s.kind()))
                .toList();
    }

    /** Whether a slot's data come from outside, and so from the record. */
    boolean source(String slot) {
        return plan.slots().stream()
                .anyMatch(s -> s.spec().slot().equals(slot) && s.kind().equals(PluginKind.SOURCE.name()));
    }
}
