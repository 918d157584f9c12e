package org.anodyne.export.facts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percentiles by nearest rank: the least value that at least p of all values do not exceed. Values in milliseconds. */
public final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of nanoseconds. */
    public static Percentiles ofNanos(Iterable<Long> nanos) {
        var all = new java.util.ArrayList<Double>();
        nanos.forEach(n -> all.add(n / 1e6));
        double[] millis = all.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(millis);
        return new Percentiles(millis);
    }

    public int count() {
        return sorted.length;
    }

    /** In rising order; a copy. */
    public double[] values() {
        return sorted.clone();
    }

    /** The p-quantile; null when there is no value. */
    public Double at(double p) {
        if (sorted.length == 0) {
            return null;
        }
        // The guard keeps 0.999 × 1000 at rank 999 although the product is a hair above it.
        int rank = (int) Math.ceil(p * sorted.length - 1e-9);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }

    /** {@code count, p50, p99, p999, max}; null where there is no value. */
    public Map<String, Object> map() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("count", (long) sorted.length);
        m.put("p50", at(0.5));
        m.put("p99", at(0.99));
        m.put("p999", at(0.999));
        m.put("max", at(1));
        return m;
    }
}
