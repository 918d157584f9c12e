package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The finite values of the last so many nanoseconds, in the order of time and in that of size. Percentiles lie on the
 * straight line between the neighbours in rank: at (n − 1) p / 100, as numpy's default does (R. J. Hyndman, Y. Fan, "Sample
 * quantiles in statistical packages", The American Statistician 50(4), 1996, definition 7). Nothing is allocated once it
 * has been full.
 */
final class RunningWindow {
    /** Ten minutes at 100 values a second; of more, the oldest go. */
    private static final int MOST = 60_000;

    private final long overNanos;
    private long[] times = new long[256];
    private double[] values = new double[256];
    private double[] sorted = new double[256];
    private int first;
    private int size;

    RunningWindow(long overNanos) {
        this.overNanos = overNanos;
    }

    int size() {
        return size;
    }

    /** From the oldest to the newest, nanoseconds. */
    long spanNanos() {
        return size == 0 ? 0 : times[(first + size - 1) % times.length] - times[first];
    }

    void add(long timeNanos, double value) {
        while (size > 0 && (times[first] <= timeNanos - overNanos || size == MOST)) {
            removeFirst();
        }
        if (size == times.length) {
            grow();
        }
        int place = (first + size) % times.length;
        times[place] = timeNanos;
        values[place] = value;
        int rank = rank(value);
        System.arraycopy(sorted, rank, sorted, rank + 1, size - rank);
        sorted[rank] = value;
        size++;
    }

    private void removeFirst() {
        int rank = rank(values[first]);
        System.arraycopy(sorted, rank + 1, sorted, rank, size - rank - 1);
        first = (first + 1) % times.length;
        size--;
    }

    private int rank(double value) {
        int found = Arrays.binarySearch(sorted, 0, size, value);
        return found < 0 ? -found - 1 : found;
    }

    private void grow() {
        long[] longerTimes = new long[2 * times.length];
        double[] longerValues = new double[2 * times.length];
        for (int i = 0; i < size; i++) {
            longerTimes[i] = times[(first + i) % times.length];
            longerValues[i] = values[(first + i) % times.length];
        }
        times = longerTimes;
        values = longerValues;
        sorted = Arrays.copyOf(sorted, longerTimes.length);
        first = 0;
    }

    /** NaN without a value. */
    double percentile(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        double place = (size - 1) * percent / 100;
        int below = (int) place;
        double low = sorted[below];
        return below + 1 < size ? low + (place - below) * (sorted[below + 1] - low) : low;
    }

    /** NaN without a value. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += sorted[i];
        }
        return sum / size;
    }

    /** Sample standard deviation; NaN with fewer than two values. Summed up in order of size, the same bits each time. */
    double standardDeviation() {
        if (size < 2) {
            return Double.NaN;
        }
        double mean = mean();
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (sorted[i] - mean) * (sorted[i] - mean);
        }
        return Math.sqrt(squares / (size - 1));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(times[(first + i) % times.length]);
            out.writeDouble(values[(first + i) % times.length]);
        }
    }

    void read(DataInputStream in) throws IOException {
        int saved = in.readInt();
        if (saved < 0 || saved > MOST) {
            throw new IllegalArgumentException("a window of " + saved + " values");
        }
        for (int i = 0; i < saved; i++) {
            long time = in.readLong();
            double value = in.readDouble();
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a window with a value that is none");
            }
            add(time, value);
        }
    }
}
