package org.anodyne.dsp.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.dsp.Oracle;
import org.anodyne.dsp.Signals;
import org.anodyne.dsp.spatial.BadChannels.Finding;
import org.anodyne.dsp.spatial.BadChannels.Reason;
import org.junit.jupiter.api.Test;

/** References against MNE, common spatial patterns against scipy, bad channels against PREP's formulas. */
class SpatialOracleTest {
    private static final int[][] NEIGHBOURS = {{1, 2}, {0, 2, 3}, {0, 1, 4}, {1, 5}, {2, 5}, {3, 4}};
    private static final int[] ALL = {0, 1, 2, 3, 4, 5};

    private static double[][] made() {
        double[][] x = new double[6][];
        Arrays.setAll(x, c -> Signals.noise(2000, 61 + c));
        return x;
    }

    /** Six channels from one, as the oracle makes them. */
    private static double[][] recorded() throws IOException {
        double[] eeg = Signals.recording("eeg_ec.txt");
        double[][] x = new double[6][4000];
        for (int c = 0; c < 6; c++) {
            for (int i = 0; i < 4000; i++) {
                x[c][i] = eeg[5000 * c + i] + 0.5 * eeg[i];
            }
        }
        return x;
    }

    @Test
    void references() throws IOException {
        references("made", made());
        references("recording", recorded());
    }

    private static void references(String name, double[][] x) {
        Oracle.check("reference_average_" + name, 1e-12, applied(Reference.average(6), x));
        Oracle.check("reference_linked_" + name, 1e-12, applied(Reference.mean(6, new int[] {4, 5}, ALL), x));
        Oracle.check("reference_laplacian_" + name, 1e-12, applied(Reference.laplacian(NEIGHBOURS), x));
    }

