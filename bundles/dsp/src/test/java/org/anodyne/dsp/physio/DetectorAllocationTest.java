package org.anodyne.dsp.physio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anodyne.dsp.Allocation;
import org.junit.jupiter.api.Test;

/** Heartbeats, breaths and muscle tension are found without allocating anything. */
class DetectorAllocationTest {
    @Test
    void heartbeats() {
        // Each block goes on where the one before ended, so that the beats in it are found.
        Ecg ecg = new Ecg(250, 200, 3).noise(0.01, 4);
        BeatDetector detector = new BeatDetector(250);
        RrRule rule = new RrRule(RrRule.DEFAULT_SHARE);
        int[] state = new int[2];
        double[] last = {Double.NaN};
        Allocation.isNothing("a second of an electrocardiogram", () -> {
            for (int i = 0; i < 250; i++) {
                if (detector.add(ecg.samples[state[0]])) {
                    state[1] += rule.accept(detector.beat() - last[0]) ? 1 : 0;
                    last[0] = detector.beat();
                }
                state[0] = (state[0] + 1) % ecg.samples.length;
            }
        });
        assertTrue(state[1] > 100, "only " + state[1] + " intervals were found");
    }

    @Test
    void breaths() {
        BreathDetector detector = new BreathDetector(50);
        int[] state = new int[2];
        Allocation.isNothing("two seconds of a breathing belt", () -> {
            for (int i = 0; i < 100; i++) {
                state[1] += detector.add(Math.sin(2 * Math.PI * 0.25 * state[0]++ / 50)) ? 1 : 0;
            }
        });
        assertTrue(state[1] > 60, "only " + state[1] + " breaths were found");
    }

    @Test
    void muscle() {
        MuscleEnvelope envelope = new MuscleEnvelope(1000, 0.25);
        int[] state = new int[1];
        Allocation.isNothing("a fifth of a second of an electromyogram", () -> {
            for (int i = 0; i < 200; i++) {
                envelope.add(Math.sin(2 * Math.PI * 80 * state[0]++ / 1000));
            }
        });
        assertTrue(envelope.rms() > 0.5, "the envelope is " + envelope.rms());
    }
}
