package org.anodyne.dsp.physio;

import java.util.OptionalDouble;

/**
 * Heart-rate variability in the time domain: Task Force of the European Society of Cardiology and the North American Society of Pacing
 * and Electrophysiology, "Heart rate variability: standards of measurement, physiological interpretation, and clinical use",
 * Circulation 93, 1996. Intervals may be in any unit of time; results have the same one. An interval that is {@code NaN} is left out,
 * and so are the differences to both its neighbours: nothing is put in its place.
 */
public final class Hrv {
    /** Above this difference of neighbours an interval counts for pNN50, seconds. */
    private static final double FIFTY_MILLISECONDS = 0.05;

    private Hrv() {}

    /** Mean interval; empty without one. */
    public static OptionalDouble mean(double[] intervals) {
        double sum = 0;
        int count = 0;
        for (double interval : intervals) {
            if (!Double.isNaN(interval)) {
                sum += interval;
                count++;
            }
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    /** SDNN: standard deviation of the intervals, divided by n - 1; empty with fewer than two. */
    public static OptionalDouble sdnn(double[] intervals) {
        OptionalDouble mean = mean(intervals);
        double squares = 0;
        int count = 0;
        for (double interval : intervals) {
            if (!Double.isNaN(interval)) {
                double off = interval - mean.getAsDouble();
                squares += off * off;
                count++;
            }
        }
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / (count - 1)));
    }

    /** RMSSD: root of the mean square of differences of neighbours; empty without a pair. */
    public static OptionalDouble rmssd(double[] intervals) {
        double squares = 0;
        int pairs = 0;
        for (int i = 1; i < intervals.length; i++) {
            double difference = intervals[i] - intervals[i - 1];
            if (!Double.isNaN(difference)) {
                squares += difference * difference;
                pairs++;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / pairs));
    }

    /**
     * pNN50 as a share from 0 to 1: of all pairs of neighbours, those that differ by more than 50 ms; empty without a pair.
     *
     * @param intervals in seconds
     */
    public static OptionalDouble pnn50(double[] intervals) {
        int far = 0;
        int pairs = 0;
        for (int i = 1; i < intervals.length; i++) {
            double difference = Math.abs(intervals[i] - intervals[i - 1]);
            if (!Double.isNaN(difference)) {
                pairs++;
                // A difference of two decimal fractions is not exact: 50 ms itself must not count.
                far += difference > FIFTY_MILLISECONDS + 1e-9 ? 1 : 0;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) far / pairs);
    }
}
