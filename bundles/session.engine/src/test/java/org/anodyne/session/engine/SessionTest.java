package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.ProtocolException;
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

/** Whole sessions over fakes, in virtual time unless a test says otherwise. */
public class SessionTest {
    static final String SLOTS = """
            anodyne: 1
            id: test
            seed: 7
            slots:
              eeg: {plugin: synthetic}
              alpha: {plugin: mean, inputs: {samples: eeg}, parameters: {low: 8 Hz}}
              loop: {plugin: loop, inputs: {features: alpha/mean}}
              tens: {plugin: tens}
              nrs: {plugin: nrs}
            """;
    public static final String CLOSED_LOOP = SLOTS + """
            phases:
              - id: baseline
                duration: 5 s
                slots: [eeg, alpha, loop]
              - id: treatment
                duration: 20 s
                slots: [eeg, alpha, loop, tens]
                triggers:
                  - {id: high, slot: loop, feature: alpha/mean, above: 5 uV, refractory: 2 s, do: {slot: tens, action: burst, with: {amplitude: 10 mA, pulseWidth: 200 us}}}
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

    private RunningSession run(String protocol, double speed, String out) throws Exception {
        Path file = Files.writeString(folder.resolve(out + ".yaml"), protocol);
        return engine.start(new Request(file, "P01", Map.of(), speed, folder.resolve(out)));
    }

    private Result whole(String protocol, String out) throws Exception {
        return run(protocol, Double.POSITIVE_INFINITY, out).await(Duration.ofSeconds(60));
    }

    private static List<String> outline(List<Message> messages, String... kinds) {
        List<String> lines = new ArrayList<>();
        for (Message m : messages) {
            String path = m.topic().kind().level() + "/" + m.topic().slot() + "/"
                    + m.topic().name();
            for (String kind : kinds) {
                if (path.startsWith(kind)) {
                    lines.add(path + " " + text(m.payload()));
                }
            }
        }
        return lines;
    }

    private static String text(Payload payload) {
        if (payload instanceof Payload.Document d) {
            Map<String, Object> attributes = new TreeMap<>(d.attributes());
            attributes.remove("wallClock");
            return d.timeNanos() + " " + attributes;
        } else if (payload instanceof Payload.FeatureValue f) {
            return f.feature().timeNanos() + " "
                    + Double.doubleToRawLongBits(f.feature().value());
        } else if (payload instanceof Payload.Samples s) {
            return s.block().startNanos() + " " + s.block().index();
        } else if (payload instanceof Payload.Request r) {
            return r.command().toString();
        }
        return ((Payload.Reply) payload).acknowledgement().toString();
    }

    @Test
    void runsThroughItsPhasesAndCompletes() throws Exception {
        Result result = whole(CLOSED_LOOP, "a");
        assertEquals(SessionState.COMPLETED, result.state(), result.toString());
        assertEquals(List.of(), result.problems());
        List<String> phases = outline(recorder.segments.get(0).messages, "event/session/phase", "state/session");
        assertEquals(
                List.of(
                        "state/session/ -1 {phase=, reason=, state=PREPARING}",
                        "state/session/ -1 {phase=, reason=, state=READY}",
                        "event/session/phase 0 {end=5000000000, id=baseline, index=0, repetition=0, start=0}",
                        "state/session/ 0 {phase=, reason=, state=RUNNING}",
                        "event/session/phase 5000000000 {end=25000000000, id=treatment, index=1, repetition=0, start=5000000000}",
                        "event/session/phase-ended 5000000000 {end=5000000000, id=baseline, index=0, reason=duration}",
                        "event/session/phase-ended 25000000000 {end=25000000000, id=treatment, index=1, reason=duration}",
                        "state/session/ 25500000000 {phase=, reason=, state=COMPLETED}"),
                phases);
        assertTrue(recorder.segments.get(0).closed);
    }

    @Test
    void isNotOverBeforeItsRecordIsSealed() throws Exception {
        RunningSession session = run(CLOSED_LOOP, Double.POSITIVE_INFINITY, "a");
        await(() -> session.state() == SessionState.COMPLETED);
        assertTrue(recorder.segments.get(0).closed);
        assertEquals(SessionState.COMPLETED, session.await(Duration.ZERO).state());
    }

    @Test
    void decidesTheSameEachTime() throws Exception {
        whole(CLOSED_LOOP, "a");
        whole(CLOSED_LOOP, "b");
        // Acknowledgements carry the time of the device's answer, which is not reproducible.
        String[] kinds = {"sample/", "feature/", "event/", "command/"};
        List<String> first = outline(recorder.segments.get(0).messages, kinds);
        List<String> second = outline(recorder.segments.get(1).messages, kinds);
        first.sort(null);
        second.sort(null);
        assertEquals(first, second);
        assertEquals(250, first.stream().filter(l -> l.startsWith("sample/")).count());
        // Nothing is decided in the baseline.
        assertTrue(first.stream()
                .filter(l -> l.startsWith("event/loop/decision"))
                .allMatch(l -> l.contains("phase=treatment")));
    }

    @Test
    void armsAnActuatorOnlyForAPhaseThatUsesIt() throws Exception {
        whole(CLOSED_LOOP, "a");
        assertEquals(List.of("arm tens", "close"), host.last().calls);
        assertFalse(outline(recorder.segments.get(0).messages, "ack/").isEmpty());
    }

    @Test
    void endsAPhaseWhenItsInputEnds() throws Exception {
        String text = CLOSED_LOOP
                .replace("eeg: {plugin: synthetic}", "eeg: {plugin: synthetic, parameters: {length: 3 s}}")
                .replace("duration: 5 s", "end: {input: eeg}\n    atMost: 1 min");
        whole(text, "a");
        List<String> phases = outline(recorder.segments.get(0).messages, "event/session/phase-ended");
        assertEquals(
                "event/session/phase-ended 3500000000 {end=3500000000, id=baseline, index=0, reason=condition}",
                phases.get(0));
    }

    @Test
    void endsAPhaseAfterSoManyDecisionsOrAtTheLatest() throws Exception {
        String text =
                CLOSED_LOOP.replace("duration: 20 s", "end: {decisions: {trigger: high, count: 2}}\n    atMost: 20 s");
        whole(text, "a");
        List<String> ended = outline(recorder.segments.get(0).messages, "event/session/phase-ended");
        List<String> fired = outline(recorder.segments.get(0).messages, "command/");
        assertEquals(2, fired.size(), fired.toString());
        assertTrue(ended.get(1).contains("reason=condition"), ended.toString());
        whole(text.replace("count: 2", "count: 200"), "b");
        ended = outline(recorder.segments.get(1).messages, "event/session/phase-ended");
        assertTrue(
                ended.get(1).contains("end=25000000000") && ended.get(1).contains("reason=at-most"), ended.toString());
    }

    @Test
    void endsAPhaseWhenAFeatureHolds() throws Exception {
        String text = SLOTS + """
                phases:
                  - {id: rest, end: {feature: {feature: alpha/mean, above: 5 uV, hold: 300 ms}}, atMost: 1 min, slots: [eeg, alpha]}
                """;
        whole(text, "a");
        long above = -1;
        for (Message m : recorder.segments.get(0).messages) {
            if (m.payload() instanceof Payload.FeatureValue f
                    && f.feature().name().equals("mean")
                    && f.feature().value() > 5
                    && above < 0) {
                above = f.feature().timeNanos();
            }
        }
        List<String> ended = outline(recorder.segments.get(0).messages, "event/session/phase-ended");
        assertTrue(ended.get(0).contains("end=" + (above + 300_000_000 + 500_000_000) + ","), ended + " " + above);
    }

    @Test
    void refusesARecordingThatCannotBeUsedAndLeavesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), CLOSED_LOOP);
        Path recording = Files.writeString(folder.resolve("empty.txt"), "");
        RunningSession session =
                engine.start(new Request(file, "P01", Map.of("eeg", recording.toString()), 1, folder.resolve("out")));
        ProtocolException e = assertThrows(ProtocolException.class, () -> session.await(Duration.ofSeconds(20)));
        assertEquals(5, e.faults().get(0).line());
        assertTrue(e.getMessage().contains("empty.txt holds no samples"), e.getMessage());
        assertFalse(Files.exists(folder.resolve("out")));
        assertEquals(SessionState.ABORTED, session.state());
    }

    @Test
    void refusesAProcessorThatItsInputDoesNotSatisfyAndLeavesWhatWasThere() throws Exception {
        Path file = Files.writeString(
                folder.resolve("p.yaml"),
                CLOSED_LOOP.replace("alpha: {plugin: mean, inputs: {samples: eeg}, parameters: {low: 8 Hz}}", """
                        alpha: {plugin: mean, inputs: {samples: eeg}, parameters: {low: 8 Hz}}
                          sharp: {plugin: picky, inputs: {samples: eeg}}"""));
        Path out = folder.resolve("new/and/deep");
        ProtocolException e = refused(file, out);
        assertEquals(7, e.faults().get(0).line(), e.getMessage());
        assertEquals(
                "line 7: slots.sharp: it could not be prepared: the stream is sampled at 10 Hz; lower 'high'",
                e.getMessage());
        assertFalse(Files.exists(folder.resolve("new")), "folders above it were made by this run, too");

        Path kept = Files.createDirectories(folder.resolve("kept/record"));
        Path notes = Files.writeString(folder.resolve("kept/notes.txt"), "mine");
        refused(file, folder.resolve("kept"));
        assertTrue(Files.exists(notes));
        assertTrue(Files.isDirectory(kept), "it was there before");
        try (var left = Files.list(kept)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private ProtocolException refused(Path protocol, Path out) {
        RunningSession session = engine.start(new Request(protocol, "P01", Map.of(), 1, out));
        return assertThrows(ProtocolException.class, () -> session.await(Duration.ofSeconds(20)));
    }

    @Test
    void goesOnWithoutALostProcessorAndPausesForALostActuator() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 20, "a");
        until("event/session/phase-ended");
        host.last().lose("tens");
        Result result = session.await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state(), result.toString());
        List<String> states = outline(recorder.segments.get(0).messages, "state/session");
        assertTrue(
                states.stream().anyMatch(s -> s.contains("PAUSED") && s.contains("'tens' (tens) is lost")),
                states.toString());
        assertTrue(states.stream().anyMatch(s -> s.contains("goes on without slot 'tens'")), states.toString());
        assertTrue(result.problems().stream().anyMatch(p -> p.contains("its bundle was stopped")));
        // Ten seconds of grace came on top of the phase.
        List<String> ended = outline(recorder.segments.get(0).messages, "event/session/phase-ended");
        assertTrue(ended.get(1).contains("end=35"), ended.toString());

        session = run(CLOSED_LOOP, 20, "b");
        until("event/session/phase-ended");
        host.last().lose("alpha");
        result = session.await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        states = outline(recorder.segments.get(1).messages, "state/session");
        assertTrue(states.stream().noneMatch(s -> s.contains("PAUSED")), states.toString());
    }

    /** Waits until the segment that is written has a message of a kind. */
    private void until(String kind) throws Exception {
        FakeRecorder.Segment segment = recorder.segments.get(recorder.segments.size() - 1);
        await(() -> {
            synchronized (segment.messages) {
                return !outline(segment.messages, kind).isEmpty();
            }
        });
    }

    static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come about in time");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void pausesShiftTheBoundaryAndResumeArmsAgain() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 10, "a");
        await(() -> host.opened.size() > 0 && host.last().calls.contains("arm tens"));
        session.pause("the participant asked");
        await(() -> session.state() == SessionState.PAUSED);
        assertFalse(host.last().slot("tens").armed());
        await(() -> !session.progress().paused().isZero());
        assertEquals("treatment", session.progress().phase());
        session.resume();
        await(() -> session.state() == SessionState.RUNNING);
        assertEquals(session.progress().paused(), session.progress().phasePaused());
        Result result = session.await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        List<String> calls = host.last().calls;
        assertEquals("arm tens", calls.get(0));
        assertTrue(calls.contains("safe the participant asked"), calls.toString());
        assertEquals(2, calls.stream().filter("arm tens"::equals).count(), calls.toString());
        List<String> states = outline(recorder.segments.get(0).messages, "state/session");
        assertTrue(states.stream().anyMatch(s -> s.contains("state=PAUSED") && s.contains("the participant asked")));
    }

    @Test
    void asksAndTakesAnswersAndRecordsMissingOnes() throws Exception {
        String text = SLOTS + """
                phases:
                  - id: rest
                    duration: 10 s
                    slots: [nrs]
                    ratings:
                      - {slot: nrs, item: pain, at: start, within: 5 s}
                      - {slot: nrs, item: pain, at: end, within: 3 s}
                """;
        RunningSession session = run(text, 5, "a");
        until("event/nrs/ask");
        List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
        control("answer", Map.of("request", "1", "slot", "nrs", "item", "pain", "value", 11L));
        control("answer", Map.of("request", "w", "slot", "nrs", "item", "pain", "text", "rather bad"));
        control("answer", Map.of("request", "2", "slot", "nrs", "item", "pain", "value", 4L));
        Result result = session.await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        List<String> answers = outline(recorder.segments.get(0).messages, "event/nrs/answer");
        assertTrue(answers.get(0).contains("value=4.0"), answers.toString());
        assertTrue(
                answers.get(1).startsWith("event/nrs/answer 13000000000")
                        && answers.get(1).contains("missing=true"),
                answers.toString());
        assertTrue(text(replies.get(0).payload()).contains("10 is the greatest answer"));
        assertTrue(text(replies.get(1).payload()).contains("answered by a number, not in words"));
        assertTrue(text(replies.get(2).payload()).contains("ok=true"));
    }

    private void control(String action, Map<String, Object> attributes) {
        bus.publish(
                Topic.ofSite("lab", Topic.Kind.CONTROL, action), new Payload.Document("control", -1, attributes), 0);
    }

    @Test
    void answersRequestsOverTheBusAndStopsOnTheStopTopic() throws Exception {
        List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
        control("session", Map.of("request", "0", "action", "status"));
        await(() -> replies.size() == 1);
        assertTrue(text(replies.get(0).payload()).contains("no session runs here"));
        RunningSession session = run(CLOSED_LOOP, 1, "a");
        await(() -> session.state() == SessionState.RUNNING);
        bus.publish(Topic.ofSite("lab", Topic.Kind.STOP, ""), new Payload.Document("stop", -1, Map.of()), 0);
        await(() -> session.state() == SessionState.PAUSED);
        assertTrue(host.last().calls.get(0).startsWith("safe emergency stop")
                || host.last().calls.contains("safe emergency stop"));
        control("session", Map.of("request", "1", "action", "status"));
        await(() -> replies.size() == 2);
        assertTrue(text(replies.get(1).payload()).contains("state=PAUSED"));
        control("note", Map.of("request", "2", "text", "the participant coughed"));
        control("note", Map.of("request", "3", "text", "the participant coughed", "by", "A"));
        await(() -> replies.size() == 4);
        assertTrue(text(replies.get(2).payload()).contains("a note needs 'text' and 'by'"));
        control("session", Map.of("request", "4", "action", "abort", "reason", "enough"));
        Result result = session.await(Duration.ofSeconds(20));
        assertEquals(SessionState.ABORTED, result.state());
        assertEquals("enough", result.reason());
        List<String> notes = outline(recorder.segments.get(0).messages, "event/session/note");
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("text=the participant coughed"), notes.toString());
    }

    @Test
    void goesOnInASegmentOfANewRecorderBeforeTheOldIsSealed() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 20, "a");
        until("event/session/phase-ended");
        FakeRecorder newer = new FakeRecorder(bus);
        engine.bindRecorder(newer);
        engine.unbindRecorder(recorder);
        session.await(Duration.ofSeconds(60));
        assertEquals("segment-002.xdf", newer.segments.get(0).path.getFileName().toString());
        assertTrue(recorder.segments.get(0).closed && newer.segments.get(0).closed);
        // Every block is in the first segment, the second, or both.
        java.util.Set<String> blocks = new java.util.TreeSet<>(outline(recorder.segments.get(0).messages, "sample/"));
        blocks.addAll(outline(newer.segments.get(0).messages, "sample/"));
        assertEquals(250, blocks.size());
        assertFalse(newer.segments.get(0).streams.isEmpty());
    }

    @Test
    void theLastRecorderGoingIsAProblem() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 20, "a");
        until("event/session/phase-ended");
        engine.unbindRecorder(recorder);
        Result result = session.await(Duration.ofSeconds(60));
        assertTrue(
                result.problems().get(0).contains("nothing is recorded"),
                result.problems().toString());
    }

    @Test
    void runsInRealTimeToo() throws Exception {
        String text =
                CLOSED_LOOP.replace("duration: 5 s", "duration: 300 ms").replace("duration: 20 s", "duration: 600 ms");
        Result result = run(text, 1, "a").await(Duration.ofSeconds(30));
        assertEquals(SessionState.COMPLETED, result.state());
        // A notice that comes late, in a process that was kept from running, moves the end of a phase.
        long end = outline(recorder.segments.get(0).messages, "event/session/phase-ended").stream()
                .mapToLong(l -> Long.parseLong(l.replaceAll(".*end=(\\d+).*", "$1")))
                .reduce(0, Math::max);
        assertTrue(end >= 900_000_000, "it ended at " + end);
        assertEquals(
                end / 100_000_000,
                outline(recorder.segments.get(0).messages, "sample/").size());
    }

    @Test
    void aSecondSessionIsRefusedWhileOneRuns() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 1, "a");
        ProtocolException e = assertThrows(ProtocolException.class, () -> run(CLOSED_LOOP, 1, "b"));
        assertTrue(e.getMessage().contains("still runs"));
        assertFalse(Files.exists(folder.resolve("b")));
        session.abort("done");
        session.await(Duration.ofSeconds(20));
    }

    @Test
    void aReplacedActuatorStaysDisarmedUntilAPersonResumes() throws Exception {
        List<Message> replies = bus.tap("anodyne/1/lab/control/reply");
        RunningSession session = run(CLOSED_LOOP, 20, "a");
        until("event/session/phase-ended");
        await(() -> host.last().slot("tens").armed());
        control("session", Map.of("request", "1", "action", "swap", "slot", "tens", "jar", "/new/tens.jar"));
        control("session", Map.of("request", "2", "action", "swap", "slot", "tons", "jar", "/new/tens.jar"));
        await(() -> replies.size() == 2);
        assertTrue(
                text(replies.get(0).payload()).contains("tens 1.0.0 replaced by 1.0.1"),
                text(replies.get(0).payload()));
        assertTrue(text(replies.get(1).payload()).contains("this session has no slot 'tons'"));
        session.resume();
        Result result = session.await(Duration.ofSeconds(60));
        assertTrue(
                result.problems()
                        .get(0)
                        .matches("slot 'tens' was made safe at .* s because it was replaced by"
                                + " version 1.0.1; resume to arm it again"),
                result.problems().toString());
        assertEquals(2, host.last().calls.stream().filter("arm tens"::equals).count());
    }

    @Test
    void goesOnWithoutTheBusAndSaysSo() throws Exception {
        RunningSession session = run(CLOSED_LOOP, 20, "a");
        until("event/session/phase-ended");
        bus.connected(false);
        bus.connected(true);
        Result result = session.await(Duration.ofSeconds(60));
        assertEquals(SessionState.COMPLETED, result.state());
        assertTrue(
                result.problems().get(0).startsWith("the bus was away at "),
                result.problems().toString());
        List<String> events = outline(recorder.segments.get(0).messages, "event/session/bus");
        assertTrue(events.get(0).contains("connected=false") && events.get(1).contains("connected=true"));
    }
}
