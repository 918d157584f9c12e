package org.anodyne.session.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.fake.FakeBus;
import org.anodyne.session.engine.fake.FakeHost;
import org.anodyne.session.engine.fake.FakePlugins;
import org.anodyne.session.engine.fake.FakeRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trigger that was inhibited too often in a row fires no more: a person is told, once and why. */
class StoppedTriggerTest {
    private static final String INHIBITED = SessionTest.CLOSED_LOOP.replace(
            "refractory: 2 s", "refractory: 2 s, unless: {feature: alpha/mean, above: 900 uV, stopAfter: 3}");

    @TempDir
    Path folder;

    private static void decide(FakeBus bus, RunningSession session, String trigger, String verdict) {
        Topic topic = Topic.of("lab", session.id(), Topic.Kind.EVENT, "loop", "decision");
        Map<String, Object> said = Map.of("trigger", trigger, "verdict", verdict);
        bus.publish(topic, new Payload.Document("decision", 7_340_000_000L, said), 0);
    }

    @Test
    void aPersonIsToldOfATriggerThatStopped() throws Exception {
        FakeBus bus = new FakeBus();
        Engine engine = new Engine(bus, new FakeHost(bus, FakePlugins.installed()), FakePlugins.installed());
        engine.bindRecorder(new FakeRecorder(bus));
        try {
            Path file = Files.writeString(folder.resolve("p.yaml"), INHIBITED);
            RunningSession session = engine.start(new Request(file, "P01", Map.of(), 1, folder.resolve("out")));
            SessionTest.await(() -> session.state() == SessionState.RUNNING);
            decide(bus, session, "high", "HELD_BY_UNLESS");
            decide(bus, session, "another", "STOPPED_BY_UNLESS");
            decide(bus, session, "high", "STOPPED_BY_UNLESS");
            SessionTest.await(() -> !session.progress().note().isEmpty());
            session.abort("done");
            assertEquals(
                    List.of(
                            "trigger 'high' fires no more in this session since 7.3 s: 'alpha/mean' inhibited it 3 times in"
                                    + " a row; look after the signal (electrodes, cables, movement) before the next session"),
                    session.await(Duration.ofSeconds(30)).problems());
        } finally {
            engine.deactivate();
            bus.close();
        }
    }
}
