package org.anodyne.plugin.host.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.host.FakeBus;
import org.anodyne.plugin.host.VirtualTime;
import org.anodyne.plugin.scene.Dial;
import org.anodyne.plugin.scene.Dialled;
import org.junit.jupiter.api.Test;

/** A trigger moves the dials of a world that it names, all of them or none. */
class DialPortTest {
    private static final long DECIDED = 1_500_000;

    private final Dial fog = new Dial("fog", "%", 20, 120, 20, 10);
    private final Dial rain = new Dial("rain", "1", 0, 1, 0.5, 0.1);
    private final VirtualTime time = new VirtualTime(new FakeBus().inFlight());

    private final class World implements PluginInstance, Dialled {
        @Override
        public List<Dial> dials() {
            return List.of(fog, rain);
        }

        @Override
        public void close() {}
    }

    private Acknowledgement turn(PluginInstance scene, String action, Map<String, Double> arguments) {
        time.to(2_000_000);
        return DialPort.turn(time, scene, new Command("c1", "garden", action, arguments, DECIDED, "high"));
    }

    private void refused(Acknowledgement answer, String words) {
        assertEquals(Outcome.REFUSED, answer.outcome());
        assertTrue(answer.reason().contains(words), answer.reason());
        assertEquals(20, fog.target());
        assertEquals(0.5, rain.target());
        assertEquals(Long.MIN_VALUE, fog.toldNanos());
    }

    @Test
    void dialsGoWhereTheyAreToldAndKnowTheTimeOfTheDecision() {
        Acknowledgement answer = turn(new World(), "dial", Map.of("fog", 45.0, "rain", 1.0));
        assertEquals(Outcome.EXECUTED, answer.outcome());
        assertEquals("c1", answer.commandId());
        assertEquals(2_000_000, answer.timeNanos());
        assertEquals(45, fog.target(), 1e-12);
        assertEquals(1, rain.target(), 1e-12);
        assertEquals(DECIDED, fog.toldNanos());
        assertEquals(Map.of("fog", fog.target(), "rain", rain.target()), answer.delivered());
        assertEquals(20, fog.value(), "it jumped");
    }

    @Test
    void beyondItsRangeADialGoesToItsEndAndTheAnswerSaysSo() {
        assertEquals(
                Map.of("fog", 120.0),
                turn(new World(), "dial", Map.of("fog", 900.0)).delivered());
    }

    @Test
    void anUnknownDialOrNoNumberMovesNone() {
        refused(turn(new World(), "dial", Map.of("fog", 45.0, "snow", 1.0)), "no dial 'snow'");
        refused(turn(new World(), "dial", Map.of("fog", 45.0, "rain", Double.NaN)), "'rain'");
    }

    @Test
    void aSceneWithoutDialsAndOtherActionsAreRefused() {
        refused(turn(() -> {}, "dial", Map.of("fog", 45.0)), "cannot do 'dial'");
        refused(turn(new World(), "burst", Map.of("fog", 45.0)), "cannot do 'burst'");
    }
}
