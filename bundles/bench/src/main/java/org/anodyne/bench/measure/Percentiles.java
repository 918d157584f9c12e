package org.anodyne.bench.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** All measured values of one figure; exact percentiles by the nearest-rank rule. Thread: several may add. */
public final class Percentiles {
    private long[] nanos = new long[1024];
    private int count;

    public synchronized void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = value;
    }

    public synchronized int count() {
        return count;
    }

    /** p50, p90, p99, p999 and max in milliseconds, and how many values there are. */
    public synchronized Map<String, Object> millis() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("p50", at(sorted, 0.5));
        m.put("p90", at(sorted, 0.9));
        m.put("p99", at(sorted, 0.99));
        m.put("p999", at(sorted, 0.999));
        m.put("max", at(sorted, 1));
        m.put("count", sorted.length);
        return m;
    }

    private static double at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
