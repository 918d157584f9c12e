package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.session.ProtocolException;
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

/** A session with a headset is paused after the time that the site's policy permits. */
class HeadsetBreakTest {
    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private Engine engine;

    @BeforeEach
    void start() {
        engine = new Engine(bus, new FakeHost(bus, FakePlugins.installed()), FakePlugins.installed());
        engine.bindRecorder(new FakeRecorder(bus));
    }

    @AfterEach
    void stop() throws InterruptedException {
        engine.deactivate();
        bus.close();
    }

    private Request request() throws Exception {
        Path file = Files.writeString(folder.resolve("p.yaml"), """
                anodyne: 1
                id: world
                slots:
                  world: {plugin: display}
                phases:
                  - {id: look, duration: 10 min, slots: [world]}
                """);
        return new Request(file, "P01", Map.of(), 1, folder.resolve("out"));
    }

    @Test
    void itIsPausedWithTheReasonAndGoesOnByAPerson() throws Exception {
        engine.bindSafety((action, attributes) -> {
            assertEquals("limits", action);
            return Map.of(
                    "limits",
                    Map.of(
                            "vr.continuous.minutes", Map.of("value", 0.002, "source", "policy of this site"),
                            "vr.break.minutes", Map.of("value", 5.0, "source", "default")));
        });
        List<Message> states = bus.tap("anodyne/1/lab/+/state/session");
        RunningSession session = engine.start(request());
        SessionTest.await(() -> session.state() == SessionState.PAUSED);
        SessionTest.await(() -> states.stream()
                .map(m -> String.valueOf(
                        ((Payload.Document) m.payload()).attributes().get("reason")))
                .anyMatch(r -> r.startsWith("the participant has been in the headset for 0.002 min")
                        && r.contains("policy of this site; vr.continuous.minutes")));
        session.resume();
        SessionTest.await(() -> states.stream().anyMatch(m -> "resumed"
                .equals(((Payload.Document) m.payload()).attributes().get("reason"))));
        session.abort("done");
        assertTrue(
                session.await(Duration.ofSeconds(30)).problems().stream()
                        .anyMatch(p -> p.startsWith("the participant has been in the headset for 0.002 min")),
                "a person is told");
    }

    @Test
    void aPolicyWithFaultsBeginsNoSessionWithAHeadset() throws Exception {
        engine.bindSafety((action, attributes) -> Map.of("ok", false, "message", "line 1: 'nonsense' is no statement"));
        Request request = request();
        ProtocolException e = assertThrows(ProtocolException.class, () -> engine.start(request));
        assertTrue(
                e.getMessage().contains("how long a participant may be in it is not known: line 1: 'nonsense'"),
                e.getMessage());
    }
}
