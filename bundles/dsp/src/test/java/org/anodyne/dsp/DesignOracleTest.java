package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finite filters, filtering both ways and group delay against scipy. */
class DesignOracleTest {
    private static final double FILTER = 1e-9;

    private static double[] offsetNoise() {
        double[] x = Signals.noise(3000, 3);
        for (int i = 0; i < x.length; i++) {
            x[i] = 100 + 50 * x[i];
        }
        return x;
    }

    private static double[] every(int step, double[] x) {
        double[] out = new double[(x.length + step - 1) / step];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i * step];
        }
        return out;
    }

    @Test
    void windows() {
        Map<String, Window> windows = Map.of(
                "hamming", Window.HAMMING,
                "hann", Window.HANN,
                "blackman", Window.BLACKMAN,
                "boxcar", Window.RECTANGULAR,
                "kaiser", Window.kaiser(6.5));
        windows.forEach((name, window) -> {
            for (int n : new int[] {1, 2, 51, 64}) {
                Oracle.check("window_symmetric_" + name + "_" + n, 1e-14, window.symmetric(n));
                Oracle.check("window_periodic_" + name + "_" + n, 1e-14, window.periodic(n));
            }
        });
    }

    @Test
    void finiteFilters() {
        fir("low", Fir.lowPass(101, 40, 250, Window.HAMMING), 250);
        fir("low_even", Fir.lowPass(64, 10, 250, Window.BLACKMAN), 250);
        fir("high", Fir.highPass(251, 1, 250, Window.HANN), 250);
        fir("band", Fir.bandPass(127, 8, 13, 125, Window.kaiser(8.6)), 125);
        fir("stop", Fir.bandStop(129, 48, 52, 250, Window.HAMMING), 250);
    }

    private static void fir(String name, Fir design, double rate) {
        Oracle.check("fir_" + name, 1e-12, design.taps());
        double[] x = offsetNoise();
        FirFilter filter = design.filter();
        Oracle.check("fir_filter_" + name, FILTER, every(30, filter.filter(x)));
        filter.settle(x[0]);
        Oracle.check("fir_settled_" + name, FILTER, every(30, filter.filter(x)));
        Oracle.check("fir_zero_phase_" + name, FILTER, every(30, ZeroPhase.filter(design, x)));
        delay("fir_delay_" + name, f -> design.groupDelaySamples(f, rate));
        assertEquals((design.size() - 1) / 2.0, design.groupDelaySamples(10, rate), "linear phase");
    }

    /** The oracle's values are frequency, delay, frequency, delay … */
    private static void delay(String name, DoubleUnaryOperator delayAt) {
        double[] expected = Oracle.everything().get(name);
        assertTrue(expected.length >= 4, "at least two frequencies pass");
        double[] actual = expected.clone();
        for (int i = 0; i < actual.length; i += 2) {
            actual[i + 1] = delayAt.applyAsDouble(expected[i]);
            assertEquals(
                    expected[i + 1], actual[i + 1], FILTER * Math.abs(expected[i + 1]), name + " at " + expected[i]);
        }
        Oracle.check(name, FILTER, actual);
    }

    @Test
    void bothWaysAndDelay() {
        iir("low4", Butterworth.lowPass(4, 5, 1000), 1000);
        iir("low3", Butterworth.lowPass(3, 40, 125), 125);
        iir("high5", Butterworth.highPass(5, 1, 250), 250);
        iir("band4", Butterworth.bandPass(4, 8, 13, 250), 250);
        iir("stop2", Butterworth.bandStop(2, 48, 52, 250), 250);
        iir("notch", Butterworth.notch(50, 30, 250), 250);
    }

    private static void iir(String name, Sos design, double rate) {
        Oracle.check("zero_phase_" + name, FILTER, every(30, ZeroPhase.filter(design, offsetNoise())));
        delay("delay_" + name, f -> design.groupDelaySamples(f, rate));
    }

    @Test
    void slowChangesComeLateByTheDelayAtZero() {
        Sos design = Butterworth.lowPass(4, 5, 1000);
        assertEquals(design.delayAtZero(), design.groupDelaySamples(0, 1000), 1e-6);
    }

    @Test
    void nothingPassesANotchSoItHasNoDelayThere() {
        assertTrue(Double.isNaN(Butterworth.notch(50, 30, 250).groupDelaySamples(50, 250)));
        assertTrue(Double.isNaN(Butterworth.highPass(2, 1, 250).groupDelaySamples(0, 250)));
        assertThrows(IllegalArgumentException.class, () -> Butterworth.notch(50, 30, 250)
                .groupDelaySamples(126, 250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eeg_ec", "eeg_eo"})
    void recordings(String name) throws IOException {
        double[] x = Signals.recording(name + ".txt");
        Sos band = Butterworth.bandPass(4, 8, 13, 125);
        Oracle.check("zero_phase_" + name, FILTER, every(125, ZeroPhase.filter(band, x)));
        Oracle.check("causal_" + name, FILTER, every(125, band.filter().filter(x)));
        Fir fir = Fir.bandPass(127, 8, 13, 125, Window.kaiser(8.6));
        Oracle.check("fir_zero_phase_" + name, FILTER, every(125, ZeroPhase.filter(fir, x)));
        Oracle.check("fir_causal_" + name, FILTER, every(125, fir.filter().filter(x)));
    }

    @Test
    void aBankGivesEachChannelWhatAFilterOfItsOwnWouldGive() {
        Sos design = Butterworth.bandPass(3, 1, 40, 125);
        int channels = 3;
        int length = 500;
        SosBank bank = new SosBank(design, channels);
        double[] x = new double[channels * length];
        double[][] apart = new double[channels][];
        double[] start = new double[channels];
        for (int c = 0; c < channels; c++) {
            double[] one = Signals.noise(length, 11 + c);
            start[c] = one[0];
            for (int i = 0; i < length; i++) {
                x[i * channels + c] = one[i];
            }
            SosFilter filter = design.filter();
            filter.settle(one[0]);
            apart[c] = filter.filter(one);
        }
        bank.settle(start);
        double[] part = new double[7 * channels];
        for (int at = 0; at < length; at += 7) {
            int n = Math.min(7, length - at);
            System.arraycopy(x, at * channels, part, 0, n * channels);
            bank.filter(part, n);
            System.arraycopy(part, 0, x, at * channels, n * channels);
        }
        for (int c = 0; c < channels; c++) {
            double[] own = new double[length];
            for (int i = 0; i < length; i++) {
                own[i] = x[i * channels + c];
            }
            assertArrayEquals(apart[c], own);
        }
    }

    @Test
    void whatMakesNoFilterIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Fir.highPass(100, 1, 250, Window.HANN));
        assertThrows(IllegalArgumentException.class, () -> Fir.bandPass(101, 13, 8, 250, Window.HANN));
        assertThrows(IllegalArgumentException.class, () -> Fir.lowPass(101, 125, 250, Window.HANN));
        assertThrows(IllegalArgumentException.class, () -> Fir.lowPass(0, 12, 250, Window.HANN));
        assertThrows(IllegalArgumentException.class, () -> Fir.of(new double[] {1, Double.NaN}));
        assertThrows(IllegalArgumentException.class, () -> Window.kaiser(-1));
        assertThrows(IllegalArgumentException.class, () -> new SosBank(Butterworth.lowPass(1, 1, 25), 0));
        Fir fir = Fir.lowPass(11, 12, 250, Window.HANN);
        assertThrows(IllegalArgumentException.class, () -> ZeroPhase.filter(fir, new double[33]));
        assertEquals(34, ZeroPhase.filter(fir, new double[34]).length);
    }
}
