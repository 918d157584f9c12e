package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes on topics of the site while a session is recorded. */
class SiteTopicsTest {
    @TempDir
    Path folder;

    private final LoopbackBus bus = new LoopbackBus();
    private final XdfRecorder recorder = new XdfRecorder(bus);

    private void says(Topic.Kind kind, String name, Map<String, Object> attributes) {
        bus.publish(Topic.ofSite("lab", kind, name), new Payload.Document(kind.level(), -1, attributes), 0);
    }

    private static List<Message> site(RecordReader.Record record) {
        List<Message> all = new ArrayList<>();
        record.siteMessages(all::add);
        return all;
    }

    private static List<Message> ofSession(RecordReader.Record record) {
        List<Message> all = new ArrayList<>();
        record.messages(all::add);
        return all;
    }

    private static List<String> lines(List<Message> messages) {
        return messages.stream()
                .map(m -> m.topic().path().substring("anodyne/1/lab/".length()) + " "
                        + new java.util.TreeMap<>(((Payload.Document) m.payload()).attributes()))
                .toList();
    }

    @Test
    void clocksPluginsRequestsRepliesAndStopsAreInTheRecordApartFromTheSessions() {
        List<Message> published = new ArrayList<>();
        bus.subscribe("anodyne/1/lab/#", published::add);
        Path file = folder.resolve("segment-001.xdf");
        try (Recorder.Recording r = recorder.open(file, XdfRecorderTest.meta())) {
            says(
                    Topic.Kind.CLOCK,
                    "bench-2",
                    Map.of("offsetNanos", 1_700_000_000_000_000_000L, "uncertaintyNanos", 90L));
            says(Topic.Kind.PLUGIN, "band-power", Map.of("id", "band-power", "state", "AVAILABLE", "inUse", true));
            says(Topic.Kind.CONTROL, "pause", Map.of("request", "7", "reason", "a cough", "session", "s1"));
            says(
                    Topic.Kind.CONTROL,
                    "reply",
                    Map.of("request", "7", "action", "pause", "ok", true, "message", "pausing"));
            says(
                    Topic.Kind.CONTROL,
                    "safety",
                    Map.of("request", "8", "action", "reset", "by", "Olu", "reason", "seen to"));
            says(Topic.Kind.STOP, "", Map.of("reason", "smoke"));
            bus.publish(
                    XdfRecorderTest.topic(Topic.Kind.EVENT, "session", "note"),
                    new Payload.Document("note", 5_000_000_000L, Map.of("text", "all well", "by", "Olu")),
                    0);
        }
        RecordReader.Record record = new XdfRecordReader().open(file);
        assertEquals(published.subList(0, 6), site(record));
        assertEquals(published.subList(6, 7), ofSession(record), "who replays or exports a session finds only its own");
        assertEquals(1, bus.subscriptions(), "only the test's own is left");
    }

    @Test
    void heartbeatsPersonsAndOtherSessionsAreNot() throws Exception {
        Path file = folder.resolve("segment-001.xdf");
        try (Recorder.Recording r = recorder.open(file, XdfRecorderTest.meta())) {
            says(Topic.Kind.LEASE, "s1", Map.of("sentNanos", 1L));
            says(Topic.Kind.CONTROL, "answer", Map.of("session", "s2", "item", "pain", "value", 3L));
            says(
                    Topic.Kind.CONTROL,
                    "safety",
                    Map.of("action", "screen", "participant", "P01", "answers", Map.of("epilepsy", "yes-secret")));
            says(
                    Topic.Kind.CONTROL,
                    "reply",
                    Map.of("action", "screen", "ok", true, "message", "epilepsy: yes-secret"));
            says(Topic.Kind.CONTROL, "reply", Map.of("action", "ledger", "ok", true, "message", "doses of P09-secret"));
            says(Topic.Kind.CONTROL, "session", Map.of("action", "status"));
        }
        assertEquals(List.of("control/session {action=status}"), lines(site(new XdfRecordReader().open(file))));
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("secret"));
    }

    @Test
    void theBrokersCopiesForASecondSegmentAreGivenOnceAndEachStopIs() {
        Message plugin = new Message(
                Topic.ofSite("lab", Topic.Kind.PLUGIN, "tens"),
                new Envelope(1, "other", 17, 5, 5),
                new Payload.Document("plugin", -1, Map.of("state", "AVAILABLE")),
                9);
        Recorder.Recording first = recorder.open(folder.resolve("segment-001.xdf"), XdfRecorderTest.meta());
        bus.deliver(plugin);
        Recorder.Recording second = recorder.open(folder.resolve("segment-002.xdf"), XdfRecorderTest.meta());
        bus.deliver(plugin);
        // Two that nobody could read are told alike, with the time of their receipt.
        for (long received : new long[] {20, 30}) {
            bus.deliver(new Message(
                    Topic.ofSite("lab", Topic.Kind.STOP, ""),
                    new Envelope(1, "unknown", 1, received, received),
                    new Payload.Document("stop", -1, Map.of("reason", "a message that could not be read")),
                    received));
        }
        first.close();
        second.close();
        List<Message> all = site(new XdfRecordReader().open(folder));
        assertEquals(
                List.of("plugin/tens", "stop", "stop"),
                all.stream()
                        .map(m -> m.topic().path().substring("anodyne/1/lab/".length()))
                        .toList());
        assertEquals(
                List.of(9L, 20L, 30L), all.stream().map(Message::receivedNanos).toList());
    }
}
