package org.anodyne.dsp;

/**
 * The shape of a window, sampled to any length either symmetric, for the design of filters, or periodic, for spectra ({@code
 * scipy.signal.get_window} with {@code fftbins} false or true). Immutable.
 *
 * <p>Formulas: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform", Proc. IEEE 66(1),
 * 1978. Cosines come from StrictMath, so that a window has the same bits on every JDK.
 */
public final class Window {
    /** All ones. */
    public static final Window RECTANGULAR = new Window("rectangular", (i, last) -> 1);

    public static final Window HANN =
            new Window("Hann", (i, last) -> 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / last));

    public static final Window HAMMING =
            new Window("Hamming", (i, last) -> 0.54 - 0.46 * StrictMath.cos(2 * Math.PI * i / last));

    /** With the conventional coefficients 0.42, 0.5 and 0.08. */
    public static final Window BLACKMAN = new Window(
            "Blackman",
            (i, last) -> 0.42
                    - 0.5 * StrictMath.cos(2 * Math.PI * i / last)
                    + 0.08 * StrictMath.cos(4 * Math.PI * i / last));

    /** Beyond this the series of the Bessel function would overflow. */
    private static final double MAX_BETA = 500;

    private interface Shape {
        /** Value at sample i, where the window is symmetric about last / 2. */
        double at(int i, int last);
    }

    private final String name;
    private final Shape shape;

    private Window(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
    }

    /**
     * Kaiser's window, whose parameter trades side lobes for width (J. F. Kaiser, "Nonrecursive digital filter design using the
     * I0-sinh window function", Proc. IEEE Symp. Circuits and Systems, 1974).
     *
     * @param beta from 0, where it is rectangular, to 500; 5 resembles Hamming's
     */
    public static Window kaiser(double beta) {
        if (!(beta >= 0 && beta <= MAX_BETA)) {
            throw new IllegalArgumentException(
                    "The beta of a Kaiser window must be from 0 to " + MAX_BETA + ", not " + beta + ".");
        }
        double scale = bessel0(beta);
        return new Window("Kaiser " + beta, (i, last) -> {
            double x = 2.0 * i / last - 1;
            return bessel0(beta * Math.sqrt(Math.max(0, 1 - x * x))) / scale;
        });
    }

    /** The modified Bessel function of the first kind of order 0, by its power series; all terms are positive. */
    private static double bessel0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }
        return sum;
    }

    /** Samples of a window that is the same backwards; for filters. */
    public double[] symmetric(int length) {
        return sample(length, length - 1);
    }

    /** Samples of a window that goes on symmetrically when it is repeated; for spectra. */
    public double[] periodic(int length) {
        return sample(length, length);
    }

    private double[] sample(int length, int last) {
        if (length < 1) {
            throw new IllegalArgumentException("A window needs at least 1 sample, not " + length + ".");
        }
        double[] w = new double[length];
        if (length == 1) {
            w[0] = 1;
            return w;
        }
        for (int i = 0; i < length; i++) {
            w[i] = shape.at(i, last);
        }
        return w;
    }

    /** Its name, a Kaiser window's with its beta. */
    @Override
    public String toString() {
        return name;
    }
}
