package org.anodyne.export.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Places and labels of an axis' ticks.
 *
 * @param values where
 * @param labels what is written there
 */
record Ticks(double[] values, List<String> labels) {
    private static final double[] TIME_STEPS = {
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400
    };

    /** Round numbers: steps of 1, 2 or 5 times a power of ten; at least two of them. */
    static Ticks linear(double low, double high, int atMost) {
        Ticks ticks = linear(low, high, step((high - low) / Math.max(1, atMost)));
        for (int more = atMost + 1; ticks.values.length < 2 && more < atMost + 12; more++) {
            ticks = linear(low, high, step((high - low) / more));
        }
        return ticks;
    }

    private static Ticks linear(double low, double high, double step) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        boolean large = Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || decimals > 5;
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (double k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            double v = k * step == 0 ? 0 : k * step;
            at.add(v);
            labels.add(large ? exponent(v) : String.format(Locale.ROOT, "%." + decimals + "f", v));
        }
        return of(at, labels);
    }

    private static String exponent(double v) {
        return v == 0
                ? "0"
                : String.format(Locale.ROOT, "%.2e", v)
                        .replaceAll("\\.?0*e([+-])0*(\\d+)", "e$1$2")
                        .replace("e+", "e");
    }

    /** Round whole numbers. */
    static Ticks whole(double high, int atMost) {
        double step = Math.max(1, step(high / atMost));
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (double v = 0; v <= high; v += step) {
            at.add(v);
            labels.add(Html.number(v));
        }
        return of(at, labels);
    }

    /** The least round step that is not below the given one. */
    static double step(double least) {
        if (!(least > 0) || Double.isInfinite(least)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double m : new double[] {1, 2, 5}) {
            if (m * power >= least * (1 - 1e-9)) {
                return m * power;
            }
        }
        return 10 * power;
    }

    /** Session time in seconds. */
    static Ticks time(double high, int atMost) {
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (double s : TIME_STEPS) {
            if (high / s <= atMost) {
                step = s;
                break;
            }
        }
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (long k = 0; k * step <= high * (1 + 1e-9); k++) {
            at.add(k * step);
            labels.add(Html.clock(k * step));
        }
        return of(at, labels);
    }

    /** Powers of ten between two powers of ten given by their exponents; values are exponents. */
    static Ticks decades(double low, double high) {
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        int every = (int) Math.max(1, Math.ceil((high - low) / 6));
        for (int e = (int) Math.ceil(low - 1e-9); e <= high + 1e-9; e += every) {
            at.add((double) e);
            labels.add(e >= -3 && e <= 4 ? Html.number(Math.pow(10, e)) : "1e" + e);
        }
        return of(at, labels);
    }

    private static Ticks of(List<Double> at, List<String> labels) {
        return new Ticks(at.stream().mapToDouble(Double::doubleValue).toArray(), labels);
    }
}
