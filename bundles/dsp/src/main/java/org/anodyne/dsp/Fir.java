package org.anodyne.dsp;

import java.util.Arrays;

/**
 * A digital filter with a finite impulse response. Immutable; the memory of a running filter lives in {@link FirFilter}.
 *
 * <p>The design functions use the window method: the ideal response, cut to length by a window and scaled to a gain of exactly 1 in
 * the middle of the first pass band (A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal Processing", chapter 7; equal to {@code
 * scipy.signal.firwin}). Designed filters have linear phase: everything comes late by (taps - 1) / 2 samples. At a cut-off the gain
 * is about 1/2, not 1/√2 as with {@link Butterworth}.
 */
public final class Fir {
    private static final int MAX_TAPS = 1 << 20;

    private final double[] taps;

    private Fir(double[] taps) {
        this.taps = taps;
    }

    /**
     * Taps designed elsewhere.
     *
     * @param taps the impulse response, one or more finite numbers; copied
     */
    public static Fir of(double[] taps) {
        if (taps.length == 0) {
            throw new IllegalArgumentException("A filter needs at least one tap.");
        }
        for (int i = 0; i < taps.length; i++) {
            if (!Double.isFinite(taps[i])) {
                throw new IllegalArgumentException("Tap " + i + " of the filter is not finite.");
            }
        }
        return new Fir(taps.clone());
    }

    /**
     * Passes what is slower than the cut-off.
     *
     * @param taps length of the impulse response
     * @param cutoff in hertz, between 0 and half the sampling rate
     * @param samplingRate in hertz
     */
    public static Fir lowPass(int taps, double cutoff, double samplingRate, Window window) {
        return design(taps, window, 0, relative(cutoff, samplingRate));
    }

    /** Passes what is faster than the cut-off. Parameters as for {@link #lowPass}; the number of taps must be odd. */
    public static Fir highPass(int taps, double cutoff, double samplingRate, Window window) {
        return design(taps, window, relative(cutoff, samplingRate), 1);
    }

    /**
     * Passes what lies between two frequencies.
     *
     * @param low lower cut-off in hertz
     * @param high upper cut-off in hertz
     */
    public static Fir bandPass(int taps, double low, double high, double samplingRate, Window window) {
        double from = relative(low, samplingRate);
        double to = relative(high, samplingRate);
        Butterworth.checkOrder(low, high);
        return design(taps, window, from, to);
    }

    /** Stops what lies between two frequencies. Parameters as for {@link #bandPass}; the number of taps must be odd. */
    public static Fir bandStop(int taps, double low, double high, double samplingRate, Window window) {
        double from = relative(low, samplingRate);
        double to = relative(high, samplingRate);
        Butterworth.checkOrder(low, high);
        return design(taps, window, 0, from, to, 1);
    }

    /** As a share of half the sampling rate. */
    private static double relative(double frequency, double samplingRate) {
        Periodogram.checkRate(samplingRate);
        if (!(frequency > 0 && frequency < samplingRate / 2)) {
            throw new IllegalArgumentException("A cut-off must lie between 0 and half the sampling rate ("
                    + samplingRate / 2 + " Hz), not at " + frequency + " Hz.");
        }
        return frequency / (0.5 * samplingRate);
    }

    /** Edges: from, to of one or two pass bands, as shares of half the sampling rate. */
    static Fir design(int taps, Window window, double... edges) {
        if (taps < 1 || taps > MAX_TAPS) {
            throw new IllegalArgumentException("A filter has 1 to " + MAX_TAPS + " taps, not " + taps + ".");
        }
        if (taps % 2 == 0 && edges[edges.length - 1] == 1) {
            throw new IllegalArgumentException("A filter of " + taps
                    + " taps, an even number, passes nothing at half the sampling rate; use " + (taps + 1) + ".");
        }
        double middle = 0.5 * (taps - 1);
        double first = edges[0] == 0 ? 0 : edges[1] == 1 ? 1 : 0.5 * (edges[0] + edges[1]);
        double[] shape = window.symmetric(taps);
        double[] h = new double[taps];
        double gain = 0;
        // One half is computed and mirrored, so that rounding does not spoil the linear phase.
        for (int i = 0; i < (taps + 1) / 2; i++) {
            double m = i - middle;
            for (int e = 0; e < edges.length; e += 2) {
                h[i] += edges[e + 1] * sinc(edges[e + 1] * m) - edges[e] * sinc(edges[e] * m);
            }
            h[i] *= shape[i];
            double share = h[i] * StrictMath.cos(Math.PI * m * first);
            gain += m == 0 ? share : 2 * share;
            h[taps - 1 - i] = h[i];
        }
        for (int i = 0; i < taps; i++) {
            h[i] /= gain;
        }
        return new Fir(h);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    }

    /** Number of taps. */
    public int size() {
        return taps.length;
    }

    /** A copy of the impulse response. */
    public double[] taps() {
        return taps.clone();
    }

    double tap(int i) {
        return taps[i];
    }

    /**
     * By how many samples the envelope of an oscillation of this frequency comes late: the negative slope of the phase (equal to
     * {@code scipy.signal.group_delay}). NaN where the filter passes nothing, since there is no phase.
     *
     * @param frequency in hertz, from 0 to half the sampling rate
     * @param samplingRate in hertz
     */
    public double groupDelaySamples(double frequency, double samplingRate) {
        return GroupDelay.ofPolynomial(taps, GroupDelay.angle(frequency, samplingRate));
    }

    /** A filter with this design and no memory yet. */
    public FirFilter filter() {
        return new FirFilter(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fir fir && Arrays.equals(taps, fir.taps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(taps);
    }
}
