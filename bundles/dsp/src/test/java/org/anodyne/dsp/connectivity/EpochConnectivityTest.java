package org.anodyne.dsp.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.anodyne.dsp.Oracle;
import org.anodyne.dsp.Signals;
import org.anodyne.dsp.Window;
import org.junit.jupiter.api.Test;

/** Coherence against scipy, the phase lag index against its definition, and what both must give by their meaning. */
class EpochConnectivityTest {
    private static final double[][] BANDS = {{4, 7}, {8, 13}, {15, 30}, {30, 45}};
    private static final double RATE = 125;

    @Test
    void madeSignals() {
        int n = 6000;
        double[] x = Signals.noise(n, 21);
        double[] y = Signals.noise(n, 22);
        for (int i = 0; i < n; i++) {
            double turn = 2 * Math.PI * 10 * (i / RATE);
            x[i] += StrictMath.sin(turn);
            y[i] += StrictMath.sin(turn - 0.7) + 0.3 * x[i];
        }
        check("made", x, y);
    }

    @Test
    void recordings() throws IOException {
        double[] closed = Signals.recording("eeg_ec.txt");
        double[] open = Signals.recording("eeg_eo.txt");
        int n = 25000;
        double[] x = Arrays.copyOfRange(closed, 3, n + 3);
        double[] y = Arrays.copyOfRange(open, 3, n + 3);
        for (int i = 0; i < n; i++) {
            y[i] += 0.5 * closed[i];
        }
        check("recording", x, y);
    }

    private static void check(String name, double[] x, double[] y) {
        for (int[] cut : new int[][] {{250, 125}, {201, 0}}) {
            EpochConnectivity connectivity = EpochConnectivity.ofTwo(RATE, cut[0], Window.HANN);
            epochs(connectivity, cut[0], cut[0] - cut[1], x, y);
            double[] coherence = new double[BANDS.length];
            double[] wpli = new double[BANDS.length];
            for (int b = 0; b < BANDS.length; b++) {
                coherence[b] = connectivity.coherence(BANDS[b][0], BANDS[b][1]).orElseThrow();
                wpli[b] = connectivity
                        .debiasedWpliSquared(BANDS[b][0], BANDS[b][1])
                        .orElseThrow();
            }
            Oracle.check("coherence_" + name + "_" + cut[0], 1e-12, coherence);
            Oracle.check("wpli_" + name + "_" + cut[0], 1e-10, wpli);
        }
    }

    private static void epochs(EpochConnectivity connectivity, int length, int step, double[]... channels) {
        for (int at = 0; at + length <= channels[0].length; at += step) {
            int from = at;
            connectivity.add(Arrays.stream(channels)
                    .map(c -> Arrays.copyOfRange(c, from, from + length))
                    .toArray(double[][]::new));
        }
    }

    @Test
    void theSameSignalTwiceIsCoherentButHasNoLag() {
        double[] x = Signals.noise(5000, 5);
        EpochConnectivity connectivity = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        epochs(connectivity, 250, 250, x, x);
        assertEquals(1, connectivity.coherence(8, 13).orElseThrow(), 1e-12);
        assertEquals(0, connectivity.debiasedWpliSquared(8, 13).orElseThrow());
    }

    @Test
    void aConstantLagGivesOneAndUnrelatedNoiseNearlyNothing() {
        double[] x = Signals.noise(50003, 5);
        double[] later = Arrays.copyOfRange(x, 0, 50000);
        double[] now = Arrays.copyOfRange(x, 3, 50003);
        EpochConnectivity lagged = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        epochs(lagged, 250, 250, now, later);
        // 3 samples are 0.24 of a turn at 10 Hz; the ends of an epoch do not match, so 1 is not quite reached.
        assertTrue(lagged.debiasedWpliSquared(8, 13).orElseThrow() > 0.99);
        EpochConnectivity unrelated = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        epochs(unrelated, 250, 250, now, Signals.noise(50000, 77));
        assertEquals(0, unrelated.debiasedWpliSquared(8, 13).orElseThrow(), 0.02);
        // The bias of coherence without any is 1 / epochs.
        assertEquals(1 / 200.0, unrelated.coherence(1, 60).orElseThrow(), 2e-3);
    }

    @Test
    void setsAreTheMeanOverPairsOfDifferentChannels() {
        double[][] x = new double[4][];
        for (int c = 0; c < 4; c++) {
            x[c] = Signals.noise(5000, 40 + c);
        }
        EpochConnectivity sets = new EpochConnectivity(RATE, 250, 4, Window.HANN, new int[] {0, 1}, new int[] {1, 3});
        epochs(sets, 250, 250, x);
        double sum = 0;
        double wpli = 0;
        for (int[] pair : new int[][] {{0, 1}, {0, 3}, {1, 3}}) {
            EpochConnectivity one = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
            epochs(one, 250, 250, x[pair[0]], x[pair[1]]);
            sum += one.coherence(8, 13).orElseThrow();
            wpli += one.debiasedWpliSquared(8, 13).orElseThrow();
        }
        assertEquals(sum / 3, sets.coherence(8, 13).orElseThrow(), 1e-14);
        assertEquals(wpli / 3, sets.debiasedWpliSquared(8, 13).orElseThrow(), 1e-14);
    }

    @Test
    void anEpochWithAGapIsLeftOut() {
        double[] x = Signals.noise(1000, 5);
        double[] y = Signals.noise(1000, 6);
        EpochConnectivity clean = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        EpochConnectivity gap = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        epochs(clean, 250, 250, x, y);
        epochs(gap, 250, 250, x, y);
        double[] broken = Arrays.copyOf(y, 250);
        broken[100] = Double.NaN;
        assertFalse(gap.add(Arrays.copyOf(x, 250), broken));
        assertEquals(1, gap.skipped());
        assertEquals(4, gap.epochs());
        assertEquals(clean.coherence(8, 13), gap.coherence(8, 13));
        assertEquals(clean.debiasedWpliSquared(8, 13), gap.debiasedWpliSquared(8, 13));
    }

    @Test
    void oneEpochSaysNothingAndWhatDoesNotFitIsRefused() {
        EpochConnectivity connectivity = EpochConnectivity.ofTwo(RATE, 250, Window.HANN);
        connectivity.add(Signals.noise(250, 1), Signals.noise(250, 2));
        assertEquals(OptionalDouble.empty(), connectivity.coherence(8, 13));
        assertEquals(OptionalDouble.empty(), connectivity.debiasedWpliSquared(8, 13));
        assertThrows(IllegalArgumentException.class, () -> connectivity.coherence(8.1, 8.2));
        assertThrows(IllegalArgumentException.class, () -> connectivity.coherence(63, 70));
        assertThrows(IllegalArgumentException.class, () -> connectivity.add(new double[250]));
        assertThrows(IllegalArgumentException.class, () -> connectivity.add(new double[250], new double[249]));
        int[] first = {0};
        assertThrows(
                IllegalArgumentException.class,
                () -> new EpochConnectivity(RATE, 250, 2, Window.HANN, first, new int[] {2}));
        assertThrows(
                IllegalArgumentException.class, () -> new EpochConnectivity(RATE, 250, 2, Window.HANN, first, first));
    }
}
