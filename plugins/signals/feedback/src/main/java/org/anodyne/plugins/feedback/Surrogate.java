package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A level that looks like feedback and is none: a first-order autoregressive process (x of the next value = phi x + noise,
 * phi = exp(-dt / T)) smoothed like the live feature, so that it is as rough as that one, and scaled to a given mean and
 * standard deviation. It is made of random numbers and the times of the values alone; the live values do not enter.
 */
final class Surrogate {
    /**
     * What it is like.
     *
     * @param mean level
     * @param deviation standard deviation of the level before it is cut off at 0 and 1
     * @param timeNanos autocorrelation time of the process before smoothing
     */
    record Kind(double mean, double deviation, long timeNanos) {}

    private final long smoothingNanos;
    private Noise noise;
    private boolean begun;
    private long timeNanos;
    private double process;
    private double smooth;

    Surrogate(long seed, long smoothingNanos) {
        this.smoothingNanos = smoothingNanos;
        noise = new Noise(seed);
    }

    /** The level at the time of the next value. */
    double next(long time, Kind kind) {
        if (!begun) {
            begun = true;
            timeNanos = time;
            process = noise.normal();
            // As if it had gone on for ever; how the two hang together at first is forgotten within the smoothing.
            smooth = noise.normal();
            return level(kind);
        }
        double phi = Smoother.persistence(time - timeNanos, kind.timeNanos());
        double weight = Smoother.weight(time - timeNanos, smoothingNanos);
        timeNanos = time;
        process = phi * process + StrictMath.sqrt(1 - phi * phi) * noise.normal();
        smooth += weight * (process / StrictMath.sqrt(variance(phi, weight)) - smooth);
        return level(kind);
    }

    private double level(Kind kind) {
        return Mapping.cut(kind.mean() + kind.deviation() * smooth);
    }

    /**
     * Variance that is left of a first-order autoregressive process of variance 1 after exponential smoothing: from
     * y = b y + w x with b = 1 - w follows var y = w (1 + b phi) / ((2 - w) (1 - b phi)).
     */
    static double variance(double phi, double weight) {
        double kept = (1 - weight) * phi;
        return weight * (1 + kept) / ((2 - weight) * (1 - kept));
    }

    /** Forgets where it was, not what it has drawn. */
    void restart() {
        begun = false;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(noise.state());
        out.writeBoolean(begun);
        out.writeLong(timeNanos);
        out.writeDouble(process);
        out.writeDouble(smooth);
    }

    void read(DataInputStream in) throws IOException {
        noise = new Noise(in.readLong());
        begun = in.readBoolean();
        timeNanos = in.readLong();
        process = in.readDouble();
        smooth = in.readDouble();
    }
}
