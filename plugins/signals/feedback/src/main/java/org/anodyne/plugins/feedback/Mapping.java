package org.anodyne.plugins.feedback;

/**
 * From the feature to the level: a straight line, cut off at 0 and 1.
 *
 * @param low feature for level 0
 * @param high feature for level 1; may be below {@code low}
 */
record Mapping(double low, double high) {
    /** Whether it is a line at all. */
    boolean usable() {
        return Double.isFinite(low) && Double.isFinite(high) && low != high;
    }

    /** Level of a feature; NaN for NaN. */
    double level(double feature) {
        return cut((feature - low) / (high - low));
    }

    /** Within 0 and 1; NaN for NaN. */
    static double cut(double level) {
        return Math.max(0, Math.min(1, level));
    }

    /** The line through a baseline. */
    static Mapping of(Baseline.Findings baseline, double spread, boolean down) {
        double half = spread * baseline.standardDeviation() * (down ? -1 : 1);
        return new Mapping(baseline.mean() - half, baseline.mean() + half);
    }
}
