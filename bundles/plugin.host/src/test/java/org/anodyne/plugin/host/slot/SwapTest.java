package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.anodyne.plugin.signal.Feature;
import org.junit.jupiter.api.Test;

/** Replacing the plug-in of one slot while the session runs. */
class SwapTest {
    private final Script eeg = new Script();
    private final Script sum = new Script();
    private final Script loop = new Script();
    private final Script stim = new Script();
    private final Script next = new Script();

    private Provider sum(String version, Script script) {
        return FakeProviders.provider(
                "sum", PluginKind.PROCESSOR, version, Plugins.SUM_PORTS, false, c -> new Plugins.Sum(c, script));
    }

    private Provider ticker(String version, boolean exclusive, Script script) {
        return FakeProviders.provider(
                "ticker", PluginKind.SOURCE, version, PluginPorts.NONE, exclusive, c -> new Plugins.Ticker(c, script));
    }

    private Provider loop(String version, Script script) {
        return FakeProviders.provider(
                "loop", PluginKind.INTERVENTION, version, Plugins.LOOP_PORTS, false, c -> new Plugins.Loop(c, script));
    }

    private Provider stim(String version, Script script) {
        return FakeProviders.provider(
                "stim", PluginKind.ACTUATOR, version, Plugins.STIM_PORTS, false, c -> new Plugins.Stim(c, script));
    }

    private House running() {
        House h = new House();
        h.providers
                .offer(ticker("1.0.0", false, eeg))
                .offer(sum("1.0.0", sum))
                .offer(loop("1.0.0", loop))
                .offer(stim("1.0.0", stim));
        h.ready(
                House.source("stim", "stim"),
                House.source("eeg", "ticker"),
                House.taking("total", "sum", "eeg"),
                House.watching("loop", "loop", "total/sum"));
        get(h.slots.arm("stim"));
        for (String slot : List.of("stim", "eeg", "total", "loop")) {
            h.slots.announce(slot, phase("p", 0, 0, -1, true), House.lag(slot));
        }
        h.millis(200);
        return h;
    }

    private static List<Double> counts(House h) {
        List<Double> counts = new ArrayList<>();
        for (Payload p : h.bus.of(Kind.FEATURE, "total")) {
            Feature f = ((Payload.FeatureValue) p).feature();
            counts.add(f.values()[1]);
        }
        return counts;
    }

    private static List<Double> upTo(int n) {
        return java.util.stream.IntStream.rangeClosed(1, n)
                .mapToObj(i -> (double) i)
                .toList();
    }

    @Test
    void aProcessorLosesAndDoublesNothing() {
        try (House h = running()) {
            SwapReport r = get(h.slots.swap("total", h.providers.jar(sum("1.1.0", next))));
            assertTrue(r.handedOver());
            assertEquals(0, r.gapNanos());
            assertEquals("1.0.0", r.fromVersion());
            assertEquals("sha-1.1.0", r.toSha256());
            h.millis(400);
            assertEquals(upTo(10), counts(h));
            assertEquals("1.1.0", h.slots.status().get("total").version());
            assertEquals(List.of("drain", "close"), sum.log.subList(sum.log.size() - 2, sum.log.size()));
            // It enters the phase that is under way before it takes the state over, and is not heard doing so.
            assertEquals(List.of("enterPhase p after 0", "takeOver", "start"), next.log.subList(1, 4));
            assertEquals(
                    1,
                    h.bus.messages()
                            .filter(m -> m.topic().slot().equals("total")
                                    && m.topic().name().equals("entered"))
                            .count());
            assertTrue(h.providers.calls.contains("retire 1.0.0"));
            Payload.Document swap = h.bus.messages()
                    .filter(m -> m.topic().name().equals("swap"))
                    .map(m -> (Payload.Document) m.payload())
                    .findFirst()
                    .orElseThrow();
            assertEquals("1.1.0", swap.attributes().get("toVersion"));
            assertEquals(true, swap.attributes().get("handedOver"));
        }
    }

