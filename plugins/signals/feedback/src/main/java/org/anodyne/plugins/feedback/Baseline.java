package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.anodyne.dsp.RunningStats;

/**
 * What the feature was like in the baseline phase: mean and standard deviation of the smoothed values, and how long the
 * values before smoothing remember. Values that are not finite are left out.
 */
final class Baseline {
    /** So many values, at 4 a second more than half an hour, tell how long the feature remembers; later ones do not. */
    private static final int KEPT = 8192;

    /** Correlations are looked at up to this part of the phase; beyond it too few pairs are left. Engineering default. */
    private static final int PART = 4;

    private final RunningStats smoothed = new RunningStats();
    private double[] values = new double[64];
    private int size;
    private long firstNanos;
    private long lastNanos;

    /**
     * What was found.
     *
     * @param count of finite values
     * @param mean of the smoothed feature
     * @param standardDeviation of the smoothed feature (sample); NaN with fewer than two values
     * @param autocorrelationNanos time until the correlation of the feature with itself, before smoothing, has fallen to
     *     1/e; 0 when successive values are not correlated
     */
    record Findings(long count, double mean, double standardDeviation, long autocorrelationNanos) {
        boolean usable() {
            return standardDeviation > 0;
        }
    }

    void add(long timeNanos, double value, double smooth) {
        smoothed.add(smooth);
        if (size == KEPT) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        if (size == 0) {
            firstNanos = timeNanos;
        }
        lastNanos = timeNanos;
        values[size++] = value;
    }

    Findings findings() {
        return new Findings(
                smoothed.count(),
                smoothed.mean().orElse(Double.NaN),
                smoothed.standardDeviation().orElse(Double.NaN),
                size < 2 ? 0 : Math.round(stepsToDecay() * (lastNanos - firstNanos) / (size - 1)));
    }

    /** Steps until the autocorrelation has fallen to 1/e, between two lags on the straight line. */
    private double stepsToDecay() {
        double mean = Arrays.stream(values, 0, size).average().orElse(0);
        double variance = product(0, mean);
        if (!(variance > 0)) {
            return 0;
        }
        double limit = 1 / StrictMath.E;
        double before = 1;
        int most = Math.max(1, size / PART);
        for (int lag = 1; lag <= most; lag++) {
            double correlation = product(lag, mean) / variance;
            if (correlation <= limit) {
                // Below one step the line would make uncorrelated values remember.
                return lag == 1
                        ? correlation <= 0 ? 0 : -1 / StrictMath.log(correlation)
                        : lag - 1 + (before - limit) / (before - correlation);
            }
            before = correlation;
        }
        return most;
    }

    private double product(int lag, double mean) {
        double sum = 0;
        for (int i = lag; i < size; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / (size - lag);
    }

    void write(DataOutputStream out) throws IOException {
        byte[] state = smoothed.state();
        out.writeInt(state.length);
        out.write(state);
        out.writeLong(firstNanos);
        out.writeLong(lastNanos);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeDouble(values[i]);
        }
    }

    static Baseline read(DataInputStream in) throws IOException {
        Baseline baseline = new Baseline();
        baseline.smoothed.restore(in.readNBytes(in.readInt()));
        baseline.firstNanos = in.readLong();
        baseline.lastNanos = in.readLong();
        int size = in.readInt();
        if (size < 0 || size > KEPT) {
            throw new IllegalArgumentException("a baseline of " + size + " values");
        }
        baseline.values = new double[Math.max(1, size)];
        for (int i = 0; i < size; i++) {
            baseline.values[i] = in.readDouble();
        }
        baseline.size = size;
        return baseline;
    }
}
