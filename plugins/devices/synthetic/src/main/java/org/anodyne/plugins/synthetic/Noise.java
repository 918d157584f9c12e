package org.anodyne.plugins.synthetic;

/**
 * Random values that are functions of their place: the same place gives the same value whatever was asked before, so a
 * signal made of them does not depend on how it is cut into blocks. The mixing function is that of SplitMix64 (G. Steele,
 * D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Octaves of the 1/f noise: from every sample down to every 2^14 samples. */
    private static final int OCTAVES = 15;

    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    /** Uniform in [0, 1). */
    double uniform(long stream, long place) {
        return (mix(mix(seed + GOLDEN * (stream + 1)) + GOLDEN * place) >>> 11) * 0x1.0p-53;
    }

    /** Mean 0, variance 1, about normal: the sum of twelve uniform values, less six. */
    double normal(long stream, long place) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += uniform(stream, place * 12 + i);
        }
        return sum - 6;
    }

    /**
     * 1/f noise with variance of about 1: equal power in each octave, which is the sum of value noises whose grids
     * double in width.
     */
    double pink(long stream, long place) {
        double sum = 0;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += smooth(stream * OCTAVES + octave, place, 1L << octave);
        }
        // A smoothed value has on average 26/35 of the variance of the grid's values.
        return sum / Math.sqrt(1 + (OCTAVES - 1) * 26.0 / 35);
    }

    /** Normal values on a grid of this width, joined without a kink (smoothstep). */
    double smooth(long stream, long place, long width) {
        long cell = Math.floorDiv(place, width);
        double from = normal(stream, cell);
        if (width == 1) {
            return from;
        }
        double along = Math.floorMod(place, width) / (double) width;
        double weight = along * along * (3 - 2 * along);
        return from + weight * (normal(stream, cell + 1) - from);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
