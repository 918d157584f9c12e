package org.anodyne.console.dryrun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordReader;
import org.anodyne.record.SessionMeta;
import org.junit.jupiter.api.Test;

/** What is told of a session after its record. */
class HappeningsTest {
    private final List<Message> messages = new ArrayList<>();

    private void event(String slot, String type, double seconds, Map<String, Object> attributes) {
        message(Topic.Kind.EVENT, slot, type, new Payload.Document(type, (long) (seconds * 1e9), attributes));
    }

    private void message(Topic.Kind kind, String slot, String name, Payload payload) {
        Envelope envelope = new Envelope(1, "test", messages.size() + 1, 0, 0);
        messages.add(new Message(Topic.of("lab", "S", kind, slot, name), envelope, payload, 0));
    }

    private Map<String, Object> told() {
        return Happenings.of(new RecordReader.Record() {
            @Override
            public SessionMeta meta() {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<StreamInfo> streams() {
                return List.of();
            }

            @Override
            public void messages(Consumer<Message> consumer) {
                messages.forEach(consumer);
            }

            @Override
            public List<String> damage() {
                return List.of();
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> told) {
        return (List<Map<String, Object>>) told.get("list");
    }

    @Test
    void aCommandIsToldWithWhatBecameOfIt() {
        Command command = new Command("t-1", "tens", "burst", Map.of("amplitude", 10.0), 34_000_000_000L, "pain-high");
        message(Topic.Kind.COMMAND, "tens", "", new Payload.Request(command));
        message(
                Topic.Kind.ACK,
                "tens",
                "",
                new Payload.Reply(new Acknowledgement(
                        "t-1", Acknowledgement.Outcome.REFUSED, "too much", 34_100_000_000L, Map.of())));
        List<Map<String, Object>> list = list(told());
        assertEquals(1, list.size());
        assertEquals("REFUSED", list.get(0).get("outcome"));
        assertEquals("too much", list.get(0).get("reason"));
        assertEquals(34.0, list.get(0).get("seconds"));
    }

    @Test
    void decisionsThatWereHeldAreCountedAndThoseThatFiredAreTold() {
        for (String verdict : List.of("FIRED", "HELD_BY_REFRACTORY_TIME", "HELD_BY_REFRACTORY_TIME", "FIRED")) {
            event(
                    "loop",
                    "decision",
                    1,
                    Map.of("trigger", "high", "verdict", verdict, "measured", Double.NaN, "threshold", 0.5));
        }
        Map<String, Object> told = told();
        assertEquals(Map.of("high", Map.of("FIRED", 2L, "HELD_BY_REFRACTORY_TIME", 2L)), told.get("verdicts"));
        assertEquals(2, list(told).size());
        assertEquals("NaN", list(told).get(0).get("measured"), "JSON has no NaN");
    }

    @Test
    void longListsEndAndSayHowMuchMoreThereWas() {
        for (int i = 0; i < 700; i++) {
            event("nrs", "answer", i, Map.of("item", "pain", "value", 3.0));
        }
        event("display", "frames", 700, Map.of());
        Map<String, Object> told = told();
        assertEquals(600, list(told).size());
        assertEquals(100L, told.get("more"));
    }

    @Test
    void whatStandsInPagesIsNotRepeated() {
        event("cbt", "activity", 5, Map.of("activity", "1-1", "title", "Begin", "guidance", "for the therapist"));
        assertFalse(list(told()).get(0).containsKey("guidance"));
        assertEquals("Begin", list(told()).get(0).get("title"));
    }
}
