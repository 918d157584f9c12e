package org.anodyne.dsp.physio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.dsp.StateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeatDetectorTest {
    private static List<Double> beats(double[] samples, double rate) {
        BeatDetector detector = new BeatDetector(rate);
        List<Double> found = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            if (detector.add(samples[i])) {
                found.add(detector.beat());
                assertTrue(i < 2.2 * rate || i / rate - detector.beat() < 1.8, "known too late");
            }
        }
        return found;
    }

    /** Exactly the beats that are there, each within so many seconds. */
    private static void checkAll(Ecg ecg, double within) {
        List<Double> found = beats(ecg.samples, ecg.rate);
        assertEquals(ecg.beats.length, found.size(), "beats at " + found);
        for (int i = 0; i < ecg.beats.length; i++) {
            assertEquals(ecg.beats[i], found.get(i), within, "beat " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 125, 250, 360, 1000, 2000})
    void cleanBeatsAtAnyRate(double rate) {
        checkAll(new Ecg(rate, 60, 1), 0.003);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void beatsInNoise(long seed) {
        checkAll(new Ecg(250, 120, seed).noise(0.1, seed + 100), 0.02);
    }

    @Test
    void beatsInHum() {
        checkAll(new Ecg(500, 60, 7).sine(50, 0.3), 0.003);
        checkAll(new Ecg(500, 60, 7).sine(60, 0.3), 0.012);
    }

    @Test
    void beatsOnAWanderingBaseline() {
        checkAll(new Ecg(250, 120, 8).sine(0.3, 1.5).sine(0.05, 3).noise(0.03, 8), 0.006);
    }

    @Test
    void beatsUpsideDown() {
        checkAll(new Ecg(250, 60, 9).scale(0, -1).noise(0.03, 9), 0.006);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 5})
    void beatsWhoseHeightChanges(double factor) {
        checkAll(new Ecg(250, 120, 10).scale(60, factor).noise(0.01, 10), 0.008);
    }

    @Test
    void offsetUnitAndPolarityDoNotMatter() {
        Ecg ecg = new Ecg(250, 60, 11).noise(0.02, 11);
        List<Double> millivolts = beats(ecg.samples, 250);
        for (int i = 0; i < ecg.samples.length; i++) {
            ecg.samples[i] = 2048 + 400 * ecg.samples[i];
        }
        List<Double> counts = beats(ecg.samples, 250);
        assertEquals(millivolts.size(), counts.size());
        for (int i = 0; i < counts.size(); i++) {
            assertEquals(millivolts.get(i), counts.get(i), 1e-6);
        }
    }

    /** A movement twenty times as high as a QRS complex must not make the detector deaf. */
    @Test
    void beatsGoOnAfterAnArtefact() {
        Ecg ecg = new Ecg(250, 60, 12).noise(0.02, 12);
        for (int i = 0; i < 50; i++) {
            ecg.samples[20 * 250 + i] += 20 * Math.sin(i / 2.0);
        }
        List<Double> found = beats(ecg.samples, 250);
        for (double beat : ecg.beats) {
            assertTrue(
                    beat > 19.5 && beat < 25 || found.stream().anyMatch(f -> Math.abs(f - beat) < 0.02),
                    "the beat at " + beat + " is missing");
        }
    }

    @Test
    void nothingIsFoundInSilence() {
        assertEquals(List.of(), beats(new double[20_000], 250));
        double[] constant = new double[20_000];
        java.util.Arrays.fill(constant, 2044);
        assertEquals(List.of(), beats(constant, 250));
    }

    @Test
    void missingSamplesAreHeld() {
        Ecg ecg = new Ecg(250, 60, 13);
        for (int i = 0; i < ecg.samples.length; i += 97) {
            ecg.samples[i] = Double.NaN;
        }
        assertEquals(ecg.beats.length, beats(ecg.samples, 250).size());
    }

    @Test
    void successorGoesOnBitForBit() {
        Ecg ecg = new Ecg(250, 40, 14).noise(0.1, 14);
        BeatDetector whole = new BeatDetector(250);
        BeatDetector part = new BeatDetector(250);
        for (int i = 0; i < ecg.samples.length; i++) {
            if (i % 777 == 0) {
                BeatDetector next = new BeatDetector(250);
                next.restore(part.state());
                part = next;
            }
            assertEquals(whole.add(ecg.samples[i]), part.add(ecg.samples[i]));
            assertEquals(whole.beat(), part.beat());
        }
        assertArrayEquals(whole.state(), part.state());
        BeatDetector other = new BeatDetector(500);
        byte[] state = whole.state();
        assertThrows(StateException.class, () -> other.restore(state));
        state[40]++;
        byte[] shorter = java.util.Arrays.copyOf(state, state.length - 1);
        assertThrows(StateException.class, () -> new BeatDetector(250).restore(shorter));
    }

    @Test
    void resetIsANewBeginning() {
        Ecg ecg = new Ecg(250, 30, 15);
        BeatDetector used = new BeatDetector(250);
        for (double sample : ecg.samples) {
            used.add(100 * sample);
        }
        used.reset();
        assertArrayEquals(new BeatDetector(250).state(), used.state());
    }

    @Test
    void rateTooLowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BeatDetector(64));
    }
}
