package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every function against scipy, on made-up signals and on real recordings. */
class OracleTest {
    /** Transforms of different algorithms; relative to the largest bin. */
    private static final double SPECTRUM = 1e-13;

    private static final double FILTER = 1e-9;

    @Test
    void storedValuesAreWhatThisScipyGives() {
        Oracle.live().ifPresent(live -> Oracle.everything().forEach((name, stored) -> {
            if (live.containsKey(name)) {
                assertEquals(stored.length, live.get(name).length, name);
                assertTrue(
                        Oracle.deviation(stored, live.get(name)) < 1e-9,
                        name + " has changed: regenerate expected.csv");
            }
        }));
    }

    @ParameterizedTest
    @CsvSource({"500,250", "256,128", "101,50", "64,0", "600,540"})
    void welch(int segment, int overlap) {
        Spectrum spectrum = Welch.psd(Signals.eeg(), 125, segment, overlap);
        Oracle.check("welch_" + segment + "_" + overlap, SPECTRUM, spectrum.densities());
    }

    @Test
    void sliding() {
        SlidingSpectrum sliding = new SlidingSpectrum(125, 300);
        sliding.add(Signals.eeg());
        Oracle.check("sliding_300", SPECTRUM, sliding.spectrum().orElseThrow().densities());
    }

    @ParameterizedTest
    @CsvSource({"odd,8,13", "even,8,12.75", "four,8,8.75", "two,8,8.25"})
    void bandPower(String name, double low, double high) {
        Spectrum spectrum = Welch.psd(Signals.eeg(), 125, 500, 250);
        Oracle.check("simpson_" + name, 1e-12, Bands.simpson(spectrum, low, high));
        Oracle.check("trapezoid_" + name, 1e-12, Bands.trapezoid(spectrum, low, high));
        if (!name.equals("two")) {
            Oracle.check("simpson_average_" + name, 1e-12, Bands.simpson(spectrum, low, high, Bands.EvenRule.AVERAGE));
        }
        // A scipy from 1.11 on brings its own even rule.
        Oracle.live()
                .map(live -> live.get("simpson_" + name + "_of_this_scipy"))
                .ifPresent(
                        expected -> assertEquals(expected[0], Bands.simpson(spectrum, low, high), expected[0] * 1e-12));
    }

    @Test
    void filters() {
        filter("low4", Butterworth.lowPass(4, 5, 1000));
        filter("low3", Butterworth.lowPass(3, 40, 125));
        filter("low1", Butterworth.lowPass(1, 1, 25));
        filter("high2", Butterworth.highPass(2, 0.05, 25));
        filter("high5", Butterworth.highPass(5, 1, 250));
        filter("band4", Butterworth.bandPass(4, 8, 13, 250));
        filter("band3", Butterworth.bandPass(3, 1, 40, 125));
        filter("band2wide", Butterworth.bandPass(2, 0.5, 100, 250));
        filter("stop2", Butterworth.bandStop(2, 48, 52, 250));
        filter("stop3", Butterworth.bandStop(3, 45, 55, 250));
        filter("notch", Butterworth.notch(50, 30, 250));
    }

    private static void filter(String name, Sos design) {
        double[] coefficients = new double[6 * design.size()];
        for (int s = 0; s < design.size(); s++) {
            System.arraycopy(design.section(s), 0, coefficients, 6 * s, 6);
        }
        Oracle.check("sos_" + name, 1e-11, coefficients);
        double[] x = Signals.noise(3000, 3);
        for (int i = 0; i < x.length; i++) {
            x[i] = 100 + 50 * x[i];
        }
        SosFilter filter = design.filter();
        Oracle.check("filter_" + name, FILTER, every(30, filter.filter(x)));
        filter.settle(x[0]);
        Oracle.check("settled_" + name, FILTER, every(30, filter.filter(x)));
    }

    private static double[] every(int step, double[] x) {
        double[] out = new double[(x.length + step - 1) / step];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i * step];
        }
        return out;
    }

    @Test
    void statistics() {
        double[] x = Signals.noise(1000, 5);
        for (int i = 0; i < x.length; i++) {
            x[i] += 1e6;
        }
        RunningStats stats = new RunningStats();
        stats.add(x);
        Oracle.check("mean", 1e-15, stats.mean().orElseThrow());
        Oracle.check("sd", 1e-9, stats.standardDeviation().orElseThrow());
        Oracle.check("z", 1e-9, stats.zScore(1e6 + 1).orElseThrow());
        Oracle.check("mean", 1e-15, Descriptive.mean(x));
        Oracle.check("sd", 1e-9, Descriptive.standardDeviation(x));
    }

    @ParameterizedTest
    @CsvSource({"200", "201"})
    void envelope(int n) {
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double t = i / 100.0;
            y[i] = (1 + 0.5 * StrictMath.sin(2 * Math.PI * t)) * StrictMath.sin(2 * Math.PI * 12 * t);
        }
        Oracle.check("envelope_" + n, 1e-13, Descriptive.envelope(y));
    }

    @Test
    void madeSkinConductance() {
        skinConductance("made", Signals.eda(), ScrSettings.of(100, 0.01));
    }

    @Test
    void recordedSkinConductance() throws IOException {
        skinConductance("recording", Signals.recording("eda.txt"), ScrSettings.of(1000, 10));
    }

    private static void skinConductance(String name, double[] x, ScrSettings settings) {
        ScrDetector detector = new ScrDetector(settings);
        List<Double> events = new ArrayList<>();
        List<Double> tonic = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            detector.add(x[i])
                    .ifPresent(e ->
                            events.addAll(List.of(e.onset(), e.peak(), e.amplitude(), e.conductanceRise(), e.tonic())));
            if (i % settings.samplingRate() == 0) {
                tonic.add(detector.tonic().orElseThrow());
            }
        }
        Oracle.check("scr_" + name, FILTER, array(events));
        Oracle.check("tonic_" + name, FILTER, array(tonic));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @CsvSource({"eeg_ec,3095,0.1125,9.75", "eeg_eo,1805,0.0551,8.75"})
    void recordedAlpha(String file, double alpha, double relative, double peak) throws IOException {
        Spectrum spectrum = Welch.psd(Signals.recording(file + ".txt"), 125, 500, 250);
        Oracle.check("psd_" + file, SPECTRUM, spectrum.densities());
        AlphaPeak found = AlphaPeak.find(spectrum).orElseThrow();
        double power = Bands.simpson(spectrum, 8, 13);
        double share = Bands.relative(spectrum, 8, 13, 1, 45).orElseThrow();
        Oracle.check("alpha_" + file, 1e-12, power, share, found.frequency(), found.density());
        assertEquals(alpha, power, 0.5);
        assertEquals(relative, share, 5e-5);
        assertEquals(peak, found.frequency());
        assertTrue(found.local());
        assertEquals(Arrays.stream(spectrum.densities()).filter(d -> d < 0).count(), 0);
    }

    /** Skin conductance where an EEG should be: its slope, and the ripple of noise on it, are no alpha rhythm. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 150})
    void recordedSkinConductanceHasNoAlphaPeak(int seconds) throws IOException {
        double[] eda = Arrays.copyOf(Signals.recording("eda.txt"), seconds * 1000);
        Spectrum spectrum = Welch.psd(eda, 1000, 4000, 2000);
        assertEquals(false, AlphaPeak.find(spectrum).orElseThrow().local());
        assertNotEquals("", AlphaPeak.objection(spectrum, 7, 13));
    }
}
