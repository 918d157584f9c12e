package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of the device, and what of it is let through. */
class CourseTest {
    private static final long SECOND = 1_000_000_000;

    private static Course course(boolean sham, double hertz) {
        return new Course("c", 2.00049, 1200.04, 30, hertz, 25, sham, false);
    }

    @Test
    void roundsTowardsLess() {
        assertEquals("2.000,30.0,1200.0,DC,10.00,0,25.0", course(false, 0).readBack());
        assertEquals("CONF:CURR 2.000", course(false, 0).settings()[2]);
        assertEquals(0.3, new Course("c", 1, 10, 0.21, 0, 25, false, false).ramp(), 1e-9);
    }

    @Test
    void chargeIsTheAreaUnderTheCurrent() {
        Course course = course(false, 0);
        double sum = 0;
        for (int i = 0; i < 12_000; i++) {
            sum += course.nominal(i * 0.1 + 0.05) * 0.1;
            assertEquals(sum, course.nominalCharge(i * 0.1 + 0.1), 0.01);
        }
        assertEquals(2 * 1170, course.nominalCharge(5000), 1e-9);
        assertEquals(2 * 1170 * 2 / Math.PI, course(false, 10).nominalCharge(1200), 1e-9);
    }

    @Test
    void shamMayGiveNoMoreThanItsTwoRamps() {
        Course sham = course(true, 0);
        assertEquals(2, sham.target(30), 1e-9);
        assertEquals(1, sham.target(45), 1e-9);
        assertEquals(0, sham.target(600), 1e-9);
        assertTrue(sham.tolerated(600) < 0.25);
        assertTrue(course(false, 0).tolerated(600) < 2.25);
    }

    static Stream<Map<String, Double>> refused() {
        return Stream.of(
                Map.of("current", 2.1),
                Map.of("current", 0.0),
                Map.of("current", Double.NaN),
                Map.of("duration", 1801.0),
                Map.of("ramp", 0.5),
                Map.of("duration", 3.0, "ramp", 2.0),
                Map.of("current", 2.0, "area", 24.0),
                Map.of("frequency", 0.05),
                Map.of("frequency", 201.0),
                Map.of("sham", 0.5),
                Map.of("other", 1.0));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Map<String, Double> arguments) {
        Limits limits = new Limits(2, 1800, 0.08, 1, false);
        assertTrue(limits.refusal(Site.command("c", Map.of())).isEmpty());
        assertTrue(limits.refusal(Site.command("c", arguments)).isPresent());
    }

    @Test
    void refusesFourMilliampsForFortyMinutesByItsCharge() {
        Limits limits = new Limits(4, 2400, 0.16, 1, false);
        String reason = limits.refusal(
                        Site.command("c", Map.of("current", 4.0, "duration", 2400.0, "ramp", 30.0, "area", 35.0)))
                .orElseThrow();
        assertTrue(reason.contains("7.2 C"), reason);
        assertTrue(limits.refusal(
                        Site.command("c", Map.of("current", 4.0, "duration", 1800.0, "ramp", 30.0, "area", 35.0)))
                .isEmpty());
    }

    @Test
    void aCommandCannotOverruleTheAllocation() {
        Limits blinded = new Limits(2, 1800, 0.08, 1, true);
        assertTrue(blinded.refusal(Site.command("c", Map.of("sham", 1.0))).isPresent());
        assertTrue(blinded.refusal(Site.command("c", Map.of("sham", 0.0))).isEmpty());
    }

    @Test
    void impedanceWarnsOnceAndEndsWhenHighForLongOrChangingFast() {
        ImpedanceWatch watch = new ImpedanceWatch();
        assertEquals(ImpedanceWatch.Verdict.GOOD, watch.judge(9.9, 0));
        assertEquals(ImpedanceWatch.Verdict.WARN, watch.judge(10, SECOND));
        assertEquals(ImpedanceWatch.Verdict.GOOD, watch.judge(14, 2 * SECOND));
        assertEquals(ImpedanceWatch.Verdict.GOOD, watch.judge(16, 8 * SECOND));
        assertEquals(ImpedanceWatch.Verdict.GOOD, watch.judge(20.1, 9 * SECOND));
        assertEquals(ImpedanceWatch.Verdict.GOOD, watch.judge(20.1, 11 * SECOND));
        assertEquals(ImpedanceWatch.Verdict.END, watch.judge(20.1, 11 * SECOND + 1));
        ImpedanceWatch falling = new ImpedanceWatch();
        assertEquals(ImpedanceWatch.Verdict.GOOD, falling.judge(8, 0));
        assertEquals(ImpedanceWatch.Verdict.GOOD, falling.judge(4, 4 * SECOND));
        assertEquals(ImpedanceWatch.Verdict.END, falling.judge(3.9, 5 * SECOND));
    }
}
