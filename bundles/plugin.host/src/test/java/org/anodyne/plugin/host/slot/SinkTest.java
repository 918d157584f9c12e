package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.EventInput;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.junit.jupiter.api.Test;

/** A sink is given streams, features and events, whoever they come from. */
class SinkTest {
    private static final PluginPorts PORTS = new PluginPorts(
            List.of(
                    new InputPort("samples", Carries.SAMPLES, true, false),
                    new InputPort("features", Carries.FEATURES, true, false),
                    new InputPort("events", Carries.EVENTS, true, false)),
            List.of(),
            List.of(),
            List.of());

    private static final class Sink implements SignalSink {
        private final List<String> log;

        private Sink(List<String> log) {
            this.log = log;
        }

        @Override
        public void samples(String port, String slot, SampleBlock block) {
            log.add(port + " " + slot + "/" + block.stream());
        }

        @Override
        public void feature(String port, FeatureInput input) {
            log.add(port + " " + input.slot() + "/" + input.feature().name());
        }

        @Override
        public void event(String port, EventInput input) {
            log.add(port + " " + input.slot() + "/" + input.event().type() + " "
                    + input.event().attributes());
        }

        @Override
        public void enterPhase(Phase phase) {
            log.add("phase " + phase.id());
        }

        @Override
        public void close() {}
    }

    private static void event(House h, String slot, String type, long timeNanos) {
        h.bus.publish(
                Topic.of(h.bus.site(), "s1", Kind.EVENT, slot, type),
                new Payload.Document(type, timeNanos, Map.of("a", 1L)),
                0);
    }

    @Test
    void streamsFeaturesAndEventsComeInAndAnAnnouncedPhaseMovesNothingOn() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (House h = new House()) {
            h.providers
                    .offer(FakeProviders.provider(
                            "ticker",
                            PluginKind.SOURCE,
                            "1.0.0",
                            PluginPorts.NONE,
                            false,
                            c -> new Plugins.Ticker(c, new Script())))
                    .offer(FakeProviders.provider(
                            "sum",
                            PluginKind.PROCESSOR,
                            "1.0.0",
                            Plugins.SUM_PORTS,
                            false,
                            c -> new Plugins.Sum(c, new Script())))
                    .offer(FakeProviders.provider("sink", PluginKind.SINK, "1.0.0", PORTS, false, c -> new Sink(log)));
            h.ready(
                    House.source("eeg", "ticker"),
                    House.taking("total", "sum", "eeg"),
                    House.spec(
                            "out",
                            "sink",
                            Map.of("samples", List.of(new StreamRef("eeg", ""))),
                            Map.of(
                                    "features",
                                    List.of(FeatureRef.parse("total/sum")),
                                    "events",
                                    List.of(FeatureRef.parse("session/phase"), FeatureRef.parse("tens/*")))));
            for (String slot : List.of("eeg", "total", "out")) {
                h.slots.announce(slot, phase("p", 0, 0, -1, true), House.lag(slot));
            }
            h.millis(45);
            event(h, "session", "phase", 60_000_000_000L);
            event(h, "session", "phase-ended", 0);
            event(h, "tens", "device-fault", 0);
            event(h, "other", "device-fault", 0);
            h.millis(100);
            assertEquals("phase p", log.get(0));
            assertTrue(log.contains("samples eeg/raw"), log.toString());
            assertTrue(log.contains("features total/sum"), log.toString());
            assertEquals(
                    List.of("events session/phase {a=1}", "events tens/device-fault {a=1}"),
                    log.stream().filter(l -> l.startsWith("events")).toList());
            assertEquals(1, log.stream().filter(l -> l.startsWith("phase")).count());
            h.slots.close();
            assertEquals(List.of(), h.slots.leaks());
        }
    }
}
