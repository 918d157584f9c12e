package org.anodyne.plugins.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.PluginException;
import org.junit.jupiter.api.Test;

/** The live level. */
class MappingTest {
    private static final Map<String, Object> CALIBRATED =
            Map.of("calibration", Map.of("phase", "baseline"), "smoothing", 0.0);

    @Test
    void lowAndHighAreNoughtAndOneAndBeyondIsCutOff() throws Exception {
        Bench bench = Bench.of(Bench.FIXED);
        double[] values = {10, 12.5, 20, 9, 25};
        for (int i = 0; i < values.length; i++) {
            bench.value(i, values[i]);
        }
        assertEquals(List.of(0.0, 0.25, 1.0, 0.0, 1.0), boxed(bench.levels()));
    }

    @Test
    void highBelowLowRewardsLess() throws Exception {
        Bench bench = Bench.of(Map.of("low", 20.0, "high", 10.0, "smoothing", 0.0));
        double[] values = {10, 12.5, 20, 9, 25};
        for (int i = 0; i < values.length; i++) {
            bench.value(i, values[i]);
        }
        assertEquals(List.of(1.0, 0.75, 0.0, 1.0, 0.0), boxed(bench.levels()));
    }

    @Test
    void smoothingIsExponentialWhateverTheStep() throws Exception {
        Bench bench = Bench.of(Map.of("low", 0.0, "high", 1.0, "smoothing", 2.0));
        bench.value(0, 0);
        assertEquals(0, bench.last());
        bench.value(1, 1);
        assertEquals(1 - Math.exp(-0.5), bench.last(), 1e-12);
        bench.value(1.5, 1);
        bench.value(4, 1);
        assertEquals(1 - Math.exp(-2), bench.last(), 1e-12);
    }

    @Test
    void withoutAValueTheLevelStays() throws Exception {
        Bench bench = Bench.of(Bench.FIXED);
        bench.value(0, Double.NaN);
        assertTrue(Double.isNaN(bench.last()), "nothing is known yet");
        bench.value(1, 15);
        bench.value(2, Double.NaN);
        bench.value(3, Double.POSITIVE_INFINITY);
        assertEquals(List.of(Double.NaN, 0.5, 0.5, 0.5), boxed(bench.levels()));
    }

    @Test
    void theBaselineOfThePersonMakesTheMapping() throws Exception {
        Bench bench = Bench.of(Bench.with(CALIBRATED, Map.of("spread", 1.5)));
        bench.phase("rest", 0, 0, 10);
        bench.value(5, 100);
        bench.phase("baseline", 1, 10, 20);
        bench.value(11, 2);
        bench.value(15, 4);
        bench.value(16, Double.NaN);
        bench.value(20, 6);
        assertTrue(Double.isNaN(bench.last()), "no level before the baseline is over");
        bench.phase("training", 2, 20, 30);
        double[] values = {4, 7, 1, 5.5, 8};
        for (int i = 0; i < values.length; i++) {
            bench.value(21 + i, values[i]);
        }
        // Mean 4, standard deviation 2: from 1 to 7.
        double[] levels = bench.levels();
        assertEquals(List.of(0.5, 1.0, 0.0, 0.75, 1.0), boxed(levels).subList(5, 10));
        var events = bench.context.published().events("calibrated");
        assertEquals(1, events.size());
        Map<String, Object> told = events.get(0).attributes();
        assertEquals(3L, told.get("count"));
        assertEquals(
                List.of(4.0, 2.0, 1.0, 7.0),
                List.of(told.get("mean"), told.get("standardDeviation"), told.get("low"), told.get("high")));
    }

    @Test
    void directionDownTurnsTheCalibratedMappingRound() throws Exception {
        Bench bench = Bench.of(Bench.with(CALIBRATED, Map.of("direction", "down")));
        bench.phase("baseline", 0, 0, 10);
        bench.value(1, 2);
        bench.value(5, 4);
        bench.value(10, 6);
        bench.phase("training", 1, 10, 30);
        bench.value(11, 8);
        assertEquals(0, bench.last());
        bench.value(12, 2);
        assertEquals(0.75, bench.last());
    }

    @Test
    void theMappingIsThatOfWhatIsShownSoItUsesTheWholeRangeWithSmoothing() throws Exception {
        Bench bench = Bench.of(Map.of("calibration", Map.of("phase", "baseline"), "smoothing", 5.0));
        SplittableRandom random = new SplittableRandom(1);
        bench.phase("baseline", 0, 0, 1000);
        for (int i = 1; i <= 4000; i++) {
            bench.value(i * 0.25, random.nextGaussian(10, 2));
        }
        bench.phase("training", 1, 1000, 3000);
        for (int i = 4001; i <= 12000; i++) {
            bench.value(i * 0.25, random.nextGaussian(10, 2));
        }
        Statistics level = Statistics.of(java.util.Arrays.copyOfRange(bench.levels(), 4000, 12000));
        assertEquals(0.5, level.mean(), 0.05);
        assertEquals(0.25, level.deviation(), 0.04);
    }

    @Test
    void aBaselineWithoutVariationFailsAndGivesNoLevelInAnyMode() throws Exception {
        for (Map<String, Object> mode : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("source", "sham"),
                Map.<String, Object>of("source", "series", "series", List.of(0.1, 0.2)))) {
            Bench bench = Bench.of(Bench.with(CALIBRATED, mode));
            bench.phase("baseline", 0, 0, 10);
            bench.value(1, 4);
            bench.value(2, 4);
            bench.phase("training", 1, 10, 30);
            bench.value(11, 5);
            assertTrue(Double.isNaN(bench.last()), mode.toString());
            assertEquals(
                    1, bench.context.published().events("calibration-failed").size());
        }
    }

    @Test
    void whenThePhaseComesAgainCalibrationBeginsAnew() throws Exception {
        Bench bench = Bench.of(CALIBRATED);
        bench.phase("baseline", 0, 0, 10);
        bench.value(1, 2);
        bench.value(2, 4);
        bench.phase("training", 1, 10, 20);
        bench.value(11, 3);
        assertEquals(0.5, bench.last(), 1e-12);
        bench.phase("baseline", 2, 20, 30);
        bench.value(21, 12);
        assertTrue(Double.isNaN(bench.last()));
        bench.value(22, 14);
        bench.phase("training", 3, 30, 40);
        bench.value(31, 13);
        assertEquals(0.5, bench.last(), 1e-12);
        assertEquals(2, bench.context.published().events("calibrated").size());
    }

    @Test
    void parametersThatDoNotFitTogetherAreRefusedWithWhatToDo() {
        Map<Map<String, Object>, String> refused = Map.of(
                Map.of(), "needs a mapping",
                Map.of("low", 1.0), "go together",
                Map.of("low", 1.0, "high", 1.0), "both 1.0",
                Map.of("low", 1.0, "high", 2.0, "calibration", Map.of("phase", "baseline")), "either",
                Map.of("low", 1.0, "high", 2.0, "direction", "down"), "put 'high' below 'low'",
                Map.of("low", 1.0, "high", 2.0, "source", "series"), "no 'series'",
                Map.of("low", 1.0, "high", 2.0, "allocation", "AAAA-AAAA-AAAA-AAAA-AAAA"), "both arms");
        refused.forEach((parameters, why) -> {
            String message = assertThrows(PluginException.class, () -> Bench.of(parameters))
                    .getMessage();
            assertTrue(message.contains(why), message);
        });
    }

    private static List<Double> boxed(double[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }
}
