package org.anodyne.dsp;

import java.math.BigInteger;

/**
 * Resampling by a ratio of two whole numbers: as if the signal were filled up with zeros to {@code up} times its rate, low-pass
 * filtered there, and thinned out by {@code down}, with only the products computed that are not zero (R. E. Crochiere, L. R. Rabiner,
 * "Multirate Digital Signal Processing", 1983). Filter, alignment and ends are those of {@code scipy.signal.resample_poly}: a
 * Kaiser window of 20 × max(up, down) + 1 taps, centred, so that output sample m lies at the time of input sample m × down / up; zeros
 * before and after the signal. Immutable.
 */
public final class Polyphase {
    private static final int MOST = 10_000;

    /** scipy's default. */
    private static final Window WINDOW = Window.kaiser(5);

    private final int up;
    private final int down;
    private final int half;
    private final double[] taps;

    private Polyphase(int up, int down) {
        this.up = up;
        this.down = down;
        int most = Math.max(up, down);
        this.half = most == 1 ? 0 : 10 * most;
        this.taps = most == 1
                ? new double[] {1}
                : Fir.design(2 * half + 1, WINDOW, 0, 1.0 / most).taps();
        for (int k = 0; k < taps.length; k++) {
            taps[k] *= up;
        }
    }

    /**
     * The new rate is {@code up / down} times the old one.
     *
     * @param up from 1 to 10 000 after cancelling
     * @param down from 1 to 10 000 after cancelling
     */
    public static Polyphase of(int up, int down) {
        int common = up > 0 && down > 0
                ? BigInteger.valueOf(up).gcd(BigInteger.valueOf(down)).intValue()
                : 1;
        if (up < 1 || down < 1 || up / common > MOST || down / common > MOST) {
            throw new IllegalArgumentException("A ratio for resampling is made of two whole numbers from 1 to " + MOST
                    + ", not " + up + "/" + down + ".");
        }
        return new Polyphase(up / common, down / common);
    }

    /** Output samples per {@link #down()} input samples. */
    public int up() {
        return up;
    }

    public int down() {
        return down;
    }

    int half() {
        return half;
    }

    /** How many output samples {@code length} input samples give, the last ones with zeros for what comes after. */
    public int length(int length) {
        return (int) (((long) length * up + down - 1) / down);
    }

    /**
     * Resamples a whole signal.
     *
     * @param x finite samples; not changed
     */
    public double[] resample(double[] x) {
        double[] out = new double[length(x.length)];
        for (int m = 0; m < out.length; m++) {
            long centre = (long) m * down + half;
            long last = Math.min(x.length - 1, centre / up);
            double y = 0;
            for (long n = oldest(m); n <= last; n++) {
                y += n < 0 ? 0 : x[(int) n] * tap(centre - n * up);
            }
            out[m] = y;
        }
        return out;
    }

    /** The first input sample that output sample m needs; may be negative. */
    long oldest(long m) {
        return -Math.floorDiv(half - m * down, (long) up);
    }

    /** How many output samples can be told from this many input samples alone. */
    long ready(long taken) {
        return Math.max(0, -Math.floorDiv(half - taken * up, (long) down));
    }

    double tap(long k) {
        return taps[(int) k];
    }

    /** The same for a stream. */
    public PolyphaseStream stream() {
        return new PolyphaseStream(this);
    }
}
