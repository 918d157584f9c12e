package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.junit.jupiter.api.Test;

/** Phases are entered in data time. */
class PhaseTest {
    private final Script eeg = new Script();
    private final Script sum = new Script();

    private House house() {
        House h = new House();
        h.providers
                .offer(FakeProviders.provider(
                        "ticker", PluginKind.SOURCE, "1.0.0", PluginPorts.NONE, false, c -> new Plugins.Ticker(c, eeg)))
                .offer(FakeProviders.provider(
                        "sum", PluginKind.PROCESSOR, "1.0.0", Plugins.SUM_PORTS, false, c -> new Plugins.Sum(c, sum)));
        return h;
    }

    private List<String> calls(Script script) {
        return script.log.stream()
                .filter(l -> !l.startsWith("samples") && !l.startsWith("prepare"))
                .toList();
    }

    @Test
    void aBlockThatIsCompleteAtThePhasesStartStillBelongsToThePhaseBefore() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"), House.taking("total", "sum", "eeg"));
            h.slots.announce("eeg", phase("a", 0, 0, 200, true), Duration.ZERO);
            h.slots.announce("total", phase("a", 0, 0, 200, true), House.LAG);
            h.slots.announce("eeg", phase("b", 1, 200, 400, true), Duration.ZERO);
            h.slots.announce("total", phase("b", 1, 200, 400, true), House.LAG);
            h.millis(239);
            // The blocks of 40 to 200 ms are there; that of 240 ms is the first of b.
            assertEquals(List.of("start", "enterPhase a after 0"), calls(sum));
            h.millis(240);
            assertEquals(
                    List.of("start", "enterPhase a after 0", "endPhase a after 5", "enterPhase b after 5"), calls(sum));
        }
    }

    @Test
    void withoutInputsTheLagEntersAndEndsAPhase() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"), House.taking("total", "sum", "eeg"));
            h.slots.announce("total", phase("a", 0, 100, 300, true), House.LAG);
            h.millis(349);
            assertEquals(List.of("start"), calls(sum));
            h.millis(350);
            assertEquals(List.of("start", "enterPhase a after 0"), calls(sum));
            h.millis(549);
            assertEquals(2, calls(sum).size());
            h.millis(550);
            assertEquals(List.of("start", "enterPhase a after 0", "endPhase a after 0"), calls(sum));
        }
    }

    @Test
    void aSlotIsPausedInPhasesThatDoNotRunItAndMissesNothingOfThoseThatDo() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"), House.taking("total", "sum", "eeg"));
            h.slots.announce("eeg", phase("a", 0, 0, -1, true), Duration.ZERO);
            h.slots.announce("total", phase("a", 0, 0, 200, true), House.LAG);
            h.slots.announce("total", phase("b", 1, 200, 400, false), House.LAG);
            h.slots.announce("total", phase("c", 2, 400, 600, true), House.LAG);
            h.millis(300);
            assertEquals(State.PAUSED, h.state("total"));
            h.millis(1000);
            assertEquals(
                    List.of(
                            "start",
                            "enterPhase a after 0",
                            "endPhase a after 5",
                            "pause",
                            "enterPhase b after 5",
                            "enterPhase c after 5",
                            "resume",
                            "endPhase c after 10"),
                    calls(sum));
            assertEquals(State.RUNNING, h.state("total"));
        }
    }

    @Test
    void aSourceDeliversInPhasesThatRunItOnly() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"));
            h.slots.announce("eeg", phase("a", 0, 0, 100, true), Duration.ZERO);
            h.slots.announce("eeg", phase("b", 1, 100, 200, false), Duration.ZERO);
            h.slots.announce("eeg", phase("c", 2, 200, 300, true), Duration.ZERO);
            h.millis(300);
            List<Payload> blocks = h.bus.of(Kind.SAMPLE, "eeg");
            List<Long> starts = blocks.stream()
                    .map(p -> ((Payload.Samples) p).block().startNanos() / 1_000_000)
                    .toList();
            assertEquals(List.of(0L, 40L, 200L, 240L), starts);
        }
    }

    @Test
    void aSourceKnowsThePhaseThatLeavesItOutBeforeItIsPaused() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"));
            h.slots.announce("eeg", phase("a", 0, 0, -1, true), Duration.ZERO);
            h.slots.announce("eeg", phase("b", 1, 100, 200, false), Duration.ZERO);
            h.slots.announce("eeg", phase("c", 2, 200, 300, true), Duration.ZERO);
            h.millis(300);
            assertEquals(List.of("enterPhase a", "enterPhase b", "pause", "enterPhase c", "resume"), calls(eeg));
        }
    }

    @Test
    void parametersOfAPhaseAreGivenAndTakenBack() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"), House.taking("total", "sum", "eeg"));
            h.slots.announce("total", phase("a", 0, 0, 100, true), House.LAG);
            h.slots.announce("total", phase("b", 1, 100, 200, true, "gain", 2.0), House.LAG);
            h.slots.announce("total", phase("c", 2, 200, 300, true), House.LAG);
            h.millis(1000);
            assertEquals(
                    List.of("change {gain=2.0}", "change {gain=1.0}"),
                    sum.log.stream().filter(l -> l.startsWith("change")).toList());
            get(h.slots.change("total", new Parameters(Map.of("gain", 3.0))));
            assertEquals("change {gain=3.0}", sum.log.get(sum.log.size() - 1));
        }
    }

    @Test
    void aPauseByRequestHoldsThroughPhases() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"), House.taking("total", "sum", "eeg"));
            h.slots.announce("eeg", phase("a", 0, 0, -1, true), Duration.ZERO);
            h.slots.announce("total", phase("a", 0, 0, 100, true), House.LAG);
            h.millis(90);
            assertEquals(State.PAUSED, get(h.slots.pause("total")).state());
            h.slots.announce("total", phase("b", 1, 100, 200, true), House.LAG);
            h.millis(180);
            assertEquals(State.PAUSED, h.state("total"));
            assertEquals(2, h.bus.of(Kind.FEATURE, "total").size());
            assertEquals(State.RUNNING, get(h.slots.resume("total")).state());
            h.millis(240);
            assertEquals(4, h.bus.of(Kind.FEATURE, "total").size());
        }
    }

    @Test
    void statesArePublishedRetained() {
        try (House h = house()) {
            h.ready(House.source("eeg", "ticker"));
            Payload.Document state = (Payload.Document) h.bus.retained("anodyne/1/lab/s1/state/eeg");
            assertEquals("RUNNING", state.attributes().get("state"));
            assertEquals("ticker", state.attributes().get("plugin"));
            assertEquals("1.0.0", state.attributes().get("version"));
            List<String> moves = h.bus.of(Kind.STATE, "eeg").stream()
                    .map(p -> (String) ((Payload.Document) p).attributes().get("state"))
                    .toList();
            assertEquals(List.of("CREATED", "PREPARED", "RUNNING"), moves);
            assertTrue(Moves.legal(State.RUNNING, State.PAUSED));
        }
    }
}
