package org.anodyne.plugins.vr.sound;

/**
 * Keeps RMS and peak of what leaves the mix below a cap, by a gain computed from the measured levels of each block. It looks
 * one block ahead, so the gain is down before the block that needs it; it comes back slowly. The RMS of each single block is
 * kept, which is stricter than that of any longer time. Thread: one.
 */
final class Cap {
    /** How fast the gain comes back, dB per second (engineering default). */
    static final double RELEASE = 6;

    /** Room for the rounding of a sample to 32 bits. */
    private static final double ROUNDING = 1 - 1e-6;

    private final double rms;
    private final double peak;
    private final double releasePerBlock;
    private float[] waiting;
    private double needed = 1;
    private double gain = 1;
    private double least = 1;

    /**
     * @param rmsDecibels greatest RMS of a block, dBFS
     * @param peakDecibels greatest peak, dBFS
     * @param blockSeconds length of a block
     */
    Cap(double rmsDecibels, double peakDecibels, double blockSeconds, int blockSamples) {
        rms = Levels.amplitude(rmsDecibels);
        peak = Levels.amplitude(peakDecibels);
        releasePerBlock = Levels.amplitude(RELEASE * blockSeconds);
        waiting = new float[blockSamples];
    }

    /** Takes a block of two channels in and gives the one before it out, within the cap. */
    float[] next(float[] block) {
        double needs = need(block);
        float[] out = waiting;
        double from = gain;
        double to = Math.min(Math.min(needed, needs), Math.min(1, gain * releasePerBlock));
        int frames = out.length / 2;
        for (int i = 0; i < frames; i++) {
            // Never above the greater of both ends, each of which the block endures.
            double g = from + (to - from) * (i + 1) / frames;
            out[2 * i] = (float) (out[2 * i] * g);
            out[2 * i + 1] = (float) (out[2 * i + 1] * g);
        }
        gain = to;
        least = Math.min(least, to);
        needed = needs;
        waiting = block.clone();
        return out;
    }

    private double need(float[] block) {
        double p = Levels.peak(block);
        double r = Math.sqrt(louder(block));
        double need = 1;
        if (p > peak) {
            need = peak / p * ROUNDING;
        }
        return r > rms ? Math.min(need, rms / r * ROUNDING) : need;
    }

    /** Mean square of the louder ear. */
    private static double louder(float[] block) {
        double left = 0;
        double right = 0;
        for (int i = 0; i < block.length; i += 2) {
            left += (double) block[i] * block[i];
            right += (double) block[i + 1] * block[i + 1];
        }
        return 2 * Math.max(left, right) / block.length;
    }

    /** By how much the mix was turned down at most since {@link #forget}, dB, 0 or less. */
    double cut() {
        return Levels.decibels(least);
    }

    /** Begins a new measurement of {@link #cut}. */
    void forget() {
        least = gain;
    }
}
