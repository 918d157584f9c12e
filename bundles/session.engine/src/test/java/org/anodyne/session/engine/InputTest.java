package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.StreamInfo;
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

/** What is wrong with the signals that come in is told while the session runs, with its time. */
class InputTest {
    private static final String REST = """
            anodyne: 1
            id: test
            seed: 7
            slots:
              eeg: {plugin: synthetic, parameters: {length: 3 s}}
            phases:
              - {id: rest, duration: 10 s, slots: [eeg]}
              - {id: after, duration: 2 s, slots: [eeg]}
            """;

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeHost host = new FakeHost(bus, FakePlugins.installed());
    private final FakeRecorder recorder = new FakeRecorder(bus);
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

    private RunningSession run(String protocol, double speed) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), protocol);
        return engine.start(new Request(file, "P01", Map.of(), speed, folder.resolve("out")));
    }

    private void tell(RunningSession session, String type, long atNanos, Map<String, Object> attributes) {
        bus.publish(
                Topic.of("lab", session.id(), Topic.Kind.EVENT, "eeg", type),
                new Payload.Document(type, atNanos, attributes),
                0);
    }

    @Test
    void aStreamThatEndsBeforeItsPhaseIsAProblem() throws Exception {
        Result result = run(REST, Double.POSITIVE_INFINITY).await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        assertEquals(
                List.of(
                        "stream eeg/eeg ended at 3.0 s, before phase 'rest' did",
                        "stream eeg/eeg ended at 3.0 s, before phase 'after' began, which runs slot 'eeg'"),
                result.problems());
    }

    @Test
    void aStreamThatEndsItsPhaseIsNone() throws Exception {
        String text = REST.replace("duration: 10 s", "end: {input: eeg}, atMost: 1 min")
                .replace("  - {id: after, duration: 2 s, slots: [eeg]}\n", "");
        Result result = run(text, Double.POSITIVE_INFINITY).await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        assertEquals(List.of(), result.problems());
    }

    @Test
    void silenceAndReturnAreToldAtOnceWithTheirTimesThoughTheRecorderChanges() throws Exception {
        RunningSession session = run(REST, 1);
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        StreamInfo eeg = host.last().streams("eeg").get(0);
        recorder.segments.get(0).watcher.silent(eeg, 1_500_000_000L, 15);
        SessionTest.await(() -> session.progress()
                .note()
                .equals("stream eeg/eeg should be there and is not: nothing came after 1.5 s"));
        FakeRecorder newer = new FakeRecorder(bus);
        engine.bindRecorder(newer);
        newer.segments.get(0).watcher.silent(eeg, 1_700_000_000L, 0);
        newer.segments.get(0).watcher.back(eeg, 2_500_000_000L);
        SessionTest.await(
                () -> session.progress().note().equals("stream eeg/eeg is back: it was silent from 1.5 s to 2.5 s"));
        session.abort("enough");
        Result result = session.await(Duration.ofSeconds(20));
        assertEquals(2, result.problems().size(), result.problems().toString());
        List<Payload.Document> events = newer.segments.get(0).messages.stream()
                .map(Message::payload)
                .filter(Payload.Document.class::isInstance)
                .map(Payload.Document.class::cast)
                .filter(d -> d.type().equals("stream-back"))
                .toList();
        assertEquals(1, events.size());
        assertTrue(events.get(0).timeNanos() >= 0);
        assertEquals(1_500_000_000L, events.get(0).attributes().get("from"));
        assertEquals(2_500_000_000L, events.get(0).attributes().get("to"));
    }

    @Test
    void holesAndValuesThatAreNoNumbersAreToldAndCounted() throws Exception {
        RunningSession session = run(REST, 1);
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        tell(session, "input-warning", 0, Map.of("text", "the header states no unit"));
        for (long i = 1; i <= 7; i++) {
            tell(session, "bad-samples", i * 100_000_000, Map.of("stream", "eeg", "index", i, "count", 2L));
            tell(
                    session,
                    "gap",
                    i * 1_000_000_000,
                    Map.of("stream", "eeg", "from", i * 1_000_000_000 - 500_000_000, "to", i * 1_000_000_000));
        }
        tell(session, "input-warning", 0, Map.of("text", "the last of it"));
        SessionTest.await(() -> session.progress().note().contains("the last of it"));
        session.abort("enough");
        List<String> problems = session.await(Duration.ofSeconds(20)).problems();
        assertEquals("recording in slot eeg: the header states no unit", problems.get(0));
        assertTrue(problems.contains(
                "stream eeg/eeg holds values that are no numbers (NaN); the first come before 0.1 s"));
        assertTrue(problems.contains("stream eeg/eeg has a gap from 0.5 s to 1.0 s"));
        assertTrue(problems.contains("stream eeg/eeg: 14 values are no numbers (NaN), the last before 0.7 s"));
        assertTrue(problems.contains("stream eeg/eeg has 7 gaps, 3.5 s in all"));
        assertEquals(10, problems.size(), problems.toString());
    }

    @Test
    void aHoleThatAPauseMadeIsNone() throws Exception {
        RunningSession session = run(REST, 1);
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        session.pause("a break");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        session.resume();
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        tell(session, "gap", 1, Map.of("stream", "eeg", "from", 0L, "to", 1L));
        tell(session, "input-warning", 0, Map.of("text", "the last of it"));
        SessionTest.await(() -> session.progress().note().contains("the last of it"));
        session.abort("enough");
        assertEquals(1, session.await(Duration.ofSeconds(20)).problems().size());
    }
}
