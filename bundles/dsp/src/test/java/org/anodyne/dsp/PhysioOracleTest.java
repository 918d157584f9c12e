package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.dsp.physio.BeatDetector;
import org.anodyne.dsp.physio.BreathDetector;
import org.anodyne.dsp.physio.Hrv;
import org.anodyne.dsp.physio.HrvSpectrum;
import org.anodyne.dsp.physio.LombScargle;
import org.anodyne.dsp.physio.MuscleEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heart, breath and muscle against scipy (src/test/oracle/oracle_physio.py). */
class PhysioOracleTest {
    private static final int BEATS = 200;
    private static final double[] TIMES = new double[BEATS];
    private static final double[] INTERVALS = new double[BEATS];

    static {
        double[] jitter = Signals.noise(BEATS, 11);
        double t = 0;
        for (int k = 0; k < BEATS; k++) {
            INTERVALS[k] = 0.85
                    + 0.06 * StrictMath.sin(2 * Math.PI * 0.1 * t)
                    + 0.03 * StrictMath.sin(2 * Math.PI * 0.25 * t)
                    + 0.02 * jitter[k];
            t += INTERVALS[k];
            TIMES[k] = t;
        }
    }

    @Test
    void variabilityInTime() {
        Oracle.check(
                "hrv",
                1e-12,
                Hrv.mean(INTERVALS).orElseThrow(),
                Hrv.sdnn(INTERVALS).orElseThrow(),
                Hrv.rmssd(INTERVALS).orElseThrow(),
                Hrv.pnn50(INTERVALS).orElseThrow());
    }

    @Test
    void lombScargle() {
        double mean = Hrv.mean(INTERVALS).orElseThrow();
        double[] y = Arrays.stream(INTERVALS).map(i -> i - mean).toArray();
        double[] since = Arrays.stream(TIMES).map(t -> t - TIMES[0]).toArray();
        Oracle.check("lomb", 1e-11, LombScargle.power(since, y, 0.0033, 0.002, 190));
        Oracle.check("lomb_share", 1e-12, LombScargle.share(since, y, 0.1));
    }

    @Test
    void variabilityInFrequency() {
        HrvSpectrum spectrum = HrvSpectrum.of(TIMES, INTERVALS);
        Oracle.check(
                "hrv_spectrum",
                1e-10,
                spectrum.lowPower(),
                spectrum.highPower(),
                spectrum.peak(),
                spectrum.peakAmplitude(),
                spectrum.coherence());
        assertEquals(0.06, spectrum.peakAmplitude(), 0.004, "the sine at 0.1 Hz has an amplitude of 60 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 250})
    void muscle(int rate) {
        double[] x = Signals.noise(4000, 13);
        MuscleEnvelope envelope = new MuscleEnvelope(rate, 0.1);
        List<Double> rms = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            envelope.add(7 + x[i] * (i % 2000 < 1000 ? 1 : 10));
            if (i >= rate / 10 - 1 && (i - (rate / 10 - 1)) % 100 == 0) {
                rms.add(envelope.rms());
            }
        }
        Oracle.check("muscle_" + rate, 1e-11, array(rms));
    }

    @Test
    void allBeatsOfARecording() throws IOException {
        BeatDetector detector = new BeatDetector(1000);
        List<Double> beats = new ArrayList<>();
        for (double sample : Signals.recording("ecg.txt")) {
            if (detector.add(sample)) {
                beats.add(detector.beat());
            }
        }
        assertEquals(15, beats.size(), beats.toString());
        Oracle.check("beats", 1e-12, array(beats));
        assertEquals(0.991, (beats.get(14) - beats.get(0)) / 14, 0.0005);
        double[] since = new double[14];
        double[] intervals = new double[14];
        for (int k = 0; k < 14; k++) {
            intervals[k] = beats.get(k + 1) - beats.get(k);
            since[k] = beats.get(k + 1) - beats.get(1);
        }
        double mean = Hrv.mean(intervals).orElseThrow();
        Oracle.check(
                "beats_hrv",
                1e-9,
                mean,
                Hrv.sdnn(intervals).orElseThrow(),
                Hrv.rmssd(intervals).orElseThrow(),
                Hrv.pnn50(intervals).orElseThrow());
        double[] y = Arrays.stream(intervals).map(i -> i - mean).toArray();
        Oracle.check("beats_lomb", 1e-9, LombScargle.power(since, y, 0.04, 0.01, 37));
        Oracle.check("beats_lomb_share", 1e-9, LombScargle.share(since, y, 0.1));
    }

    @Test
    void breathsOfARecording() throws IOException {
        double[] x = Signals.recording("resp.txt");
        BreathDetector detector = new BreathDetector(1000);
        List<Double> onsets = new ArrayList<>();
        for (double sample : x) {
            if (detector.add(sample)) {
                onsets.add(detector.onset());
            }
        }
        Oracle.check("breathing_peak", 1e-12, peak(x));
        // The large breaths, which prominence over the whole recording finds; the detector's measure is what came
        // before.
        for (double onset : Oracle.everything().get("breaths")) {
            assertTrue(
                    onsets.stream().anyMatch(o -> Math.abs(o - onset) < 0.2),
                    "the breath at " + onset + " s was missed: " + onsets);
        }
        double rate = (onsets.size() - 1) / (onsets.get(onsets.size() - 1) - onsets.get(0));
        assertEquals(0.35, rate, 0.03);
    }

    /** The frequency of the largest density above 0.05 Hz, by this bundle's own Welch. */
    private static double peak(double[] x) {
        Spectrum spectrum = Welch.psd(x, 1000, 20_000, 10_000);
        int best = 2;
        for (int k = 2; k < spectrum.size(); k++) {
            best = spectrum.density(k) > spectrum.density(best) ? k : best;
        }
        return spectrum.frequency(best);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
