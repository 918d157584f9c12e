package org.anodyne.dsp;

import java.util.Arrays;

/**
 * The discrete Fourier transform of real values of one fixed length: the bins from 0 to half the length, which are all that
 * there is to know. An even length is transformed as half as many complex values, the even samples as real and the odd ones
 * as imaginary parts, which the symmetry of real signals takes apart again (J. W. Cooley, P. A. W. Lewis, P. D. Welch, "The
 * fast Fourier transform algorithm: programming considerations in the calculation of sine, cosine and Laplace transforms",
 * J. Sound Vib. 12(3), 1970).
 *
 * <p>An instance owns scratch memory: one thread at a time. A transform allocates nothing.
 */
public final class RealDft {
    private final int length;
    private final Dft dft;
    private final double[] a;
    private final double[] b;
    private final double[] cos;
    private final double[] sin;

    private RealDft(int length) {
        this.length = length;
        int complex = length % 2 == 0 ? length / 2 : length;
        dft = Dft.ofLength(complex);
        a = new double[complex];
        b = new double[complex];
        cos = new double[length / 2 + 1];
        sin = new double[length / 2 + 1];
        for (int k = 0; k < cos.length; k++) {
            double angle = 2 * Math.PI * k / length;
            cos[k] = StrictMath.cos(angle);
            sin[k] = StrictMath.sin(angle);
        }
    }

    /**
     * A transform of one length.
     *
     * @param length number of real values, at least 2 and at most what {@link Dft#ofLength} takes
     */
    public static RealDft ofLength(int length) {
        if (length < 2) {
            throw new IllegalArgumentException(
                    "A Fourier transform of real values needs at least 2 of them, not " + length + ".");
        }
        return new RealDft(length);
    }

    /** Number of real values. */
    public int length() {
        return length;
    }

    /** Number of bins, length / 2 + 1. */
    public int bins() {
        return length / 2 + 1;
    }

    /**
     * Transforms; not scaled.
     *
     * @param x values, as many as this transform's length; not changed
     * @param re receives the real part of each bin
     * @param im receives the imaginary part of each bin
     */
    public void forward(double[] x, double[] re, double[] im) {
        if (x.length != length || re.length != bins() || im.length != bins()) {
            throw new IllegalArgumentException("This transform turns " + length + " values into " + bins()
                    + " bins, but got " + x.length + " values and room for " + re.length + " real and " + im.length
                    + " imaginary parts.");
        }
        if (length % 2 == 1) {
            System.arraycopy(x, 0, a, 0, length);
            Arrays.fill(b, 0);
            dft.forward(a, b);
            System.arraycopy(a, 0, re, 0, re.length);
            System.arraycopy(b, 0, im, 0, im.length);
            return;
        }
        int half = length / 2;
        for (int j = 0; j < half; j++) {
            a[j] = x[2 * j];
            b[j] = x[2 * j + 1];
        }
        dft.forward(a, b);
        for (int k = 0; k <= half; k++) {
            int p = k == half ? 0 : k;
            int q = p == 0 ? 0 : half - p;
            double evenRe = (a[p] + a[q]) / 2;
            double evenIm = (b[p] - b[q]) / 2;
            double oddRe = (b[p] + b[q]) / 2;
            double oddIm = (a[q] - a[p]) / 2;
            re[k] = evenRe + cos[k] * oddRe + sin[k] * oddIm;
            im[k] = evenIm + cos[k] * oddIm - sin[k] * oddRe;
        }
    }
}
