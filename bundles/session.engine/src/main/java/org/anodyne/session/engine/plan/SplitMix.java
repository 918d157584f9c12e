package org.anodyne.session.engine.plan;

import java.nio.charset.StandardCharsets;

/**
 * SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014; constants of Stafford's
 * variant 13), written out so that a seed gives the same numbers on every Java version.
 */
public final class SplitMix {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix(long seed) {
        this.state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to {@code bound - 1}, each as likely as the other. */
    public int below(int bound) {
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        long bits = next() >>> 1;
        while (bits >= limit) {
            bits = next() >>> 1;
        }
        return (int) (bits % bound);
    }

    /** A seed of its own for a slot: the first number of a generator seeded with the session's seed and the slot's name. */
    public static long seedOf(long session, String slot) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : slot.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new SplitMix(session ^ hash).next();
    }
}
