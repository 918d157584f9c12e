package org.anodyne.plugins.vr.sound;

/**
 * Levels in dB full scale: 20 log10 of a root mean square or of a peak, of samples from −1 to 1. A sine that just reaches ±1
 * so has an RMS of −3.01 dBFS and a peak of 0 dBFS.
 */
public final class Levels {
    /** What is told of silence, dBFS: below the least step of 24 bits. */
    public static final double FLOOR = -150;

    private double squares;
    private long samples;
    private double peak;

    /** Level of this amplitude or RMS, dBFS; {@link #FLOOR} for silence. */
    public static double decibels(double amplitude) {
        return amplitude <= 0 ? FLOOR : Math.max(FLOOR, 20 * Math.log10(amplitude));
    }

    /** Amplitude of this level. */
    public static double amplitude(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    /** Mean square of a block. */
    static double power(float[] block) {
        double sum = 0;
        for (float v : block) {
            sum += (double) v * v;
        }
        return sum / block.length;
    }

    /** Greatest absolute value of a block. */
    static double peak(float[] block) {
        float most = 0;
        for (float v : block) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    /** Takes these samples in, all channels alike. */
    public void add(float[] block) {
        squares += power(block) * block.length;
        samples += block.length;
        peak = Math.max(peak, peak(block));
    }

    /** Root mean square over time and channels of what came in, dBFS. */
    public double rms() {
        return samples == 0 ? FLOOR : decibels(Math.sqrt(squares / samples));
    }

    /** Greatest peak of what came in, dBFS. */
    public double peak() {
        return decibels(peak);
    }
}
