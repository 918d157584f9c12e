package org.anodyne.dsp;

import java.util.Arrays;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/**
 * The discrete Fourier transform of one fixed length, any length of at least 1, planned once and reused.
 *
 * <p>X[k] = sum over j of x[j] exp(-2 pi i j k / n), not scaled; the inverse is scaled by 1/n. Powers of two go straight to
 * Hipparchus' radix-2 transform; every other length is a chirp convolution over the next power of two (L. Bluestein, "A linear
 * filtering approach to the computation of discrete Fourier transform", IEEE Trans. Audio Electroacoust. 18(4), 1970).
 *
 * <p>An instance owns scratch memory: one thread at a time. A transform allocates nothing.
 */
public final class Dft {
    /** Above this the convolution would not fit in an array of doubles. */
    private static final int MAX_LENGTH = 1 << 28;

    private final int length;
    private final boolean radix2;
    private final double[] chirpRe;
    private final double[] chirpIm;
    private final double[] kernelRe;
    private final double[] kernelIm;
    private final double[][] scratch;

    private Dft(int length) {
        this.length = length;
        this.radix2 = Integer.bitCount(length) == 1;
        if (radix2) {
            chirpRe = chirpIm = kernelRe = kernelIm = new double[0];
            scratch = new double[2][length];
            return;
        }
        int padded = Integer.highestOneBit(2 * length - 2) << 1;
        chirpRe = new double[length];
        chirpIm = new double[length];
        double[][] kernel = new double[2][padded];
        for (int j = 0; j < length; j++) {
            // j*j modulo 2n keeps the angle small and so exact; StrictMath keeps the table the same on every JDK.
            long turn = (long) j * j % (2L * length);
            double angle = Math.PI * turn / length;
            chirpRe[j] = StrictMath.cos(angle);
            chirpIm[j] = -StrictMath.sin(angle);
            int mirrored = j == 0 ? 0 : padded - j;
            kernel[0][j] = kernel[0][mirrored] = chirpRe[j];
            kernel[1][j] = kernel[1][mirrored] = -chirpIm[j];
        }
        FastFourierTransformer.transformInPlace(kernel, DftNormalization.STANDARD, TransformType.FORWARD);
        kernelRe = kernel[0];
        kernelIm = kernel[1];
        scratch = new double[2][padded];
    }

    /** @throws IllegalArgumentException when the length is below 1 or above 2^28 */
    public static Dft ofLength(int length) {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A Fourier transform needs a length from 1 to " + MAX_LENGTH + ", not " + length + ".");
        }
        return new Dft(length);
    }

    public int length() {
        return length;
    }

    /** Transforms in place; both arrays have this transform's length. */
    public void forward(double[] re, double[] im) {
        check(re, im);
        if (radix2) {
            power2(re, im);
        } else {
            chirp(re, im);
        }
    }

    /** Transforms back in place: {@code inverse(forward(x))} is x up to rounding. */
    public void inverse(double[] re, double[] im) {
        // The inverse is the forward transform with real and imaginary parts exchanged, before and after.
        forward(im, re);
        for (int i = 0; i < length; i++) {
            re[i] /= length;
            im[i] /= length;
        }
    }

    private void power2(double[] re, double[] im) {
        System.arraycopy(re, 0, scratch[0], 0, length);
        System.arraycopy(im, 0, scratch[1], 0, length);
        FastFourierTransformer.transformInPlace(scratch, DftNormalization.STANDARD, TransformType.FORWARD);
        System.arraycopy(scratch[0], 0, re, 0, length);
        System.arraycopy(scratch[1], 0, im, 0, length);
    }

    private void chirp(double[] re, double[] im) {
        double[] a = scratch[0];
        double[] b = scratch[1];
        int padded = a.length;
        for (int j = 0; j < length; j++) {
            a[j] = re[j] * chirpRe[j] - im[j] * chirpIm[j];
            b[j] = re[j] * chirpIm[j] + im[j] * chirpRe[j];
        }
        Arrays.fill(a, length, padded, 0.0);
        Arrays.fill(b, length, padded, 0.0);
        FastFourierTransformer.transformInPlace(scratch, DftNormalization.STANDARD, TransformType.FORWARD);
        for (int j = 0; j < padded; j++) {
            double p = a[j] * kernelRe[j] - b[j] * kernelIm[j];
            b[j] = a[j] * kernelIm[j] + b[j] * kernelRe[j];
            a[j] = p;
        }
        FastFourierTransformer.transformInPlace(scratch, DftNormalization.STANDARD, TransformType.INVERSE);
        for (int k = 0; k < length; k++) {
            re[k] = a[k] * chirpRe[k] - b[k] * chirpIm[k];
            im[k] = a[k] * chirpIm[k] + b[k] * chirpRe[k];
        }
    }

    private void check(double[] re, double[] im) {
        if (re.length != length || im.length != length) {
            throw new IllegalArgumentException("This transform is planned for " + length + " values, but got "
                    + re.length + " real and " + im.length + " imaginary ones.");
        }
    }
}
