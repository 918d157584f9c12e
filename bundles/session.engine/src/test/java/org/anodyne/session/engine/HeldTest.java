package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Outline;
import org.anodyne.session.SessionEngine.Request;
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

/** A session that waits, once it is ready, for a person's word; and what is known of a protocol before it is run. */
class HeldTest {
    private static final String WORLD = """
            anodyne: 1
            id: world
            slots:
              world: {plugin: display}
            phases:
              - {id: look, duration: 10 s, slots: [world]}
            """;

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final FakeHost host = new FakeHost(bus, FakePlugins.installed());
    private Engine engine;

    @BeforeEach
    void start() {
        engine = new Engine(bus, host, FakePlugins.installed());
        engine.bindRecorder(new FakeRecorder(bus));
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private Path protocol(String text) throws Exception {
        return Files.writeString(folder.resolve("p.yaml"), text);
    }

    private RunningSession held() throws Exception {
        Path file = protocol(SessionTest.CLOSED_LOOP);
        RunningSession session = engine.start(
                new Request(file, "P01", Map.of(), 1, folder.resolve("out"), false, Map.of(), false, true));
        SessionTest.await(() -> session.state() == SessionState.READY);
        return session;
    }

    private static String begin(RunningSession session) throws Exception {
        return session.begin().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatSpeaksAgainstArmingIsAProblemOnlyIfItStillDoesWhenTheSessionBegins() throws Exception {
        host.objections.put("tens", "participant P01 has no screening");
        RunningSession session = held();
        assertEquals(
                "participant P01 has no screening", session.slots().get("tens").reason());
        assertEquals(List.of("eeg"), List.copyOf(session.streams().keySet()));
        host.objections.clear();
        assertEquals("", begin(session));
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        assertEquals(List.of(), session.await(Duration.ZERO).problems());
    }

    @Test
    void aDisplayThatMustShowNothingKeepsItFromBeginningUntilItMay() throws Exception {
        host.objections.put("world", "participant P01 has no screening for virtual reality");
        Path file = protocol(WORLD);
        RunningSession session = engine.start(
                new Request(file, "P01", Map.of(), 1, folder.resolve("out"), false, Map.of(), false, true));
        SessionTest.await(() -> session.state() == SessionState.READY);
        assertEquals(
                "slot 'world' must not show a world: participant P01 has no screening for virtual reality",
                begin(session));
        assertEquals(SessionState.READY, session.state());
        host.objections.clear();
        assertEquals("", begin(session));
        SessionTest.await(() -> session.state() == SessionState.RUNNING);
        session.abort("done");
        session.await(Duration.ofSeconds(20));
    }

    @Test
    void aSessionThatDoesNotWaitEndsBeforeItBeganWhenItsDisplayMustShowNothing() throws Exception {
        host.objections.put("world", "participant P01 has no screening for virtual reality");
        RunningSession session = engine.start(new Request(protocol(WORLD), "P01", Map.of(), 1, folder.resolve("out")));
        ProtocolException e = assertThrows(ProtocolException.class, () -> session.await(Duration.ofSeconds(20)));
        assertEquals(4, e.faults().get(0).line());
        assertEquals(
                "slot 'world' must not show a world: participant P01 has no screening for virtual reality",
                e.faults().get(0).message());
        assertEquals(
                SlotStatus.State.PREPARED, host.last().status().get("world").state(), "nothing was started");
        assertTrue(Files.notExists(folder.resolve("out")));
    }

    @Test
    void aSlotThatWasLostMeanwhileKeepsItFromBeginningAndLeavesItAsItIs() throws Exception {
        RunningSession session = held();
        host.last().lose("loop");
        SessionTest.await(() -> session.slots().get("loop").state() == SlotStatus.State.LOST);
        String why = begin(session);
        assertTrue(why.startsWith("slot 'loop' is not ready, it is lost"), why);
        assertEquals(SessionState.READY, session.state());
    }

    @Test
    void aProtocolIsToldAtAGlance() throws Exception {
        Outline outline = engine.outline(protocol(SessionTest.CLOSED_LOOP));
        assertEquals(Duration.ofSeconds(25), outline.total());
        assertEquals(
                List.of("baseline", "treatment"),
                outline.phases().stream().map(p -> p.id()).toList());
        assertEquals(
                List.of("eeg", "tens"),
                outline.slots().stream()
                        .filter(s -> s.takesInput())
                        .map(s -> s.slot())
                        .sorted()
                        .toList());
        assertTrue(outline.slots().stream().anyMatch(s -> s.slot().equals("tens") && s.kind() == PluginKind.ACTUATOR));
        Path broken = protocol("anodyne: 1\nid: broken\n");
        assertThrows(ProtocolException.class, () -> engine.outline(broken));
    }
}
