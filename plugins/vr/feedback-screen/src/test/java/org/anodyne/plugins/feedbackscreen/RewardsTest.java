package org.anodyne.plugins.feedbackscreen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RewardsTest {
    @Test
    void eachBeginningCountsButNotTwiceInASecond() {
        Rewards rewards = new Rewards();
        double[] reward = {0, 1, 1, 0, 1, 0, 0, 1, 0, 1};
        int[] counts = {0, 1, 1, 1, 1, 1, 1, 2, 2, 2};
        for (int i = 0; i < reward.length; i++) {
            rewards.at(i * 0.25, reward[i]);
            assertEquals(counts[i], rewards.count(), "at " + i);
        }
    }

    @Test
    void pitchGoesFromOneStepOverIntoTheNext() {
        Sounds pitch = new Sounds(Sounds.Tone.PITCH, false);
        for (double level = 0; level <= 1; level += 0.01) {
            float sum = 0;
            for (int step = 0; step < 8; step++) {
                sum += pitch.gain(step, level);
            }
            assertEquals(1, sum, 1e-5);
        }
        assertEquals(1, pitch.gain(0, 0));
        assertEquals(1, pitch.gain(7, 1));
    }

    @Test
    void loudnessFollowsTheLevel() {
        assertEquals(0.25f, new Sounds(Sounds.Tone.LOUDNESS, false).gain(0, 0.25));
    }
}
