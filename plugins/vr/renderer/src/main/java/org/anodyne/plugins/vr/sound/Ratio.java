package org.anodyne.plugins.vr.sound;

import java.util.OptionalDouble;

/**
 * The gain that keeps noise at a set level over the ambience: from the power of the ambience as it was measured at the output
 * over the latest window, which should be as long as its loop, and the power of the noise. Thread: one.
 */
final class Ratio {
    /** Bounds of the window, seconds: below, pink noise is not yet known to 0.1 dB; above, it would follow too late. */
    static final double SHORTEST = 2;

    static final double LONGEST = 10;

    /** Fastest change of the noise once it is heard, dB per second (engineering default). */
    static final double FOLLOW = 1;

    private static final double RISE_SECONDS = 0.5;

    private final double ratio;
    private final double noisePower;
    private final double blockSeconds;
    private final double[] ring;
    private long blocks;
    private double level;
    private double rise;

    /**
     * @param decibels of noise over ambience
     * @param noisePower of the noise at gain 1, as measured
     */
    Ratio(double decibels, double noisePower, double blockSeconds) {
        this.ratio = Levels.amplitude(decibels);
        this.noisePower = noisePower;
        this.blockSeconds = blockSeconds;
        ring = new double[(int) Math.ceil(LONGEST / blockSeconds)];
    }

    /**
     * A block of ambience was measured.
     *
     * @param power its mean square
     * @param loopSeconds how long the ambience is
     * @return gain of the noise at the end of the block; empty until a whole window of ambience was heard
     */
    OptionalDouble next(double power, double loopSeconds) {
        if (blocks == 0 && power == 0) {
            return OptionalDouble.empty();
        }
        ring[(int) (blocks % ring.length)] = power;
        blocks++;
        int window = (int) Math.round(Math.max(SHORTEST, Math.min(LONGEST, loopSeconds)) / blockSeconds);
        if (rise == 0 && blocks < window) {
            return OptionalDouble.empty();
        }
        double target = ratio * Math.sqrt(mean((int) Math.min(window, blocks)) / noisePower);
        double step = Levels.amplitude(FOLLOW * blockSeconds);
        // The first level is taken as it is; later ones are followed.
        level = rise == 0 ? target : Math.max(level / step, Math.min(level * step, target));
        rise = Math.min(1, rise + blockSeconds / RISE_SECONDS);
        return OptionalDouble.of(level * rise);
    }

    /** Whether noise is heard. */
    boolean heard() {
        return rise > 0;
    }

    /** Gain that it has or rises to. */
    double level() {
        return level;
    }

    private double mean(int count) {
        double sum = 0;
        for (long i = blocks - count; i < blocks; i++) {
            sum += ring[(int) (i % ring.length)];
        }
        return sum / count;
    }
}
