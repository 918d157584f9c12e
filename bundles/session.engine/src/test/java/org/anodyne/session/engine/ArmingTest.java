package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** What is made safe is told, and armed again only by a person, or as the protocol says. */
class ArmingTest {
    private static final String AUTOMATIC = SessionTest.CLOSED_LOOP.replace(
            "tens: {plugin: tens}", "tens: {plugin: tens, afterLoss: {rearm: automatic, healthyFor: 3 s}}");

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeHost host = new FakeHost(bus, FakePlugins.installed());
    private final FakeRecorder recorder = new FakeRecorder(bus);
    private final List<Message> events = bus.tap("anodyne/1/lab/+/event/tens/+");
    private final List<Message> said = bus.tap("anodyne/1/lab/+/event/session/+");
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

    /** A session whose actuator is armed, its baseline over at once. */
    private RunningSession armed(String protocol, double speed) throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), protocol.replace("duration: 5 s", "duration: 100 ms"));
        RunningSession session = engine.start(new Request(file, "P01", Map.of(), speed, folder.resolve("out")));
        SessionTest.await(() -> !host.opened.isEmpty()
                && host.last().slot("tens") != null
                && host.last().slot("tens").armed());
        return session;
    }

    private Result end(RunningSession session) throws InterruptedException {
        return session.await(Duration.ofSeconds(60));
    }

    private long times(String call) {
        return host.last().calls.stream().filter(call::equals).count();
    }

    private List<String> told(String type) {
        return told(events, type);
    }

    private static List<Object> reasons(List<Message> states) {
        synchronized (states) {
            return states.stream()
                    .map(m -> ((Payload.Document) m.payload()).attributes().get("reason"))
                    .toList();
        }
    }

    private static List<String> told(List<Message> messages, String type) {
        synchronized (messages) {
            return messages.stream()
                    .map(m -> (Payload.Document) m.payload())
                    .filter(d -> d.type().equals(type))
                    .map(d -> String.valueOf(new java.util.TreeMap<>(d.attributes())))
                    .toList();
        }
    }

    private void ask(String action, Map<String, Object> more) {
        Map<String, Object> attributes = new java.util.HashMap<>(more);
        attributes.put("action", action);
        bus.publish(
                Topic.ofSite("lab", Topic.Kind.CONTROL, "session"), new Payload.Document("control", -1, attributes), 0);
    }

    private Map<String, Object> answer(int number) {
        SessionTest.await(() -> replies.size() > number);
        return ((Payload.Document) replies.get(number).payload()).attributes();
    }

    private void panic(String session, String slot) {
        said(session, slot, "panic", Map.of("by", "participant"));
    }

    private void said(String session, String slot, String type, Map<String, Object> attributes) {
        bus.publish(
                Topic.of("lab", session, Topic.Kind.EVENT, slot, type), new Payload.Document(type, 0, attributes), 0);
    }

    @Test
    void anOperatorRecentresAndSaysSomethingInThePauseToo() throws Exception {
        String protocol = SessionTest.CLOSED_LOOP
                .replace("tens: {plugin: tens}", "tens: {plugin: tens}\n  screen: {plugin: display}")
                .replace("slots: [eeg, alpha, loop", "slots: [eeg, alpha, loop, screen");
        RunningSession session = armed(protocol, 1);
        session.pause("a cable");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        ask("recentre", Map.of("by", "A"));
        assertEquals("recentred", answer(0).get("message"));
        ask("tell", Map.of("text", " All is well ", "by", "A"));
        assertEquals("shown for 4 s", answer(1).get("message"));
        assertEquals(1, times("tell screen 4100 All is well"), host.last().calls.toString());
        assertEquals(1, times("recentre screen"));
        assertEquals(List.of("{by=A}"), told(said, "recentre"));
        assertEquals(List.of("{by=A, seconds=4.1, text=All is well}"), told(said, "message"));
        ask("tell", Map.of("text", "x".repeat(201)));
        ask("tell", Map.of("text", "two\nlines"));
        ask("tell", Map.of("text", "once", "seconds", 1L));
        ask("tell", Map.of());
        for (int i = 2; i < 6; i++) {
            assertEquals(false, answer(i).get("ok"), answer(i).toString());
        }
        assertEquals(1, told(said, "message").size());
        session.abort("enough");
        end(session);
    }

    @Test
    void withoutADisplayAnOperatorIsToldSo() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 1);
        ask("tell", Map.of("text", "All is well"));
        assertEquals("this session has no display", answer(0).get("message"));
        session.abort("enough");
        end(session);
    }

    @Test
    void aParticipantWhoFeelsTooSickEndsItAsPanicDoes() throws Exception {
        String protocol = SessionTest.CLOSED_LOOP
                .replace("tens: {plugin: tens}", "tens: {plugin: tens}\n  screen: {plugin: display}")
                .replace("slots: [eeg, alpha, loop", "slots: [eeg, alpha, loop, screen");
        RunningSession session = armed(protocol, 1);
        said(session.id(), "screen", "fms-stop", Map.of("rating", 16L, "limit", 15.0));
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        assertFalse(host.last().slot("tens").armed());
        session.abort("enough");
        problem(end(session), "the participant feels too sick; all actuators were made safe");
    }

    @Test
    void panicOfTheParticipantPausesUntilAPersonResumes() throws Exception {
        String protocol = SessionTest.CLOSED_LOOP
                .replace("tens: {plugin: tens}", "tens: {plugin: tens}\n  screen: {plugin: display}")
                .replace("slots: [eeg, alpha, loop", "slots: [eeg, alpha, loop, screen");
        RunningSession session = armed(protocol, 1);
        // Of another session, and of a slot that is no display: nothing.
        panic("another", "screen");
        panic(session.id(), "alpha");
        ask("status", Map.of());
        assertTrue(String.valueOf(answer(0)).contains("state=RUNNING"), String.valueOf(answer(0)));
        panic(session.id(), "screen");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        assertTrue(
                host.last().calls.contains("safe the participant pressed panic"),
                host.last().calls.toString());
        assertFalse(host.last().slot("tens").armed());
        ask("status", Map.of());
        assertTrue(String.valueOf(answer(1)).contains("state=PAUSED"), String.valueOf(answer(1)));
        assertEquals(0, times("release"));
        ask("resume", Map.of());
        answer(2);
        assertEquals(1, times("release"), "what panic took away, a person alone gives back");
        SessionTest.await(() -> host.last().slot("tens").armed());
        assertEquals(SessionState.RUNNING, session.state());
        session.abort("enough");
        problem(end(session), "the participant pressed panic; all actuators were made safe");
        assertEquals(List.of(), told("made-safe"), "a person ordered it; no loss is told");
    }

    private static String problem(Result result, String words) {
        return result.problems().stream()
                .filter(p -> p.contains(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError(words + " is not in " + result.problems()));
    }

    @Test
    void theLossOfAProcessorIsToldAndSoIsWhatItMadeSafe() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 20);
        host.last().lose("alpha");
        Result result = end(session);
        assertEquals(SessionState.COMPLETED, result.state());
        problem(result, "slot 'alpha' (mean) is lost: its bundle was stopped");
        String safe = problem(result, "slot 'tens' was made safe at ");
        assertTrue(safe.endsWith(" s because plug-in mean was taken away; resume to arm it again"), safe);
        assertEquals(List.of("{cause=slot-lost, rearm=person, reason=plug-in mean was taken away}"), told("made-safe"));
        assertEquals(1, times("arm tens"));
    }

    @Test
    void goingOnWithoutALostSlotArmsNothing() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 20);
        host.last().lose("loop");
        Result result = end(session);
        assertEquals(SessionState.COMPLETED, result.state());
        problem(result, "slot 'tens' was made safe at ");
        assertEquals(1, times("arm tens"));
        assertTrue(host.last().calls.contains("resume tens"));
    }

    @Test
    void anOutageMakesSafeAndAPersonArmsAgain() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 1);
        bus.connected(false);
        host.last().lease();
        bus.connected(true);
        SessionTest.await(() -> !told("made-safe").isEmpty());
        assertFalse(host.last().slot("tens").armed());
        assertEquals(
                List.of("{cause=bus-away, rearm=person, reason=the bus was away for more than 500 ms}"),
                told("made-safe"));
        ask("resume", Map.of("slots", List.of("tens")));
        assertEquals("the session runs; armed: tens", answer(0).get("message"));
        assertTrue(host.last().slot("tens").armed());
        SessionTest.await(() -> told("armed-again").equals(List.of("{by=person}")));
        session.abort("done");
        problem(end(session), "because the bus was away for more than 500 ms; resume to arm it again");
    }

    @Test
    void theProtocolMayArmAgainAfterAWhileWithoutLoss() throws Exception {
        RunningSession session = armed(AUTOMATIC, 5);
        bus.connected(false);
        host.last().lease();
        bus.connected(true);
        Result result = end(session);
        problem(result, "the protocol arms it again once nothing has been missing for 3.0 s");
        problem(result, "slot 'tens' was armed again by the protocol at ");
        assertEquals(List.of("{by=protocol}"), told("armed-again"));
        assertEquals(2, times("arm tens"));
    }

    @Test
    void theProtocolDoesNotArmAgainWhileSomethingIsMissing() throws Exception {
        RunningSession session = armed(AUTOMATIC, 20);
        host.last().lose("alpha");
        Result result = end(session);
        problem(result, "slot 'tens' was made safe at ");
        assertEquals(1, times("arm tens"));
        assertEquals(List.of(), told("armed-again"));
    }

    @Test
    void theProtocolDoesNotArmWhatAPersonStopped() throws Exception {
        RunningSession session = armed(AUTOMATIC, 1);
        bus.connected(false);
        host.last().lease();
        bus.connected(true);
        bus.publish(Topic.ofSite("lab", Topic.Kind.STOP, ""), new Payload.Document("stop", -1, Map.of()), 0);
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        session.abort("done");
        problem(end(session), "emergency stop; all actuators were made safe");
        assertEquals(1, times("arm tens"));
    }

    @Test
    void aStopWhileTheSessionWaitsForALostSlotIsEndedByAPersonAlone() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 1);
        host.last().lose("loop");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        List<Message> states = bus.tap("anodyne/1/lab/+/state/session");
        bus.publish(Topic.ofSite("lab", Topic.Kind.STOP, ""), new Payload.Document("stop", -1, Map.of()), 0);
        // The note of the pause itself may still come in between.
        SessionTest.await(() -> reasons(states).contains("emergency stop"));
        session.abort("done");
        assertEquals(SessionState.ABORTED, end(session).state());
    }

    @Test
    void whoIsNotScreenedIsToldBeforeTheSessionRunsAndNothingIsSaidToBeArmed() throws Exception {
        host.objections.put("tens", "participant P01 has no screening");
        List<Message> states = bus.tap("anodyne/1/lab/+/state/session");
        Path file = Files.writeString(
                folder.resolve("p.yaml"), SessionTest.CLOSED_LOOP.replace("duration: 5 s", "duration: 100 ms"));
        RunningSession session = engine.start(new Request(file, "P01", Map.of(), 1, folder.resolve("out")));
        SessionTest.await(() -> !states.isEmpty());
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        List<String> problems = session.await(Duration.ZERO).problems();
        assertEquals(
                "slot 'tens' will not act, every command to it is refused: participant P01 has no screening",
                problems.get(0));
        SessionTest.await(() -> session.progress().phase().equals("treatment"));
        ask("resume", Map.of());
        assertEquals(
                "the session runs; no actuator is armed; not armed: tens: participant P01 has no screening",
                answer(0).get("message"));
        assertEquals(false, answer(0).get("ok"));
        session.abort("done");
        end(session);
    }

    @Test
    void resumingWithNoActuatorNamedLeavesAllSafe() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 1);
        session.pause("to look");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        ask("resume", Map.of("slots", List.of()));
        assertEquals("the session runs; no actuator is armed", answer(0).get("message"));
        assertFalse(host.last().slot("tens").armed());
        ask("resume", Map.of());
        assertEquals("the session runs; armed: tens", answer(1).get("message"));
    }

    @Test
    void resumingNamesWhatCannotBeArmed() throws Exception {
        RunningSession session = armed(SessionTest.CLOSED_LOOP, 1);
        ask("resume", Map.of("slots", List.of("tons")));
        assertEquals(
                "this session has no slot 'tons'; its actuators: tens",
                answer(0).get("message"));
        ask("resume", Map.of("slots", List.of("eeg")));
        assertEquals(
                "slot 'eeg' holds no actuator; its actuators: tens", answer(1).get("message"));
        host.last().lose("tens");
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        ask("resume", Map.of());
        assertEquals(false, answer(2).get("ok"));
        assertEquals(
                "the session runs; no actuator is armed; not armed: tens: it is lost; bring a plug-in in by swap",
                answer(2).get("message"));
        assertEquals(SessionState.RUNNING, session.state());
        session.abort("done");
        end(session);
    }
}
