package org.anodyne.dsp;

import java.util.OptionalDouble;

/**
 * Mean and standard deviation of a stream in one pass, and the distance of a value from that baseline (B. P. Welford, "Note on a
 * method for calculating corrected sums of squares and products", Technometrics 4(3), 1962). Values that are not finite are left out
 * and counted. One thread at a time.
 */
public final class RunningStats implements Resumable {
    private static final int KIND = 0x53544154;
    private static final int VERSION = 1;
    private static final String NAME = "baseline";

    private long count;
    private long skipped;
    private double mean;
    private double squares;

    public void add(double value) {
        if (!Double.isFinite(value)) {
            skipped++;
            return;
        }
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    public void add(double[] values) {
        for (double value : values) {
            add(value);
        }
    }

    /** Number of finite values. */
    public long count() {
        return count;
    }

    /** Number of values left out because they were not finite. */
    public long skipped() {
        return skipped;
    }

    /** In the unit of the values; empty without a value. */
    public OptionalDouble mean() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    /** Sample standard deviation (divided by count - 1), in the unit of the values; empty with fewer than two values. */
    public OptionalDouble standardDeviation() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / (count - 1)));
    }

    /** (value - mean) / standard deviation; empty with fewer than two values, when all were equal, or for a value that is not finite. */
    public OptionalDouble zScore(double value) {
        OptionalDouble deviation = standardDeviation();
        if (deviation.isEmpty() || !(deviation.getAsDouble() > 0) || !Double.isFinite(value)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((value - mean) / deviation.getAsDouble());
    }

    /** Forgets all values. */
    public void reset() {
        count = 0;
        skipped = 0;
        mean = 0;
        squares = 0;
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 8 * 4)
                .putLong(count)
                .putLong(skipped)
                .putDouble(mean)
                .putDouble(squares)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        long savedCount = in.getLong();
        long savedSkipped = in.getLong();
        double savedMean = in.getDouble();
        double savedSquares = in.getDouble();
        in.end();
        if (savedCount < 0 || savedSkipped < 0 || !(savedSquares >= 0)) {
            throw in.damaged("it holds impossible counts");
        }
        count = savedCount;
        skipped = savedSkipped;
        mean = savedMean;
        squares = savedSquares;
    }
}
