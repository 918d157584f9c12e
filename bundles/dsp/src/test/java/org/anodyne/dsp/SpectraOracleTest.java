package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra by other windows and by tapers against scipy and MNE; band powers of many channels against those of one. */
class SpectraOracleTest {
    private static final double[][] BANDS = {{1, 4}, {4, 8}, {8, 13}, {13, 30}, {30, 45}};

    private static double[] every(int step, double[] x) {
        double[] out = new double[(x.length + step - 1) / step];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i * step];
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"64,2.5,5", "257,4,8", "1000,4,7"})
    void tapers(int length, double half, int count) {
        Dpss dpss = Dpss.symmetric(length, half, count);
        double[] ratios = new double[count];
        double[] values = new double[0];
        for (int k = 0; k < count; k++) {
            ratios[k] = dpss.concentration(k);
            double[] part = every(Math.max(1, length / 50), dpss.taper(k));
            values = Arrays.copyOf(values, values.length + part.length);
            System.arraycopy(part, 0, values, values.length - part.length, part.length);
        }
        Oracle.check("dpss_" + length, 1e-9, values);
        Oracle.check("dpss_ratios_" + length, 1e-9, ratios);
    }

    @Test
    void tapersAreOrthonormal() {
        Dpss dpss = Dpss.symmetric(5000, 4, 7);
        for (int a = 0; a < 7; a++) {
            for (int b = 0; b <= a; b++) {
                double dot = 0;
                for (int i = 0; i < 5000; i++) {
                    dot += dpss.taper(a)[i] * dpss.taper(b)[i];
                }
                assertEquals(a == b ? 1 : 0, dot, 1e-10, a + " with " + b);
            }
        }
    }

    @Test
    void windows() {
        double[] x = Signals.eeg();
        welch("hamming", x, Window.HAMMING);
        welch("blackman", x, Window.BLACKMAN);
        welch("kaiser", x, Window.kaiser(6.5));
    }

    private static void welch(String name, double[] x, Window window) {
        Oracle.check("welch_" + name, 1e-13, Welch.psd(x, 125, 500, 250, window).densities());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eeg_ec", "eeg_eo"})
    void recordings(String name) throws IOException {
        double[] x = Signals.recording(name + ".txt");
        Spectrum welch = Welch.psd(x, 125, 500, 250, Window.HAMMING);
        Oracle.check("mne_welch_" + name, 1e-12, welch.densities());
        each("mne_welch_bands_" + name, bands(welch));
        Multitaper tapers = new Multitaper(125, 2500, 2);
        Spectrum spectrum = tapers.psd(Arrays.copyOf(x, 2500));
        Oracle.check("mne_multitaper_" + name, 1e-9, every(5, spectrum.densities()));
        each("mne_multitaper_bands_" + name, bands(spectrum));
        Oracle.check(
                "mne_multitaper_odd_" + name,
                1e-9,
                every(
                        5,
                        new Multitaper(125, 1001, 1).psd(Arrays.copyOf(x, 1001)).densities()));
    }

    /** Absolute and relative to 1 to 45 Hz. */
    private static double[] bands(Spectrum spectrum) {
        double[] out = new double[2 * BANDS.length];
        for (int b = 0; b < BANDS.length; b++) {
            out[b] = Bands.simpson(spectrum, BANDS[b][0], BANDS[b][1]);
            out[BANDS.length + b] =
                    Bands.relative(spectrum, BANDS[b][0], BANDS[b][1], 1, 45).orElseThrow();
        }
        return out;
    }

    /** Each value relative to itself, not to the largest: bands differ by orders of magnitude. */
    private static void each(String name, double[] actual) {
        double[] expected = Oracle.everything().get(name);
        for (int i = 0; i < actual.length; i++) {
            assertEquals(expected[i], actual[i], 1e-9 * expected[i], name + " " + i);
        }
        Oracle.check(name, 1e-9, actual);
    }

    @Test
    void whiteNoiseHasItsVarianceAsPower() {
        double[] x = Signals.noise(4096, 9);
        Multitaper tapers = new Multitaper(100, 4096, 1);
        double variance = Math.pow(Descriptive.standardDeviation(x), 2);
        assertEquals(variance, Bands.trapezoid(tapers.psd(x), 0, 50), 0.05 * variance);
        assertTrue(tapers.tapers() > 35 && tapers.tapers() <= 40, "tapers " + tapers.tapers());
    }

    @Test
    void whatHasNoTapersIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Multitaper(125, 1000, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new Multitaper(125, 1000, 125));
        assertThrows(IllegalArgumentException.class, () -> Dpss.symmetric(10, 5, 3));
        Multitaper tapers = new Multitaper(125, 100, 5);
        assertThrows(IllegalArgumentException.class, () -> tapers.psd(new double[99]));
        double[] gap = new double[100];
        gap[3] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> tapers.psd(gap));
    }

    @Test
    void aBankOfBandPowersHasTheBitsOfEachChannelsOwn() {
        int channels = 3;
        BandPowerBank bank = new BandPowerBank(125, channels, 250, Window.HAMMING, BANDS);
        double[] out = new double[channels * BANDS.length];
        double[][] x = {Signals.noise(1000, 31), Signals.eeg(), Signals.noise(1000, 33)};
        SlidingSpectrum[] own = new SlidingSpectrum[channels];
        Arrays.setAll(own, c -> new SlidingSpectrum(125, 250, Window.HAMMING));
        double[] block = new double[16 * channels];
        for (int at = 0; at + 16 <= 1000; at += 16) {
            for (int i = 0; i < 16; i++) {
                for (int c = 0; c < channels; c++) {
                    block[i * channels + c] = x[c][at + i];
                    own[c].add(x[c][at + i]);
                }
            }
            bank.add(block, 16);
            assertEquals(own[0].ready(), bank.powers(out));
            for (int c = 0; bank.ready() && c < channels; c++) {
                for (int b = 0; b < BANDS.length; b++) {
                    assertEquals(
                            Bands.simpson(own[c].spectrum().orElseThrow(), BANDS[b][0], BANDS[b][1]),
                            out[c * BANDS.length + b]);
                }
            }
        }
    }

    @Test
    void aGapSpoilsOnlyItsChannel() {
        BandPowerBank bank = new BandPowerBank(125, 2, 250, Window.HANN, new double[] {8, 13});
        double[] x = Signals.noise(500, 3);
        x[101] = Double.NaN;
        double[] out = new double[2];
        assertFalse(bank.powers(out));
        bank.add(x, 250);
        assertTrue(bank.powers(out));
        assertTrue(out[0] > 0 && Double.isNaN(out[1]));
        double[] before = out.clone();
        BandPowerBank next = new BandPowerBank(125, 2, 250, Window.HANN, new double[] {8, 13});
        next.restore(bank.state());
        assertTrue(next.powers(out));
        assertArrayEquals(before, out);
    }
}
