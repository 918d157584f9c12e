package org.anodyne.formats.xdf;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts durations in buckets whose width grows with the duration (32 per doubling, so a value is known to about 3 %). Recording
 * is lock-free and safe from any thread; a {@link #snapshot} taken meanwhile may miss what is being recorded.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray((64 - SUB_BITS) * SUB);
    private final AtomicLong max = new AtomicLong();

    /**
     * A moment of the histogram; durations in nanoseconds, 0 when nothing was recorded.
     *
     * @param count number of durations
     * @param p50 half were no longer
     * @param p90 nine of ten were no longer
     * @param p99 99 of 100 were no longer
     * @param p999 999 of 1000 were no longer
     * @param max the longest, exactly
     */
    public record Snapshot(long count, long p50, long p90, long p99, long p999, long max) {}

    /** Counts a duration in nanoseconds; below 0 counts as 0. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts.incrementAndGet(index(value));
        max.accumulateAndGet(value, Math::max);
    }

    static int index(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (exponent + 1) * SUB + (int) (value >>> exponent) - SUB;
    }

    /** The largest value that falls into the bucket. */
    static long upper(int index) {
        if (index < SUB) {
            return index;
        }
        int exponent = index / SUB - 1;
        return ((long) (index % SUB + SUB + 1) << exponent) - 1;
    }

    /** What has been recorded up to now. */
    public Snapshot snapshot() {
        long[] copy = new long[counts.length()];
        long total = 0;
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
            total += copy[i];
        }
        long longest = max.get();
        return new Snapshot(
                total,
                quantile(copy, total, 0.5, longest),
                quantile(copy, total, 0.9, longest),
                quantile(copy, total, 0.99, longest),
                quantile(copy, total, 0.999, longest),
                longest);
    }

    private static long quantile(long[] counts, long total, double part, long longest) {
        long rank = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < counts.length && rank > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(upper(i), longest);
            }
        }
        return longest;
    }
}
