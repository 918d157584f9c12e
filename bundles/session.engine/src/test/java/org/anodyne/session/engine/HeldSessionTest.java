package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that waits for a person once it is ready, and what that person has to tell while it runs. */
class HeldSessionTest {
    @TempDir
    private Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeHost host = new FakeHost(bus, FakePlugins.installed());
    private final FakeRecorder recorder = new FakeRecorder(bus);
    private final List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
    private Engine engine;

    @BeforeEach
    void start() {
        engine = new Engine(bus, host, FakePlugins.installed());
        engine.bindRecorder(recorder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private RunningSession held() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), SessionTest.CLOSED_LOOP);
        RunningSession session = engine.start(
                new Request(file, "P01", Map.of(), 1, folder.resolve("out"), false, Map.of(), false, true));
        SessionTest.await(() -> session.state() == SessionState.READY);
        return session;
    }

    private Map<String, Object> ask(String action, Map<String, Object> attributes) {
        int before = replies.size();
        bus.publish(
                Topic.ofSite("lab", Topic.Kind.CONTROL, action), new Payload.Document("control", -1, attributes), 0);
        SessionTest.await(() -> replies.size() > before);
        return ((Payload.Document) replies.get(before).payload()).attributes();
    }

    @Test
    void waitsUntilItIsBegunAndThenRuns() throws Exception {
        RunningSession session = held();
        // Nothing may begin by itself: what is seen for half a second is not a proof, but a start would be there in
        // less.
        TimeUnit.MILLISECONDS.sleep(500);
        assertEquals(SessionState.READY, session.state());
        assertEquals(
                Map.of(),
                host.last().status().values().stream()
                        .filter(s -> s.state() == org.anodyne.host.SlotStatus.State.RUNNING)
                        .collect(java.util.stream.Collectors.toMap(s -> s.slot(), s -> s)));
        assertEquals("", session.begin().toCompletableFuture().get(10, TimeUnit.SECONDS));
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        String again = session.begin().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertEquals("the session was begun already", again);
    }

    @Test
    void mayBeBegunOverTheBusOrGivenUp() throws Exception {
        RunningSession session = held();
        assertEquals(true, ask("begin", Map.of("request", "1")).get("ok"));
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        session.abort("enough");
        assertEquals(SessionState.ABORTED, session.await(Duration.ofSeconds(20)).state());
    }

    @Test
    void oneThatIsNeverBegunEndsInOrder() throws Exception {
        RunningSession session = held();
        session.abort("the participant did not come");
        Result result = session.await(Duration.ofSeconds(20));
        assertEquals(SessionState.ABORTED, result.state());
        assertEquals("the participant did not come", result.reason());
    }

    @Test
    void anAdverseEventIsInTheRecordWithItsCodesOrRefused() throws Exception {
        RunningSession session = held();
        session.begin();
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        Map<String, Object> told = Map.of(
                "request",
                "1",
                "text",
                "headache",
                "by",
                "Ada",
                "grade",
                1L,
                "serious",
                0L,
                "related",
                2L,
                "treatment",
                0L);
        Map<String, Object> beyond = new HashMap<>(told);
        beyond.put("grade", 6L);
        Map<String, Object> refused = ask("adverse-event", beyond);
        assertEquals(false, refused.get("ok"));
        assertTrue(String.valueOf(refused.get("message")).contains("'grade' has to be a whole number from 0 to 5"));
        Map<String, Object> nobody = new HashMap<>(told);
        nobody.remove("by");
        assertEquals(false, ask("adverse-event", nobody).get("ok"));
        assertEquals(true, ask("adverse-event", told).get("ok"));
        session.abort("enough");
        session.await(Duration.ofSeconds(20));
        List<Map<String, Object>> recorded = recorder.segments.get(0).messages.stream()
                .filter(m -> m.topic().name().equals("adverse-event"))
                .map(m -> ((Payload.Document) m.payload()).attributes())
                .toList();
        assertEquals(
                List.of(Map.of(
                        "text", "headache", "by", "Ada", "grade", 1L, "serious", 0L, "related", 2L, "treatment", 0L)),
                recorded);
    }
}