    @Test
    void whatArrivesWhileASwapIsUnderWayIsDeliveredOnce() {
        try (House h = running()) {
            List<CompletionStage<SwapReport>> swaps = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                swaps.add(h.slots.swap("total", h.providers.jar(sum("1." + i + ".0", next))));
                h.millis(200 + i * 80);
            }
            swaps.forEach(House::get);
            h.millis(4000);
            assertEquals(upTo(100), counts(h));
            assertEquals(100, h.bus.of(Kind.ACK, "stim").size());
        }
    }

    @Test
    void aSwapThatFailsLeavesTheOldOneAtWork() {
        try (House h = running()) {
            for (String at : List.of("prepare", "takeOver", "start")) {
                Script broken = new Script();
                broken.at.put(at, d -> {
                    throw new IllegalStateException("broken in " + at);
                });
                Path jar = h.providers.jar(sum("2.0.0", broken));
                HostException e = assertThrows(HostException.class, () -> get(h.slots.swap("total", jar)));
                assertTrue(e.getMessage().contains("broken in " + at), e.getMessage());
                assertTrue(e.getMessage().contains("the one at work goes on"), e.getMessage());
                h.time.settle();
                assertEquals(State.RUNNING, h.state("total"));
                assertEquals("1.0.0", h.slots.status().get("total").version());
                assertEquals("close", broken.log.get(broken.log.size() - 1));
            }
            assertEquals(List.of("discard 2.0.0", "discard 2.0.0", "discard 2.0.0"), h.providers.calls);
            h.millis(400);
            assertEquals(upTo(10), counts(h));
        }
    }

    @Test
    void aJarOfAnotherPluginOrWithOtherPortsIsRefused() {
        try (House h = running()) {
            HostException e = assertThrows(
                    HostException.class, () -> get(h.slots.swap("total", h.providers.jar(loop("1.1.0", next)))));
            assertTrue(e.getMessage().contains("provides [loop] but slot total holds 'sum'"), e.getMessage());
            Provider poorer = FakeProviders.provider(
                    "sum", PluginKind.PROCESSOR, "3.0.0", PluginPorts.NONE, false, c -> new Plugins.Sum(c, next));
            e = assertThrows(HostException.class, () -> get(h.slots.swap("total", h.providers.jar(poorer))));
            assertTrue(e.getMessage().contains("no input 'samples'"), e.getMessage());
            assertEquals(List.of(), next.log);
            assertEquals(State.RUNNING, h.state("total"));
        }
    }

    @Test
    void aSourceLeavesAMarkedGapAndGoesOnWhereItStopped() {
        try (House h = running()) {
            h.millis(215);
            SwapReport r = get(h.slots.swap("eeg", h.providers.jar(ticker("1.1.0", false, next))));
            assertEquals(15_000_000, r.gapNanos());
            assertTrue(r.handedOver());
            h.millis(335);
            Payload.Document gap = (Payload.Document)
                    h.bus.await(m -> m.topic().name().equals("gap")).payload();
            assertEquals(
                    Map.of(
                            "stream",
                            "raw",
                            "from",
                            200_000_000L,
                            "to",
                            215_000_000L,
                            "reason",
                            "the plug-in was swapped"),
                    gap.attributes());
            List<Payload> blocks = h.bus.of(Kind.SAMPLE, "eeg");
            assertEquals(8, blocks.size());
            assertEquals(50, ((Payload.Samples) blocks.get(5)).block().index());
            assertEquals(215_000_000, ((Payload.Samples) blocks.get(5)).block().startNanos());
            assertEquals(upTo(8), counts(h));
        }
    }

    @Test
    void oneDeviceIsLetGoOfBeforeTheSuccessorTakesItAndTakenBackWhenThatFails() {
        try (House h = running()) {
            Script broken = new Script();
            broken.at.put("prepare", d -> {
                assertTrue(eeg.log.contains("close"));
                throw new IllegalStateException("port is odd");
            });
            assertThrows(
                    HostException.class,
                    () -> get(h.slots.swap("eeg", h.providers.jar(ticker("1.1.0", true, broken)))));
            h.time.settle();
            assertEquals(State.RUNNING, h.state("eeg"));
            assertEquals("1.0.0", h.slots.status().get("eeg").version());
            h.millis(400);
            assertEquals(upTo(10), counts(h));
            get(h.slots.swap("eeg", h.providers.jar(ticker("1.2.0", true, next))));
            h.millis(600);
            assertEquals(upTo(15), counts(h));
        }
    }

    @Test
    void anInterventionThatTakesNothingOverIsPausedForAPersonToDecide() {
        try (House h = running()) {
            SwapReport r = get(h.slots.swap("loop", h.providers.jar(loop("1.1.0", next))));
            assertFalse(r.handedOver());
            assertEquals(State.PAUSED, h.state("loop"));
            h.millis(400);
            assertFalse(next.log.stream().anyMatch(l -> l.startsWith("feature")));
            get(h.slots.resume("loop"));
            h.millis(600);
            assertEquals(
                    5, next.log.stream().filter(l -> l.startsWith("feature")).count());
        }
    }

    @Test
    void anActuatorIsSafeAndStaysSoUntilItIsArmed() {
        try (House h = running()) {
            get(h.slots.swap("stim", h.providers.jar(stim("1.1.0", next))));
            assertTrue(stim.log.stream().anyMatch(l -> l.startsWith("safeState")));
            h.millis(400);
            assertFalse(next.log.stream().anyMatch(l -> l.startsWith("execute")));
            get(h.slots.arm("stim"));
            h.millis(600);
            assertEquals(
                    5, next.log.stream().filter(l -> l.startsWith("execute")).count());
        }
    }

    @Test
    void aFailedSlotCanBeFilledByASwap() {
        try (House h = running()) {
            sum.at.put("samples", d -> {
                throw new IllegalStateException("broken");
            });
            h.millis(240);
            assertEquals(State.FAILED, h.state("total"));
            SwapReport r = get(h.slots.swap("total", h.providers.jar(sum("1.1.0", next))));
            assertFalse(r.handedOver());
            assertEquals(State.RUNNING, h.state("total"));
            h.millis(440);
            assertEquals(
                    5, next.log.stream().filter(l -> l.startsWith("samples")).count());
        }
    }

    @Test
    void aHundredSwapsLeaveNoThread() {
        try (House h = running()) {
            for (int i = 1; i <= 100; i++) {
                get(h.slots.swap("total", h.providers.jar(sum("1." + i + ".0", new Script()))));
            }
            h.millis(400);
            assertEquals(upTo(10), counts(h));
            h.slots.close();
            assertEquals(List.of(), h.slots.leaks());
            assertEquals(
                    0,
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(t -> t.getName().equals("lane-total"))
                            .count());
        }
    }
}
