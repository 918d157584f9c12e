package org.anodyne.dsp.physio;

/**
 * The periodogram of values at uneven times, such as intervals between heartbeats, without interpolation: N. R. Lomb, Astrophys. Space
 * Sci. 39, 1976; J. D. Scargle, Astrophys. J. 263, 1982. Sines and cosines of all frequencies follow from those of the first by
 * rotation, as W. H. Press and G. B. Rybicki propose (Astrophys. J. 338, 1989). Pure; safe for any thread.
 */
public final class LombScargle {
    private LombScargle() {}

    /**
     * Power at count frequencies from low on, step apart, unnormalised: {@code scipy.signal.lombscargle(t, y, 2 π f)}. A sine of amplitude
     * A among N values has a peak of about N A² / 4.
     *
     * @param t times in seconds, in any order
     * @param y values at these times; take their mean out first
     * @param low first frequency in hertz, above 0
     * @param step from one frequency to the next in hertz
     * @param count number of frequencies
     * @return in the unit of the values squared
     */
    public static double[] power(double[] t, double[] y, double low, double step, int count) {
        if (t.length != y.length || t.length == 0) {
            throw new IllegalArgumentException("There must be as many times as values and at least one, not " + t.length
                    + " and " + y.length + ".");
        }
        if (!(low > 0 && step >= 0 && low + step * count < Double.POSITIVE_INFINITY && count >= 0)) {
            throw new IllegalArgumentException("The frequencies must be above 0 and finite, but " + count
                    + " were asked for from " + low + " Hz in steps of " + step + " Hz.");
        }
        double[] cos = new double[t.length];
        double[] sin = new double[t.length];
        double[] turnCos = new double[t.length];
        double[] turnSin = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            cos[i] = StrictMath.cos(2 * Math.PI * low * t[i]);
            sin[i] = StrictMath.sin(2 * Math.PI * low * t[i]);
            turnCos[i] = StrictMath.cos(2 * Math.PI * step * t[i]);
            turnSin[i] = StrictMath.sin(2 * Math.PI * step * t[i]);
        }
        double[] power = new double[count];
        for (int k = 0; k < count; k++) {
            power[k] = at(y, cos, sin);
            for (int i = 0; i < t.length; i++) {
                double c = cos[i] * turnCos[i] - sin[i] * turnSin[i];
                sin[i] = sin[i] * turnCos[i] + cos[i] * turnSin[i];
                cos[i] = c;
            }
        }
        return power;
    }

    /** One frequency, whose cosines and sines are given; shifted in time so that both become orthogonal. */
    private static double at(double[] y, double[] cos, double[] sin) {
        double cc = 0;
        double ss = 0;
        double cs = 0;
        double yc = 0;
        double ys = 0;
        for (int i = 0; i < y.length; i++) {
            cc += cos[i] * cos[i];
            ss += sin[i] * sin[i];
            cs += cos[i] * sin[i];
            yc += y[i] * cos[i];
            ys += y[i] * sin[i];
        }
        double angle = StrictMath.atan2(2 * cs, cc - ss) / 2;
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        double cosines = c * c * cc + 2 * c * s * cs + s * s * ss;
        double sines = c * c * ss - 2 * c * s * cs + s * s * cc;
        double withCos = c * yc + s * ys;
        double withSin = c * ys - s * yc;
        return 0.5 * (share(withCos, cosines) + share(withSin, sines));
    }

    /** All values lie where the function is 0: nothing can be said, and nothing is added. */
    private static double share(double product, double square) {
        return square > 1e-12 ? product * product / square : 0;
    }

    /**
     * The share of the values' variance that one frequency explains, whatever its phase: 0 to 1
     * ({@code scipy.signal.lombscargle(…, normalize=True)}); NaN when the values do not vary.
     *
     * @param t times in seconds
     * @param y values, their mean taken out
     * @param frequency in hertz
     */
    public static double share(double[] t, double[] y, double frequency) {
        double squares = 0;
        for (double value : y) {
            squares += value * value;
        }
        return squares > 0 ? Math.min(1, 2 * power(t, y, frequency, 0, 1)[0] / squares) : Double.NaN;
    }
}
