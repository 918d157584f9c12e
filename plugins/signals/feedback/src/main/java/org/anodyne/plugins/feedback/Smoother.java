package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Exponential smoothing over values at any times: s += (1 - exp(-dt / tau)) (x - s), from the first value on. */
final class Smoother {
    private final long tauNanos;
    private double value = Double.NaN;
    private long timeNanos;

    Smoother(long tauNanos) {
        this.tauNanos = tauNanos;
    }

    /** Takes a finite value in; what is smooth now. */
    double add(long time, double x) {
        value = Double.isNaN(value) ? x : value + weight(time - timeNanos, tauNanos) * (x - value);
        timeNanos = time;
        return value;
    }

    /** What a new value counts so long after the one before it; 1 without smoothing. The same bits on every machine. */
    static double weight(long gapNanos, long tauNanos) {
        return 1 - persistence(gapNanos, tauNanos);
    }

    /** exp(-gap / tau): what is left after a gap; 0 where nothing persists. */
    static double persistence(long gapNanos, long tauNanos) {
        return tauNanos <= 0 ? 0 : StrictMath.exp(-Math.max(0, gapNanos) / (double) tauNanos);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(value);
        out.writeLong(timeNanos);
    }

    void read(DataInputStream in) throws IOException {
        value = in.readDouble();
        timeNanos = in.readLong();
    }
}
