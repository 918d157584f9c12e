package org.anodyne.dsp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;

/**
 * Butterworth filters as second-order sections: analogue prototype, frequency transformation with pre-warping, bilinear
 * transformation (A. V. Oppenheim, R. W. Schafer, "Discrete-Time Signal Processing", chapter 7), and the order of sections of
 * {@code scipy.signal.butter(order, ..., output='sos')}.
 *
 * <p>Sines and tangents come from StrictMath and complex arithmetic from Hipparchus, which is plain Java: the coefficients have the
 * same bits on every JDK.
 */
public final class Butterworth {
    /** More poles than this lose too many digits to be of use. */
    private static final int MAX_ORDER = 16;

    /** Twice the sampling rate of 2 that the design works in, so that 1 is the Nyquist frequency. */
    private static final double BILINEAR = 4.0;

    private final List<Complex> zeros = new ArrayList<>();
    private final List<Complex> poles = new ArrayList<>();
    private double gain = 1;

    private Butterworth(int order) {
        if (order < 1 || order > MAX_ORDER) {
            throw new IllegalArgumentException(
                    "The order of a filter must be from 1 to " + MAX_ORDER + ", not " + order + ".");
        }
        for (int m = -order + 1; m < order; m += 2) {
            double angle = Math.PI * m / (2 * order);
            poles.add(new Complex(-StrictMath.cos(angle), -StrictMath.sin(angle)));
        }
    }

    /**
     * Passes what is slower than the cut-off, where the gain is 1/√2.
     *
     * @param order number of poles, 1 to 16
     * @param cutoff in hertz, between 0 and half the sampling rate
     * @param samplingRate in hertz
     */
    public static Sos lowPass(int order, double cutoff, double samplingRate) {
        double warped = warp(cutoff, samplingRate);
        Butterworth design = new Butterworth(order);
        design.poles.replaceAll(p -> p.multiply(warped));
        for (int i = 0; i < order; i++) {
            design.gain *= warped;
        }
        return design.digital();
    }

    /** Passes what is faster than the cut-off. Parameters as for {@link #lowPass}. */
    public static Sos highPass(int order, double cutoff, double samplingRate) {
        double warped = warp(cutoff, samplingRate);
        Butterworth design = new Butterworth(order);
        design.gain /= product(design.poles, Complex::negate).getReal();
        design.poles.replaceAll(p -> p.reciprocal().multiply(warped));
        for (int i = 0; i < order; i++) {
            design.zeros.add(Complex.ZERO);
        }
        return design.digital();
    }

    /**
     * Passes what lies between two frequencies; has 2 × order poles.
     *
     * @param order as in scipy, half the number of poles, 1 to 16
     * @param low lower cut-off in hertz
     * @param high upper cut-off in hertz
     * @param samplingRate in hertz
     */
    public static Sos bandPass(int order, double low, double high, double samplingRate) {
        double from = warp(low, samplingRate);
        double to = warp(high, samplingRate);
        checkOrder(low, high);
        Butterworth design = new Butterworth(order);
        double width = to - from;
        double centre = from * to;
        design.split(centre, p -> p.multiply(width / 2));
        for (int i = 0; i < order; i++) {
            design.zeros.add(Complex.ZERO);
            design.gain *= width;
        }
        return design.digital();
    }

    /** Stops what lies between two frequencies; has 2 × order poles. Parameters as for {@link #bandPass}. */
    public static Sos bandStop(int order, double low, double high, double samplingRate) {
        double from = warp(low, samplingRate);
        double to = warp(high, samplingRate);
        checkOrder(low, high);
        Butterworth design = new Butterworth(order);
        double width = to - from;
        double centre = from * to;
        design.gain /= product(design.poles, Complex::negate).getReal();
        design.split(centre, p -> p.reciprocal().multiply(width / 2));
        Complex notch = new Complex(0, Math.sqrt(centre));
        for (int i = 0; i < order; i++) {
            design.zeros.add(notch);
            design.zeros.add(notch.conjugate());
        }
        return design.digital();
    }

    /**
     * A narrow notch, for mains hum: one section with zeros on the unit circle, as {@code scipy.signal.iirnotch} (S. J. Orfanidis,
     * "Introduction to Signal Processing", 1996).
     *
     * @param frequency to be removed, in hertz
     * @param quality frequency divided by the width of the notch at half power, above 0; 30 is usual
     * @param samplingRate in hertz
     */
    public static Sos notch(double frequency, double quality, double samplingRate) {
        warp(frequency, samplingRate);
        if (!(quality > 0)) {
            throw new IllegalArgumentException("The quality of a notch must be above 0, not " + quality + ".");
        }
        double w0 = 2 * frequency / samplingRate * Math.PI;
        double g = 1 / (1 + StrictMath.tan(w0 / quality / 2));
        double cos = StrictMath.cos(w0);
        return Sos.of(new double[][] {{g, -2 * g * cos, g, 1, -2 * g * cos, 2 * g - 1}});
    }

    private static double warp(double frequency, double samplingRate) {
        Periodogram.checkRate(samplingRate);
        if (!(frequency > 0 && frequency < samplingRate / 2)) {
            throw new IllegalArgumentException("A cut-off must lie between 0 and half the sampling rate ("
                    + samplingRate / 2 + " Hz), not at " + frequency + " Hz.");
        }
        return BILINEAR * StrictMath.tan(Math.PI * (2 * frequency / samplingRate) / 2);
    }

    static void checkOrder(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "The lower cut-off (" + low + " Hz) must lie below the upper one (" + high + " Hz).");
        }
    }

    /** Each low-pass pole p becomes q + √(q² − centre) and q − √(q² − centre), with q the scaled pole. */
    private void split(double centre, UnaryOperator<Complex> scaling) {
        List<Complex> second = new ArrayList<>();
        for (int i = 0; i < poles.size(); i++) {
            Complex q = scaling.apply(poles.get(i));
            Complex root = q.multiply(q).subtract(centre).sqrt();
            poles.set(i, q.add(root));
            second.add(q.subtract(root));
        }
        poles.addAll(second);
    }

    private static Complex product(List<Complex> roots, UnaryOperator<Complex> factor) {
        Complex product = Complex.ONE;
        for (Complex root : roots) {
            product = product.multiply(factor.apply(root));
        }
        return product;
    }

    private Sos digital() {
        Complex top = product(zeros, z -> z.negate().add(BILINEAR));
        Complex bottom = product(poles, p -> p.negate().add(BILINEAR));
        gain *= top.divide(bottom).getReal();
        int missing = poles.size() - zeros.size();
        zeros.replaceAll(Butterworth::bilinear);
        poles.replaceAll(Butterworth::bilinear);
        for (int i = 0; i < missing; i++) {
            zeros.add(new Complex(-1));
        }
        return SectionPairing.pair(zeros, poles, gain);
    }

    private static Complex bilinear(Complex s) {
        return s.add(BILINEAR).divide(s.negate().add(BILINEAR));
    }
}
