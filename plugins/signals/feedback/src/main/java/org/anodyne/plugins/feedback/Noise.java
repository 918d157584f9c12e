package org.anodyne.plugins.feedback;

/**
 * Normal random numbers whose whole state is one number, so that a successor goes on with them. SplitMix64 (G. Steele,
 * D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) and the transform of Box and Muller
 * ("A note on the generation of random normal deviates", Ann. Math. Stat. 29, 1958).
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Noise(long seed) {
        state = seed;
    }

    long state() {
        return state;
    }

    /** Mean 0, variance 1; the same bits on every machine. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** Uniform in [0, 1). */
    private double uniform() {
        state += GOLDEN;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return ((z ^ z >>> 31) >>> 11) * 0x1.0p-53;
    }
}
