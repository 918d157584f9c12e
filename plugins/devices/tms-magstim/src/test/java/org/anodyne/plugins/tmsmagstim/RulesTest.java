package org.anodyne.plugins.tmsmagstim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final long SECOND = 1_000_000_000L;

    private static Limits limits(Map<String, Object> parameters) {
        return Limits.of(new Parameters(Schema.of(MagstimFactory.class).defaultsWith(parameters)));
    }

    private static Target train(int power, double hertz, int pulses) {
        return new Target(power, 0, 0, Optional.of(Target.Train.of(hertz, pulses)));
    }

    private static Target pulse(int power) {
        return new Target(power, 0, 0, Optional.empty());
    }

    private static Command command(String action, Map<String, Double> arguments) {
        return new Command("c-1", "slot", action, arguments, 0, "test");
    }

    @ParameterizedTest
    @CsvSource({"30, 22.7", "50, 63.0", "64, 103.2", "73, 134.2", "80, 161.2", "100, 252.0"})
    void energyOfAPulse(int power, double joules) {
        assertEquals(joules, Energy.ofPulse(power), 0.15);
    }

    @Test
    void waitAfterATrain() {
        assertEquals(21.95, Energy.waitAfter(73, 25, 250), 0.05);
        assertEquals(0.5, Energy.waitAfter(30, 10, 10));
        assertTrue(Energy.onTimePerMinute(50, 10) > 60, "630 W may go on");
        assertEquals(25, Energy.onTimePerMinute(100, 10), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "rapid, 240, 30, 50",
        "rapid, 240, 31, 37",
        "rapid, 240, 100, 15",
        "rapid, 240, 101, 0",
        "rapid, 115, 65, 16",
        "super-rapid, 240, 30, 100",
        "super-rapid, 115, 37, 60",
        "super-rapid, 115, 38, 55",
        "super-rapid-plus1, 240, 48, 100",
        "super-rapid-plus1, 240, 49, 97",
        "super-rapid-plus1, 240, 91, 41",
        "super-rapid-plus1, 115, 49, 60",
        "super-rapid-plus1, 115, 50, 58",
        "magstim-200, 240, 30, 0",
    })
    void highestFrequency(String model, int mains, int power, int hertz) {
        assertEquals(hertz, Model.of(model).highestFrequency(power, mains));
    }

    @Test
    void powerSettlesSlowlyDownwards() {
        assertEquals(SECOND / 5, Target.settleNanos(30, 50));
        assertEquals(2 * SECOND, Target.settleNanos(50, 30));
        assertEquals(0, Target.settleNanos(50, 50));
    }

    @ParameterizedTest
    @CsvSource({
        "magstim-200, 49, 2",
        "magstim-200, 50, 3",
        "magstim-200, 80, 4",
        "bistim, 10, 4",
        "rapid, 100, 1",
        "rapid, 101, 2"
    })
    void pulsesKeepTheirDistance(String model, int power, int seconds) {
        Refractory refractory = new Refractory(limits(Map.of("model", model)));
        assertEquals(Optional.empty(), refractory.refusal(pulse(power), 0));
        refractory.count(pulse(power), 0, 0);
        assertTrue(refractory.refusal(pulse(power), seconds * SECOND - 1).isPresent());
        assertEquals(Optional.empty(), refractory.refusal(pulse(power), seconds * SECOND));
    }

    @Test
    void trainsThatTheModelCannotGiveAreRefused() {
        Refractory refractory = new Refractory(limits(Map.of("model", "rapid")));
        assertTrue(refractory.refusal(train(100, 15.1, 10), 0).orElseThrow().contains("15 Hz"));
        assertEquals(Optional.empty(), refractory.refusal(train(100, 15, 10), 0));
        assertTrue(refractory.refusal(train(100, 10, 260), 0).orElseThrow().contains("25.0 s in a minute"));
    }

    @Test
    void trainsWaitForTheirWaitAndForTheMinute() {
        Refractory refractory = new Refractory(limits(Map.of("model", "super-rapid")));
        Target train = train(100, 20, 120);
        refractory.count(train, 0, 0);
        long end = 6 * SECOND;
        long wait = (long) (Energy.waitAfter(100, 20, 120) * SECOND);
        assertTrue(refractory.refusal(train, end + wait - SECOND / 10).isPresent());
        assertEquals(Optional.empty(), refractory.refusal(train, end + wait + 1));
        refractory.count(train, 0, end + wait + 1);
        // 60 kJ of 63 are given: a third train has to wait for a minute after the end of the first.
        assertTrue(refractory.refusal(train, 60 * SECOND).orElseThrow().contains("kJ"));
        assertEquals(Optional.empty(), refractory.refusal(train, end + 61 * SECOND));
    }

    @Test
    void deviceWaitCountsWhereItIsLonger() {
        Refractory refractory = new Refractory(limits(Map.of("model", "rapid")));
        refractory.count(train(30, 10, 10), 5, 0);
        assertTrue(refractory.refusal(train(30, 10, 10), 5 * SECOND).isPresent());
        assertEquals(Optional.empty(), refractory.refusal(train(30, 10, 10), 6 * SECOND));
    }

    @Test
    void argumentsAreChecked() {
        Limits rapid = limits(Map.of("model", "rapid"));
        assertEquals(Optional.empty(), rapid.refusal(command("pulse", Map.of("intensity", 60.0))));
        assertTrue(rapid.refusal(command("pulse", Map.of("intensity", 60.5))).isPresent());
        assertTrue(
                rapid.refusal(command("pulse", Map.of("intensity", Double.NaN))).isPresent());
        assertTrue(rapid.refusal(command("pulse", Map.of())).orElseThrow().contains("lacks"));
        assertTrue(rapid.refusal(command("pulse", Map.of("intensity", 50.0, "pulses", 2.0)))
                .orElseThrow()
                .contains("takes no"));
        Map<String, Double> train = new HashMap<>(Map.of("intensity", 50.0, "frequency", 10.0, "pulses", 50.0));
        assertEquals(Optional.empty(), rapid.refusal(command("train", train)));
        train.put("pulses", 51.0);
        assertTrue(rapid.refusal(command("train", train)).isPresent());
        train.remove("pulses");
        train.put("duration", 5.0);
        assertEquals(Optional.empty(), rapid.refusal(command("train", train)));
        assertEquals(50, Target.of(command("train", train), false).pulses());
        train.put("duration", 5.1);
        assertTrue(rapid.refusal(command("train", train)).isPresent());
        train.put("pulses", 10.0);
        assertTrue(rapid.refusal(command("train", train)).isPresent(), "both");
        assertTrue(limits(Map.of()).refusal(command("train", train)).isPresent(), "a 200 gives no trains");
    }

    @Test
    void onlyARapidGivesMoreThanFullPower() {
        assertEquals(
                100, limits(Map.of("model", "rapid", "maximumIntensity", 110.0)).maximumIntensity());
        Map<String, Object> enhanced = Map.of("model", "rapid", "maximumIntensity", 110.0, "enhancedPower", true);
        assertEquals(110, limits(enhanced).maximumIntensity());
        assertFalse(limits(Map.of("enhancedPower", true)).enhancedPower());
    }

    @Test
    void everythingIsRoundedDown() {
        assertEquals(
                49,
                Target.of(command("pulse", Map.of("intensity", 49.9)), false).power());
        assertEquals(new Target.Train(99, 7, 8), Target.Train.of(9.99, 7));
    }
}
