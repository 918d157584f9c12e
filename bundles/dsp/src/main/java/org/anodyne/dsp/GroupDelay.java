package org.anodyne.dsp;

/**
 * Group delay from coefficients: for a polynomial C(z) = sum of c[k] z^-k it is the real part of sum k c[k] z^-k / C(z) on the unit
 * circle (J. O. Smith, "Introduction to Digital Filters", "Numerical computation of group delay").
 */
final class GroupDelay {
    /** Below this share of the coefficients' magnitudes the sum is rounding, and its phase means nothing. */
    private static final double NOTHING = 1e-10;

    private GroupDelay() {}

    static double angle(double frequency, double samplingRate) {
        Periodogram.checkRate(samplingRate);
        if (!(frequency >= 0 && frequency <= samplingRate / 2)) {
            throw new IllegalArgumentException("A delay is told for frequencies from 0 to half the sampling rate ("
                    + samplingRate / 2 + " Hz), not for " + frequency + " Hz.");
        }
        return 2 * Math.PI * (frequency / samplingRate);
    }

    /** NaN where the polynomial is zero. Exact where the coefficients are the same backwards but for the sign. */
    static double ofPolynomial(double[] c, double angle) {
        double re = 0;
        double im = 0;
        double slopeRe = 0;
        double slopeIm = 0;
        double magnitude = 0;
        for (int k = 0; k < c.length; k++) {
            double x = c[k] * StrictMath.cos(k * angle);
            double y = -c[k] * StrictMath.sin(k * angle);
            re += x;
            im += y;
            slopeRe += k * x;
            slopeIm += k * y;
            magnitude += Math.abs(c[k]);
        }
        double power = re * re + im * im;
        if (power <= NOTHING * NOTHING * magnitude * magnitude) {
            return Double.NaN;
        }
        int first = 0;
        while (c[first] == 0) {
            first++;
        }
        int last = c.length - 1;
        while (c[last] == 0) {
            last--;
        }
        return mirrored(c, first, last) ? (first + last) / 2.0 : (slopeRe * re + slopeIm * im) / power;
    }

    private static boolean mirrored(double[] c, int first, int last) {
        double sign = c[first] == c[last] ? 1 : -1;
        for (int k = first; k <= last; k++) {
            if (c[k] != sign * c[first + last - k]) {
                return false;
            }
        }
        return true;
    }
}
