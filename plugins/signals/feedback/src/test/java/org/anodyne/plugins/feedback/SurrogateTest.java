package org.anodyne.plugins.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the sham looks like, against the live level of the same session and against theory, computed here by themselves. */
class SurrogateTest {
    private static final double STEP = 0.25;
    private static final int BASELINE = 8000;
    private static final int RUN = 60_000;

    /** Like band power: means over a sliding window, whose autocorrelation falls in a straight line. */
    private static double[] feature(long seed, int window) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] noise =
                random.doubles(BASELINE + RUN + window).map(u -> 40 * u * u).toArray();
        double[] feature = new double[BASELINE + RUN];
        for (int i = 0; i < feature.length; i++) {
            feature[i] = Arrays.stream(noise, i, i + window).average().orElseThrow();
        }
        return feature;
    }

    private static double[] levels(double[] feature, Map<String, Object> parameters) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("calibration", Map.of("phase", "baseline")));
        all.putAll(parameters);
        Bench bench = Bench.longRun(all);
        bench.phase("baseline", 0, 0, BASELINE * STEP);
        for (int i = 0; i < feature.length; i++) {
            if (i == BASELINE) {
                bench.phase("training", 1, BASELINE * STEP, 1e6);
            }
            bench.value((i + 1) * STEP, feature[i]);
        }
        return Arrays.copyOfRange(bench.levels(), BASELINE, feature.length);
    }

    @Test
    void hasMeanDeviationAndAutocorrelationTimeOfTheLiveLevel() throws Exception {
        for (int window : new int[] {1, 16}) {
            for (double smoothing : new double[] {0, 1, 4}) {
                double[] feature = feature(7, window);
                Map<String, Object> mode = Map.of("smoothing", smoothing);
                Statistics live = Statistics.of(levels(feature, mode));
                Statistics sham = Statistics.of(levels(feature, Bench.with(mode, Map.of("source", "sham"))));
                String what = "window " + window + ", smoothing " + smoothing + ": live " + live + ", sham " + sham;
                // The mean of a baseline of 2000 s is not better known.
                assertEquals(live.mean(), sham.mean(), 0.05, what);
                assertEquals(live.deviation(), sham.deviation(), 0.1 * live.deviation(), what);
                assertEquals(live.stepsToDecay(), sham.stepsToDecay(), 0.2 * live.stepsToDecay() + 0.2, what);
                assertEquals(live.lagOne(), sham.lagOne(), 0.06, what);
            }
        }
    }

    @Test
    void hasNothingToDoWithTheLiveLevel() throws Exception {
        double[] feature = feature(7, 16);
        double[] live = levels(feature, Map.of());
        double[] sham = levels(feature, Map.of("source", "sham"));
        for (int lag = 0; lag <= 80; lag += 4) {
            // The standard error is about 0.03: 60,000 values, 20 steps of which hang together.
            assertEquals(0, Statistics.correlation(live, sham, lag), 0.08, "live after sham by " + lag);
            assertEquals(0, Statistics.correlation(sham, live, lag), 0.08, "sham after live by " + lag);
        }
    }

    @Test
    void isTheSameWhateverThePersonDoesAfterTheBaseline() throws Exception {
        double[] one = feature(7, 16);
        double[] other = one.clone();
        for (int i = BASELINE; i < other.length; i++) {
            other[i] = 1000 - other[i];
        }
        double[] sham = levels(one, Map.of("source", "sham"));
        assertTrue(Arrays.equals(sham, levels(other, Map.of("source", "sham"))));
        assertNotEquals(0, Statistics.of(sham).deviation());
    }

    @Test
    void withoutBaselineItIsTheSmoothedNoiseOfTheory() throws Exception {
        Bench bench = Bench.longRun(Map.of(
                "low",
                0.0,
                "high",
                1.0,
                "source",
                "sham",
                "smoothing",
                2.0,
                "shamMean",
                0.4,
                "shamDeviation",
                0.1,
                "shamTime",
                0.0));
        for (int i = 0; i < 200_000; i++) {
            bench.value(i * STEP, 0);
        }
        Statistics sham = Statistics.of(bench.levels());
        assertEquals(0.4, sham.mean(), 0.005);
        assertEquals(0.1, sham.deviation(), 0.003);
        // Smoothed white noise is a first-order process whose time constant is that of the smoothing.
        assertEquals(Math.exp(-STEP / 2), sham.lagOne(), 0.01);
        assertEquals(2 / STEP, sham.stepsToDecay(), 0.4);
    }

    @Test
    void varianceAfterSmoothingIsThatOfTheFormula() {
        // By summing the response: x = sum phi^j e, y = w sum b^k x, so y = sum over n of w (sum of b^k phi^(n-k)) e.
        for (double[] c : new double[][] {{0, 0.3}, {0.9, 0.3}, {0.5, 1}, {0.95, 0.05}}) {
            double phi = c[0];
            double b = 1 - c[1];
            double variance = 0;
            for (int n = 0; n < 5000; n++) {
                double response = 0;
                for (int k = 0; k <= n; k++) {
                    response += Math.pow(b, k) * Math.pow(phi, n - k);
                }
                variance += c[1] * c[1] * response * response * (1 - phi * phi);
                if (response < 1e-12 && n > 10) {
                    break;
                }
            }
            assertEquals(variance, Surrogate.variance(phi, c[1]), 1e-6);
        }
    }

    @Test
    void normalNumbersAreNormal() {
        Noise noise = new Noise(5);
        double[] x = new double[200_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = noise.normal();
        }
        Statistics s = Statistics.of(x);
        assertEquals(0, s.mean(), 0.01);
        assertEquals(1, s.deviation(), 0.01);
        assertEquals(0, s.lagOne(), 0.01);
        assertEquals(0.0228, Arrays.stream(x).filter(v -> v > 2).count() / (double) x.length, 0.002);
        assertEquals(3, Arrays.stream(x).map(v -> v * v * v * v).average().orElseThrow(), 0.1);
    }
}
