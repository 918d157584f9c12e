package org.anodyne.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.anodyne.plugin.safety.SafetyRule.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensRulesTest {
    private static final SafetyRule.State FRESH = new SafetyRule.State(0, Map.of(), Long.MIN_VALUE);

    private static Command burst(double milliampere, double micros, double hertz) {
        return new Command(
                "a",
                "tens",
                "burst",
                Map.of("amplitude", milliampere, "pulseWidth", micros, "frequency", hertz, "duration", 1.0),
                0,
                "t");
    }

    @ParameterizedTest
    @CsvSource({"100,300,true", "100,300.1,false", "60,500,true", "0,500,true", "120,251,false", "-1,100,false"})
    void chargeOfAPhaseIsAtMostThirtyMicrocoulomb(double milliampere, double micros, boolean allowed) {
        Verdict v = new TensCharge().judge(burst(milliampere, micros, 10), FRESH);
        assertEquals(allowed, v instanceof Verdict.Allowed, v.toString());
    }

    /** The reference's worked example is 50 mA, 200 us, 100 Hz biphasic = 10 mA rms; five times that is the limit. */
    @ParameterizedTest
    @CsvSource({"50,200,100,true", "250,200,100,true", "250.1,200,100,false", "10,600,1000,false"})
    void rmsOfTheCurrentIsAtMostFiftyMilliampere(double milliampere, double micros, double hertz, boolean allowed) {
        Verdict v = new TensRmsCurrent().judge(burst(milliampere, micros, hertz), FRESH);
        assertEquals(allowed, v instanceof Verdict.Allowed, v.toString());
    }

    @Test
    void theRefusalNamesValueLimitAndSource() {
        Verdict.Refused charge =
                assertInstanceOf(Verdict.Refused.class, new TensCharge().judge(burst(130, 500, 10), FRESH));
        assertEquals("130.0 mA for 500.0 us is 65.00 uC in each phase; the limit is 30.00 uC", charge.reason());
        assertTrue(charge.source().contains("default of this platform"));
        Verdict.Refused rms =
                assertInstanceOf(Verdict.Refused.class, new TensRmsCurrent().judge(burst(500, 200, 100), FRESH));
        assertTrue(rms.reason().contains("100.0 mA rms; the limit is 50.00 mA rms"), rms.reason());
        assertTrue(rms.source().contains("IEC 60601-2-10"));
    }

    @Test
    void whatCannotBeJudgedIsRefused() {
        Command bare = new Command("a", "tens", "burst", Map.of("amplitude", 10.0), 0, "t");
        assertInstanceOf(Verdict.Refused.class, new TensCharge().judge(bare, FRESH));
        assertInstanceOf(Verdict.Refused.class, new TensCharge().judge(burst(Double.NaN, 200, 10), FRESH));
        assertInstanceOf(Verdict.Refused.class, new TensRmsCurrent().judge(burst(10, 200, Double.NaN), FRESH));
    }

    @Test
    void aSinglePulseIsLimitedByItsCharge() {
        Command pulse = new Command("a", "tens", "pulse", Map.of("amplitude", 130.0, "pulseWidth", 500.0), 0, "t");
        assertInstanceOf(Verdict.Refused.class, new TensCharge().judge(pulse, FRESH));
        assertInstanceOf(Verdict.Allowed.class, new TensRmsCurrent().judge(pulse, FRESH));
        Command endless = new Command(
                "a", "tens", "burst", Map.of("amplitude", 1.0, "pulseWidth", 50.0, "duration", 1.0), 0, "t");
        assertInstanceOf(Verdict.Refused.class, new TensRmsCurrent().judge(endless, FRESH));
    }

    @Test
    void theyJudgeTensOnly() {
        for (SafetyRule rule : new SafetyRule[] {new TensCharge(), new TensRmsCurrent()}) {
            assertTrue(rule.appliesTo("tens-rehastim"));
            assertEquals(false, rule.appliesTo("sham"));
        }
    }

    private record Floors(String... floors) implements RefractoryConfiguration {
        @Override
        public Class<? extends Annotation> annotationType() {
            return RefractoryConfiguration.class;
        }
    }

    @Test
    void aCommandTooSoonAfterTheLastIsRefused() {
        RefractoryFloor floor = new RefractoryFloor(new Floors("tens-rehastim=500"));
        assertTrue(floor.appliesTo("tens-rehastim"));
        assertEquals(false, floor.appliesTo("sham"));
        assertInstanceOf(Verdict.Allowed.class, floor.judge(burst(1, 1, 1), FRESH));
        SafetyRule.State soon = new SafetyRule.State(1_499_000_000, Map.of(), 1_000_000_000);
        assertInstanceOf(Verdict.Refused.class, floor.judge(burst(1, 1, 1), soon));
        SafetyRule.State later = new SafetyRule.State(1_500_000_000, Map.of(), 1_000_000_000);
        assertInstanceOf(Verdict.Allowed.class, floor.judge(burst(1, 1, 1), later));
    }
}
