package org.anodyne.plugins.vr.sound;

import java.util.SplittableRandom;

/**
 * Endless noise, independent in both ears. White has the same power in each hertz. Pink has the same power in each octave: a
 * sum of independent relaxations with corner frequencies an octave apart, whose powers fall with the corner, which follows
 * 1/f within 0.3 dB between the lowest corner and a quarter of the sample rate. The RMS of both is 1 in the long run.
 */
public final class Noise {
    /** How its power is spread over frequency. */
    public enum Kind {
        WHITE,
        PINK
    }

    private static final double LOWEST_HZ = 12;
    private static final int OCTAVES = 11;
    /** Power of a uniform number from −0.5 to 0.5. */
    private static final double UNIFORM_POWER = 1.0 / 12;

    private final SplittableRandom random;
    private final double[] keep;
    private final double[] take;
    private final double[][] state;

    Noise(Kind kind, int rateHz, long seed) {
        random = new SplittableRandom(seed);
        if (kind == Kind.WHITE) {
            keep = new double[] {0};
            take = new double[] {1 / Math.sqrt(UNIFORM_POWER)};
        } else {
            keep = new double[OCTAVES];
            take = new double[OCTAVES];
            for (int i = 0; i < OCTAVES; i++) {
                keep[i] = Math.exp(-2 * Math.PI * LOWEST_HZ * (1 << i) / rateHz);
                // Each relaxation has the same power: its density then falls as its corner rises.
                double power = UNIFORM_POWER / (1 - keep[i] * keep[i]);
                take[i] = Math.sqrt(1 / (OCTAVES * power));
            }
        }
        state = new double[2][keep.length];
    }

    /** Fills a block of two channels. */
    void fill(float[] block) {
        for (int i = 0; i < block.length; i++) {
            double[] s = state[i & 1];
            double sum = 0;
            for (int k = 0; k < s.length; k++) {
                s[k] = keep[k] * s[k] + take[k] * (random.nextDouble() - 0.5);
                sum += s[k];
            }
            block[i] = (float) sum;
        }
    }
}