    /** Every 100th sample of each channel. */
    private static double[] applied(Reference reference, double[][] x) {
        int n = x[0].length;
        double[] block = new double[6 * n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 6; c++) {
                block[6 * i + c] = x[c][i];
            }
        }
        reference.apply(block, n);
        double[] out = new double[6 * n / 100];
        for (int k = 0; k < out.length; k++) {
            out[k] = block[6 * 100 * (k % (n / 100)) + k / (n / 100)];
        }
        return out;
    }

    @Test
    void onlyTargetsGetTheReferenceAndChannelsWithoutNeighboursStay() {
        double[] x = {1, 2, 3, 10, 20, 60};
        Reference.mean(3, new int[] {1}, new int[] {0, 1}).apply(x, 2);
        assertEquals("[-1.0, 0.0, 3.0, -10.0, 0.0, 60.0]", Arrays.toString(x));
        double[] y = {1, 2, 4};
        Reference.laplacian(new int[][] {{}, {0, 2}, {}}).apply(y, 1);
        assertEquals("[1.0, -0.5, 4.0]", Arrays.toString(y));
    }

    @Test
    void whatIsNoReferenceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Reference.average(0));
        assertThrows(IllegalArgumentException.class, () -> Reference.mean(3, new int[] {3}, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Reference.mean(3, new int[] {1, 1}, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Reference.mean(3, new int[] {}, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Reference.laplacian(new int[][] {{0, 1}, {0}}));
        assertThrows(IllegalArgumentException.class, () -> Reference.laplacian(new int[][] {{}, {}}));
    }

    @Test
    void patterns() throws IOException {
        patterns("made", made());
        patterns("recording", recorded());
    }

    private static void patterns(String name, double[][] x) {
        List<double[][]> epochs = new ArrayList<>();
        for (int at = 0; at + 200 <= x[0].length; at += 200) {
            int from = at;
            epochs.add(Arrays.stream(x)
                    .map(c -> Arrays.copyOfRange(c, from, from + 200))
                    .toArray(double[][]::new));
        }
        int half = epochs.size() / 2;
        double[][] a = covariance(epochs.subList(0, half), 1);
        double[][] b = covariance(epochs.subList(half, epochs.size()), 1);
        CommonSpatialPatterns csp = CommonSpatialPatterns.of(a, b);
        double[] shares = new double[6];
        Arrays.setAll(shares, csp::share);
        Oracle.check("csp_shares_" + name, 1e-9, shares);
        Oracle.check("csp_filters_" + name, 1e-9, flat(6, csp::filter));
        Oracle.check("csp_patterns_" + name, 1e-9, flat(6, csp::pattern));
        Oracle.check("csp_features_" + name, 1e-9, csp.features(epochs.get(3), 2));
        // In volts instead of microvolts: the same shares, filters a million times as large.
        CommonSpatialPatterns volts = CommonSpatialPatterns.of(
                covariance(epochs.subList(0, half), 1e-12), covariance(epochs.subList(half, epochs.size()), 1e-12));
        assertEquals(csp.share(0), volts.share(0), 1e-12);
        assertEquals(csp.filter(2)[3] * 1e6, volts.filter(2)[3], Math.abs(csp.filter(2)[3]) * 1e-6);
    }

    private static double[][] covariance(List<double[][]> epochs, double scale) {
        double[][] c = CommonSpatialPatterns.covariance(epochs.toArray(double[][][]::new));
        for (double[] row : c) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= scale;
            }
        }
        return c;
    }

    private static double[] flat(int count, java.util.function.IntFunction<double[]> rows) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(rows)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Test
    void dependentChannelsHaveNoPatterns() {
        double[][] x = made();
        double[] block = new double[6 * 2000];
        for (int i = 0; i < 2000; i++) {
            for (int c = 0; c < 6; c++) {
                block[6 * i + c] = x[c][i];
            }
        }
        Reference.average(6).apply(block, 2000);
        for (int i = 0; i < 2000; i++) {
            for (int c = 0; c < 6; c++) {
                x[c][i] = block[6 * i + c];
            }
        }
        double[][] covariance = CommonSpatialPatterns.covariance(x);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> CommonSpatialPatterns.of(covariance, covariance));
        assertTrue(e.getMessage().contains("average reference"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> CommonSpatialPatterns.of(new double[][] {{1, 2}, {0, 1}}, new double[][] {{1, 0}, {0, 1}}));
        assertThrows(
                IllegalArgumentException.class,
                () -> CommonSpatialPatterns.of(new double[][] {{1, 0}, {0, 1}}, new double[][] {{1}}));
    }

    @Test
    void badChannels() throws IOException {
        bad("made", made());
        bad("recording", recorded());
    }

    private static double[][] spoilt(double[][] x) {
        int n = x[0].length;
        double[][] out = new double[8][n];
        for (int c = 0; c < 8; c++) {
            for (int i = 0; i < n; i++) {
                out[c][i] = x[0][i] * (1 + 0.1 * c) + 0.4 * x[c % 6][i];
            }
        }
        Arrays.fill(out[2], 3);
        for (int i = 0; i < n; i++) {
            out[5][i] *= 20;
            out[7][i] = x[4][i] - 0.9 * x[5][i];
        }
        return out;
    }

    private static void bad(String name, double[][] x) {
        List<Finding> findings = BadChannels.PREP.find(spoilt(x), 125);
        double[] flat = findings.stream()
                .flatMapToDouble(f ->
                        java.util.stream.DoubleStream.of(f.channel(), f.reason().ordinal(), f.value()))
                .toArray();
        // NOT_FINITE stands between FLAT and DEVIATION here; the oracle numbers the reasons 0, 2 and 3 likewise.
        Oracle.check("bad_" + name, 1e-9, flat);
        assertTrue(findings.stream().anyMatch(f -> f.channel() == 2 && f.reason() == Reason.FLAT));
        assertTrue(findings.stream().anyMatch(f -> f.channel() == 5 && f.reason() == Reason.DEVIATION));
    }

    @Test
    void unrelatedAndBrokenChannelsAreNamed() {
        double[][] x = spoilt(made());
        x[3][17] = Double.NaN;
        List<Finding> findings = BadChannels.PREP.find(x, 125);
        assertTrue(findings.contains(new Finding(3, Reason.NOT_FINITE, 1)), findings.toString());
        assertTrue(
                findings.stream().anyMatch(f -> f.channel() == 7 && f.reason() == Reason.CORRELATION),
                findings.toString());
        assertTrue(findings.stream().noneMatch(f -> f.channel() == 0 || f.channel() == 1), findings.toString());
        double[][] two = {x[0], x[1]};
        assertThrows(IllegalArgumentException.class, () -> BadChannels.PREP.find(two, 125));
        double[][] uneven = {x[0], x[1], new double[300]};
        assertThrows(IllegalArgumentException.class, () -> BadChannels.PREP.find(uneven, 125));
        assertThrows(IllegalArgumentException.class, () -> new BadChannels(1, 5, 2, 1, 0.01));
    }
}
