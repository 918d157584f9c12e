package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;

/** Source → processor → intervention → gate → actuator, in virtual time. */
class FlowTest {
    private final Script eeg = new Script();
    private final Script sum = new Script();
    private final Script loop = new Script();
    private final Script stim = new Script();

    private House house() {
        House h = new House();
        h.providers
                .offer(FakeProviders.provider(
                        "ticker", PluginKind.SOURCE, "1.0.0", PluginPorts.NONE, false, c -> new Plugins.Ticker(c, eeg)))
                .offer(FakeProviders.provider(
                        "sum", PluginKind.PROCESSOR, "1.0.0", Plugins.SUM_PORTS, false, c -> new Plugins.Sum(c, sum)))
                .offer(FakeProviders.provider(
                        "loop",
                        PluginKind.INTERVENTION,
                        "1.0.0",
                        Plugins.LOOP_PORTS,
                        false,
                        c -> new Plugins.Loop(c, loop)))
                .offer(FakeProviders.provider(
                        "stim",
                        PluginKind.ACTUATOR,
                        "1.0.0",
                        Plugins.STIM_PORTS,
                        false,
                        c -> new Plugins.Stim(c, stim)));
        return h;
    }

    @Test
    void aProcessorsOwnStreamIsKnownToWhoTakesIt() {
        try (House h = house()) {
            h.providers.offer(FakeProviders.provider(
                    "doubler", PluginKind.PROCESSOR, "1.0.0", Plugins.Doubler.PORTS, false, Plugins.Doubler::new));
            h.ready(
                    House.source("eeg", "ticker"),
                    House.taking("twice", "doubler", "eeg"),
                    House.taking("total", "sum", "twice"));
            StreamInfo doubled =
                    new StreamInfo("twice", "doubled", "EEG", 250, List.of(new StreamInfo.Channel("Cz", "uV")), true);
            assertEquals(List.of(doubled), h.slots.streams("twice"));
            assertEquals("prepare {samples=[" + doubled + "]}", sum.log.get(0));
            for (String slot : List.of("eeg", "twice", "total")) {
                h.slots.announce(slot, phase("p", 0, 0, -1, true), House.lag(slot));
            }
            h.millis(200);
            Payload.FeatureValue first =
                    (Payload.FeatureValue) h.bus.of(Kind.FEATURE, "total").get(0);
            assertEquals(20, first.feature().values()[0], "ten samples of 1, doubled");
        }
    }

    @Test
    void aBlockBecomesACommandAndItsAcknowledgementComesBack() {
        try (House h = house()) {
            h.ready(
                    House.source("stim", "stim"),
                    House.source("eeg", "ticker"),
                    House.taking("total", "sum", "eeg"),
                    House.watching("loop", "loop", "total/sum.count"));
            get(h.slots.arm("stim"));
            for (String slot : List.of("stim", "eeg", "total", "loop")) {
                h.slots.announce(slot, phase("p", 0, 0, -1, true), House.lag(slot));
            }
            h.millis(200);
            assertEquals(5, h.bus.of(Kind.SAMPLE, "eeg").size());
            assertEquals(5, h.bus.of(Kind.FEATURE, "total").size());
            List<Acknowledgement> acks = h.bus.of(Kind.ACK, "stim").stream()
                    .map(p -> ((Payload.Reply) p).acknowledgement())
                    .toList();
            assertEquals(5, acks.size());
            assertTrue(acks.stream().allMatch(a -> a.outcome() == Acknowledgement.Outcome.EXECUTED));
            assertEquals(
                    List.of("feature total/sum.count=1.0 of 1", "acknowledged loop-1 EXECUTED"),
                    loop.log.subList(0, 2));
            long acquired = h.bus.messages()
                    .filter(m -> m.topic().kind() == Kind.SAMPLE)
                    .findFirst()
                    .orElseThrow()
                    .envelope()
                    .acquiredNanos();
            for (Kind kind : List.of(Kind.FEATURE, Kind.COMMAND, Kind.ACK)) {
                assertEquals(
                        acquired,
                        h.bus.messages()
                                .filter(m -> m.topic().kind() == kind)
                                .findFirst()
                                .orElseThrow()
                                .envelope()
                                .acquiredNanos(),
                        "acquisition time on " + kind);
            }
            h.slots.close();
            assertEquals(List.of(), h.slots.leaks());
            assertTrue(h.slots.status().values().stream().allMatch(s -> s.state() == State.CLOSED));
        }
    }
}
