package org.anodyne.dsp.physio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreathAndMuscleTest {
    /** In-breath two parts, out-breath three, on a drift, with noise. */
    private static double breathing(double t, double perMinute, SplittableRandom random) {
        double phase = t * perMinute / 60 % 1;
        double along = phase < 0.4 ? phase / 0.4 : 1 - (phase - 0.4) / 0.6;
        return 100
                + 2 * Math.sin(2 * Math.PI * 0.01 * t)
                + 10 * (0.5 - 0.5 * Math.cos(Math.PI * along))
                + (random.nextDouble() - 0.5);
    }

    @ParameterizedTest
    @CsvSource({"25,6", "50,4.5", "250,12", "1000,20", "100,30"})
    void breathsAreFoundAtTheirTimes(double rate, double perMinute) {
        BreathDetector detector = new BreathDetector(rate);
        SplittableRandom random = new SplittableRandom(3);
        List<Double> onsets = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < 120 * rate; i++) {
            if (detector.add(breathing(i / rate, perMinute, random))) {
                onsets.add(detector.onset());
                if (i > 40 * rate) {
                    assertEquals(60 / perMinute, detector.interval(), 0.12 * 60 / perMinute);
                    largest = Math.max(largest, detector.amplitude());
                }
            }
        }
        assertEquals(10, largest, 2);
        double period = 60 / perMinute;
        for (double onset : onsets) {
            double off = Math.abs(onset / period - Math.rint(onset / period));
            assertTrue(onset < 20 || off < 0.1, "an in-breath at " + onset / period + " breaths");
        }
        assertTrue(onsets.size() >= 120 / period - 3, onsets.size() + " breaths");
        assertTrue(onsets.size() <= 120 / period, onsets.size() + " breaths");
    }

    @Test
    void fullnessGoesFromEmptyToFull() {
        BreathDetector detector = new BreathDetector(25);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 60 * 25; i++) {
            detector.add(breathing(i / 25.0, 6, random));
            double within = (i / 25.0 - detector.delay()) % 10;
            if (i > 40 * 25) {
                if (Math.abs(within - 4) < 0.5) {
                    assertTrue(detector.fullness() > 0.85, "full: " + detector.fullness());
                } else if (within < 0.3 || within > 9.7) {
                    assertTrue(detector.fullness() < 0.15, "empty: " + detector.fullness());
                }
            }
        }
    }

    @Test
    void constantSignalHasNoBreaths() {
        BreathDetector detector = new BreathDetector(100);
        for (int i = 0; i < 6000; i++) {
            assertTrue(!detector.add(2094));
        }
        assertTrue(Double.isNaN(detector.interval()));
    }

    @Test
    void successorsGoOnBitForBit() {
        SplittableRandom random = new SplittableRandom(5);
        BreathDetector whole = new BreathDetector(250);
        BreathDetector part = new BreathDetector(250);
        MuscleEnvelope muscle = new MuscleEnvelope(1000, 0.05);
        MuscleEnvelope partMuscle = new MuscleEnvelope(1000, 0.05);
        for (int i = 0; i < 15_000; i++) {
            if (i % 1234 == 0) {
                BreathDetector next = new BreathDetector(250);
                next.restore(part.state());
                part = next;
                MuscleEnvelope nextMuscle = new MuscleEnvelope(1000, 0.05);
                nextMuscle.restore(partMuscle.state());
                partMuscle = nextMuscle;
            }
            double x = i == 5000 ? Double.NaN : breathing(i / 250.0, 12, random);
            assertEquals(whole.add(x), part.add(x));
            assertEquals(whole.fullness(), part.fullness());
            muscle.add(x);
            partMuscle.add(x);
            assertEquals(muscle.rms(), partMuscle.rms());
        }
        assertArrayEquals(whole.state(), part.state());
        assertArrayEquals(muscle.state(), partMuscle.state());
        whole.reset();
        assertArrayEquals(new BreathDetector(250).state(), whole.state());
        muscle.reset();
        assertArrayEquals(new MuscleEnvelope(1000, 0.05).state(), muscle.state());
    }

    /** A sine of amplitude A within the band has an RMS of A / √2; one below it has nearly none. */
    @Test
    void envelopeIsTheRootMeanSquareOfTheBand() {
        MuscleEnvelope inside = new MuscleEnvelope(1000, 0.1);
        MuscleEnvelope below = new MuscleEnvelope(1000, 0.1);
        for (int i = 0; i < 3000; i++) {
            inside.add(500 + 20 * Math.sin(2 * Math.PI * 100 * i / 1000));
            below.add(500 + 20 * Math.sin(2 * Math.PI * i / 1000));
        }
        assertEquals(20 / Math.sqrt(2), inside.rms(), 0.1);
        assertTrue(below.rms() < 0.1, "below the band " + below.rms());
    }

    /** After an artefact a million times as large, what was before comes back exactly. */
    @Test
    void largeArtefactLeavesNoRounding() {
        MuscleEnvelope envelope = new MuscleEnvelope(1000, 0.1);
        for (int i = 0; i < 20_000; i++) {
            envelope.add(Math.sin(2 * Math.PI * 100 * i / 1000) + (i == 5000 ? 1e6 : 0));
        }
        assertEquals(1 / Math.sqrt(2), envelope.rms(), 0.01);
    }

    @Test
    void ratesTooLowAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BreathDetector(2));
        assertThrows(IllegalArgumentException.class, () -> new MuscleEnvelope(50, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new MuscleEnvelope(1000, 0));
    }
}
