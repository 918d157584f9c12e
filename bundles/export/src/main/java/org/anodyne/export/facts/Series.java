package org.anodyne.export.facts;

import java.util.Arrays;

/** A feature over time, as it was recorded. Grows; one thread. */
public final class Series {
    private final String slot;
    private final String feature;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;

    Series(String slot, String feature) {
        this.slot = slot;
        this.feature = feature;
    }

    void add(long timeNanos, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        times[size] = timeNanos;
        values[size++] = value;
    }

    public String slot() {
        return slot;
    }

    /** Name within the slot; {@code name[2]} for the third component of a vector. */
    public String feature() {
        return feature;
    }

    /** {@code slot/feature}. */
    public String name() {
        return slot + "/" + feature;
    }

    public int size() {
        return size;
    }

    /** Session time, nanoseconds. */
    public long timeNanos(int i) {
        return times[i];
    }

    public double value(int i) {
        return values[i];
    }

    /** Mean, least and greatest of the finite values with from &lt; time ≤ to; {@code count} 0 when there is none. */
    public Statistics within(long from, long to) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int n = 0;
        for (int i = 0; i < size; i++) {
            if (times[i] > from && times[i] <= to && Double.isFinite(values[i])) {
                sum += values[i];
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
                n++;
            }
        }
        return new Statistics(n, sum / n, least, greatest);
    }

    /** Of the finite values; the other numbers mean nothing when {@code count} is 0. */
    public record Statistics(int count, double mean, double least, double greatest) {}
}
