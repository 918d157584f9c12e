package org.anodyne.plugins.thermodetcs2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands as they are written, limits, and what temperatures say. */
class PartsTest {
    private static final Limits LIMITS = new Limits(32, 50, 30, 100);

    @Test
    void writesASettingLiterally() {
        assertEquals("S11111C0450V00500R01000D002000", new Heat("c", 45.06, 2.0004, 50.06, 0).settings());
        assertEquals(
                "S11111" + "C0460" + "V01000" + "R01000" + "D002000",
                new Heat("c", 46, 2, 100, 0).settings(),
                "example");
        assertEquals("S00100C0480V00010R01000D010000", new Heat("c", 48, 10, 1, 3).settings());
    }

    @Test
    void readsTemperaturesByLength() {
        assertEquals(23, Reply.TEMPERATURES.length());
        assertArrayEquals(
                new double[] {30.1, 30.2, 30.3, 30.4, 45.0},
                Reply.temperatures("300+301+302+303+304+450").orElseThrow());
        assertTrue(Reply.temperatures("300+301+302+303+304+950").isEmpty());
        assertTrue(Reply.TEMPERATURES.fits(3, (byte) '+'));
        assertFalse(Reply.TEMPERATURES.fits(4, (byte) '+'));
    }

    static Stream<Map<String, Double>> refused() {
        return Stream.of(
                Map.of("temperature", 50.1),
                Map.of("temperature", 33.0),
                Map.of("temperature", Double.NaN),
                Map.of("temperature", 48.0, "duration", 10.1),
                Map.of("duration", 31.0),
                Map.of("rise", 101.0),
                Map.of("area", 1.5),
                Map.of("area", 6.0),
                Map.of("other", 1.0));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Map<String, Double> arguments) {
        assertTrue(LIMITS.refusal(Site.command("c", Map.of())).isEmpty());
        assertTrue(LIMITS.refusal(Site.command("c", arguments)).isPresent(), arguments.toString());
    }

    @Test
    void longHoldsAreAllowedBelow48AndTenSecondsFromThereOn() {
        assertTrue(LIMITS.refusal(Site.heat("c", 47.9, 30)).isEmpty());
        assertTrue(LIMITS.refusal(Site.heat("c", 48, 10)).isEmpty());
    }

    @Test
    void temperaturesTellWhatTheDeviceDoesNot() {
        Heat heat = new Heat("c", 48, 10, 10, 0);
        Watch watch = new Watch(heat, 32);
        assertEquals(Watch.Verdict.WAITING, watch.judge(all(32), 0));
        assertEquals(Watch.Verdict.BEGUN, watch.judge(all(33), 0.1));
        assertEquals(Watch.Verdict.GOOD, watch.judge(all(48.5), 2));
        assertEquals(Watch.Verdict.TOO_HOT, watch.judge(all(48.9), 2.1));
        assertEquals(Watch.Verdict.OVER, watch.judge(all(32.5), 11));
        Watch hot = new Watch(heat, 32);
        hot.judge(all(32), 0);
        assertEquals(Watch.Verdict.BEGUN, hot.judge(all(48), 2));
        assertEquals(Watch.Verdict.TOO_LONG, hot.judge(all(48), 11.6));
        Watch cold = new Watch(heat, 32);
        assertEquals(Watch.Verdict.WAITING, cold.judge(all(32), 1));
        assertEquals(Watch.Verdict.COLD, cold.judge(all(32), 1.1));
    }

    private static double[] all(double celsius) {
        return new double[] {32, 32, celsius, 32, 32};
    }
}
