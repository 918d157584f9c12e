package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.record.RecordReader;

/** What a record holds, in the order of the record. */
final class Recorded {
    private final List<Message> messages = new ArrayList<>();

    Recorded(RecordReader.Record record) {
        record.messages(messages::add);
        assertEquals("damage", List.of(), record.damage());
        assertFalse("the record is empty", messages.isEmpty());
    }

    /** Fails unless the messages of every source on every topic are there from the first, once and in order. */
    void assertNothingLostOrDoubled() {
        Map<String, Long> last = new HashMap<>();
        for (Message m : messages) {
            String of = m.envelope().source() + " " + m.topic().path();
            assertEquals(of, last.getOrDefault(of, 0L) + 1, m.envelope().sequence());
            last.put(of, m.envelope().sequence());
        }
    }

    /** The blocks of a slot. */
    List<SampleBlock> blocks(String slot) {
        return messages.stream()
                .filter(m -> m.topic().slot().equals(slot))
                .filter(m -> m.payload() instanceof Payload.Samples)
                .map(m -> ((Payload.Samples) m.payload()).block())
                .toList();
    }

    /** Number of a slot's samples; fails when a sample is missing between the first and the last. */
    long samples(String slot) {
        return samples(slot, "");
    }

    /** The same of one of its streams. */
    long samples(String slot, String stream) {
        long next = 0;
        for (SampleBlock b : blocks(slot)) {
            if (!stream.isEmpty() && !b.stream().equals(stream)) {
                continue;
            }
            assertEquals("sample of " + slot, next, b.index());
            next = b.index() + b.length();
        }
        return next;
    }

    /** All values of a slot's features as text, bit for bit, in order. */
    List<String> features(String slot) {
        return messages.stream()
                .filter(m -> m.topic().slot().equals(slot))
                .filter(m -> m.payload() instanceof Payload.FeatureValue)
                .map(m -> ((Payload.FeatureValue) m.payload()).feature())
                .map(f -> f.name() + " " + f.timeNanos() + " " + java.util.Arrays.toString(f.values()))
                .sorted()
                .toList();
    }

    /** All decisions as text, bit for bit, in order. */
    List<String> decisions() {
        return events("decision").stream()
                .map(d -> {
                    Map<String, Object> a = new TreeMap<>(d.attributes());
                    a.remove("command");
                    a.remove("version"); // who computed it is asked for apart
                    return d.timeNanos() + " " + a;
                })
                .toList();
    }

    List<Payload.Document> events(String type) {
        return messages.stream()
                .filter(m ->
                        m.payload() instanceof Payload.Document d && d.type().equals(type))
                .map(m -> (Payload.Document) m.payload())
                .toList();
    }

    /** Values of an attribute over the events of a type. */
    List<Object> attributes(String type, String name) {
        return events(type).stream().map(d -> d.attributes().get(name)).toList();
    }

    /** The states that a slot went through, with their other attributes. */
    List<Map<String, Object>> states(String slot) {
        return messages.stream()
                .filter(m -> m.topic().kind() == org.anodyne.bus.Topic.Kind.STATE)
                .filter(m -> m.topic().slot().equals(slot))
                .map(m -> ((Payload.Document) m.payload()).attributes())
                .toList();
    }

    /** Whether an actuator's slot was armed, each time its state was told. */
    List<Boolean> armed(String slot) {
        return states(slot).stream()
                .filter(s -> s.containsKey("armed"))
                .map(s -> (Boolean) s.get("armed"))
                .toList();
    }

    List<Acknowledgement> acknowledgements(Acknowledgement.Outcome outcome) {
        return messages.stream()
                .filter(m -> m.payload() instanceof Payload.Reply r
                        && r.acknowledgement().outcome() == outcome)
                .map(m -> ((Payload.Reply) m.payload()).acknowledgement())
                .toList();
    }

    long acknowledged(Acknowledgement.Outcome outcome) {
        return acknowledgements(outcome).size();
    }

    long commands() {
        return messages.stream()
                .filter(m -> m.payload() instanceof Payload.Request)
                .count();
    }
}
