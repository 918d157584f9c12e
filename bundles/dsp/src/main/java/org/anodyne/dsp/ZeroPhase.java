package org.anodyne.dsp;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;

/**
 * Filters a whole signal forwards and then backwards, so that nothing is delayed and the gain is squared; for stored signals, since
 * it looks ahead. The ends are continued by the signal turned round its end point, and the filter starts settled there (F.
 * Gustafsson, "Determining the initial states in forward-backward filtering", IEEE Trans. Signal Process. 44(4), 1996, for the
 * problem; padding and start are those of scipy's {@code sosfiltfilt} and {@code filtfilt}).
 */
public final class ZeroPhase {
    private ZeroPhase() {}

    /**
     * {@code scipy.signal.sosfiltfilt(sos, x)}.
     *
     * @param x more samples than the padding, which is 3 × (2 × sections + 1), or less where all sections but some are of first
     *     order; not changed
     * @throws IllegalArgumentException when the signal is too short
     */
    public static double[] filter(Sos design, double[] x) {
        int zeros = 0;
        int poles = 0;
        for (int s = 0; s < design.size(); s++) {
            zeros += design.at(s, 2) == 0 ? 1 : 0;
            poles += design.at(s, 5) == 0 ? 1 : 0;
        }
        SosFilter filter = design.filter();
        return run(x, 3 * (2 * design.size() + 1 - Math.min(zeros, poles)), filter::settle, filter::next);
    }

    /**
     * {@code scipy.signal.filtfilt(taps, 1, x)}.
     *
     * @param x more than 3 × taps samples; not changed
     * @throws IllegalArgumentException when the signal is too short
     */
    public static double[] filter(Fir design, double[] x) {
        FirFilter filter = design.filter();
        return run(x, 3 * design.size(), filter::settle, filter::next);
    }

    private static double[] run(double[] x, int edge, DoubleConsumer settle, DoubleUnaryOperator next) {
        if (x.length <= edge) {
            throw new IllegalArgumentException("Filtering both ways continues the signal by " + edge
                    + " samples at each end and needs more than those, but got " + x.length
                    + "; use a longer signal or a shorter filter.");
        }
        int n = x.length;
        double[] y = new double[n + 2 * edge];
        System.arraycopy(x, 0, y, edge, n);
        for (int i = 1; i <= edge; i++) {
            y[edge - i] = 2 * x[0] - x[i];
            y[edge + n - 1 + i] = 2 * x[n - 1] - x[n - 1 - i];
        }
        pass(y, settle, next);
        reverse(y);
        pass(y, settle, next);
        reverse(y);
        double[] out = new double[n];
        System.arraycopy(y, edge, out, 0, n);
        return out;
    }

    private static void pass(double[] y, DoubleConsumer settle, DoubleUnaryOperator next) {
        settle.accept(y[0]);
        for (int i = 0; i < y.length; i++) {
            y[i] = next.applyAsDouble(y[i]);
        }
    }

    private static void reverse(double[] x) {
        for (int i = 0, j = x.length - 1; i < j; i++, j--) {
            double swapped = x[i];
            x[i] = x[j];
            x[j] = swapped;
        }
    }
}
