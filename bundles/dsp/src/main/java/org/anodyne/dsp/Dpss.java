package org.anodyne.dsp;

import java.util.Arrays;

/**
 * Discrete prolate spheroidal sequences: the sequences of one length whose energy is most concentrated within ±W of a frequency
 * (D. Slepian, "Prolate spheroidal wave functions, Fourier analysis, and uncertainty V", Bell Syst. Tech. J. 57(5), 1978; D. B.
 * Percival, A. T. Walden, "Spectral Analysis for Physical Applications", 1993, chapter 8). Immutable.
 *
 * <p>They are the eigenvectors of a tridiagonal matrix to its greatest eigenvalues. Those are few and far apart, so each is found
 * by bisection and one by one, in time proportional to the length; Hipparchus offers only the decomposition of the whole matrix,
 * whose time grows with the third power.
 */
public final class Dpss {
    /** Inverse iteration squares the error in each step; the second step reaches rounding. */
    private static final int STEPS = 4;

    private final double[][] tapers;
    private final double[] concentration;

    private Dpss(double[][] tapers, double[] concentration) {
        this.tapers = tapers;
        this.concentration = concentration;
    }

    /**
     * Symmetric sequences; {@code scipy.signal.windows.dpss(length, halfBandwidth, count, norm=2, return_ratios=True)}.
     *
     * @param length samples of each, at least 2
     * @param halfBandwidth W times the length, between 0 and half the length
     * @param count how many, the most concentrated first; 1 to the length
     */
    public static Dpss symmetric(int length, double halfBandwidth, int count) {
        if (length < 2 || count < 1 || count > length || !(halfBandwidth > 0 && halfBandwidth < length / 2.0)) {
            throw new IllegalArgumentException(
                    "There are no " + count + " sequences of " + length
                            + " samples with a half bandwidth of " + halfBandwidth
                            + "; lengths go from 2, counts from 1 to the length, half bandwidths from above 0 to below half the length.");
        }
        double w = halfBandwidth / length;
        double[] diagonal = new double[length];
        double[] beside = new double[length - 1];
        double cos = StrictMath.cos(2 * Math.PI * w);
        for (int t = 0; t < length; t++) {
            double middle = (length - 1 - 2 * t) / 2.0;
            diagonal[t] = middle * middle * cos;
            if (t > 0) {
                beside[t - 1] = t * (double) (length - t) / 2;
            }
        }
        double[][] tapers = new double[count][];
        for (int k = 0; k < count; k++) {
            tapers[k] = sign(eigenvector(diagonal, beside, eigenvalue(diagonal, beside, k)), k);
        }
        return new Dpss(tapers, concentrations(tapers, w));
    }

    /** For spectra: the symmetric ones of one sample more, without the last ({@code sym=False}). Parameters as above. */
    public static Dpss periodic(int length, double halfBandwidth, int count) {
        Dpss longer = symmetric(length + 1, halfBandwidth, count);
        double[][] cut = new double[count][];
        for (int k = 0; k < count; k++) {
            cut[k] = Arrays.copyOf(longer.tapers[k], length);
        }
        return new Dpss(cut, longer.concentration);
    }

    /** How many. */
    public int size() {
        return tapers.length;
    }

    /** A copy of one sequence; the sum of the symmetric one's squares is 1. */
    public double[] taper(int k) {
        return tapers[k].clone();
    }

    /** Share of a sequence's energy within ±W, from 0 to 1. */
    public double concentration(int k) {
        return concentration[k];
    }

    /** The k-th greatest eigenvalue, to the last bit that bisection can tell. */
    private static double eigenvalue(double[] d, double[] e, int k) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < d.length; i++) {
            double radius = (i > 0 ? e[i - 1] : 0) + (i < e.length ? e[i] : 0);
            low = Math.min(low, d[i] - radius);
            high = Math.max(high, d[i] + radius);
        }
        while (true) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (below(d, e, middle) >= d.length - k) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }

    /** How many eigenvalues lie below x: the negative pivots of the matrix less x (Sylvester's law of inertia). */
    private static int below(double[] d, double[] e, double x) {
        int count = 0;
        double pivot = 1;
        for (int i = 0; i < d.length; i++) {
            double square = i == 0 ? 0 : e[i - 1] * e[i - 1];
            pivot = d[i] - x - square / pivot;
            if (pivot == 0) {
                pivot = -Double.MIN_NORMAL;
            }
            count += pivot < 0 ? 1 : 0;
        }
        return count;
    }

    /** Inverse iteration with the tridiagonal matrix, rows exchanged where that keeps pivots large. */
    private static double[] eigenvector(double[] d, double[] e, double eigenvalue) {
        int n = d.length;
        double[] pivot = new double[n];
        double[] next = new double[n];
        double[] afterNext = new double[n];
        double[] factor = new double[n];
        boolean[] exchanged = new boolean[n];
        double a = d[0] - eigenvalue;
        double b = e[0];
        for (int i = 0; i < n - 1; i++) {
            double under = e[i];
            double nextDiagonal = d[i + 1] - eigenvalue;
            double nextBeside = i + 1 < n - 1 ? e[i + 1] : 0;
            exchanged[i] = Math.abs(under) > Math.abs(a);
            if (exchanged[i]) {
                factor[i] = a / under;
                pivot[i] = under;
                next[i] = nextDiagonal;
                afterNext[i] = nextBeside;
                a = b - factor[i] * nextDiagonal;
                b = -factor[i] * nextBeside;
            } else {
                factor[i] = under / a;
                pivot[i] = a;
                next[i] = b;
                a = nextDiagonal - factor[i] * b;
                b = nextBeside;
            }
        }
        // The matrix is singular up to rounding, which is what makes the iteration converge at once.
        pivot[n - 1] = Math.abs(a) < Math.ulp(eigenvalue) ? Math.ulp(eigenvalue) : a;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + i / (double) n;
        }
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < n - 1; i++) {
                if (exchanged[i]) {
                    double swapped = x[i];
                    x[i] = x[i + 1];
                    x[i + 1] = swapped;
                }
                x[i + 1] -= factor[i] * x[i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double rest = x[i];
                rest -= i < n - 1 ? next[i] * x[i + 1] : 0;
                rest -= i < n - 2 ? afterNext[i] * x[i + 2] : 0;
                x[i] = rest / pivot[i];
            }
            normalise(x);
        }
        return x;
    }

    private static void normalise(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] /= largest;
            squares += x[i] * x[i];
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < x.length; i++) {
            x[i] /= norm;
        }
    }

    /** Symmetric ones have a positive sum, the others begin with a positive lobe. */
    private static double[] sign(double[] x, int k) {
        double sum = 0;
        double threshold = Math.max(1e-7, 1.0 / x.length);
        for (double value : x) {
            sum += value;
            if (k % 2 == 1 && value * value > threshold) {
                sum = value;
                break;
            }
        }
        for (int i = 0; sum < 0 && i < x.length; i++) {
            x[i] = -x[i];
        }
        return x;
    }

    /** Energy within ±W from the autocorrelation of each sequence (Percival and Walden, page 390). */
    private static double[] concentrations(double[][] tapers, double w) {
        int n = tapers[0].length;
        Dft dft = Dft.ofLength(Integer.highestOneBit(2 * n - 1) << 1);
        double[] out = new double[tapers.length];
        for (int k = 0; k < out.length; k++) {
            double[] re = Arrays.copyOf(tapers[k], dft.length());
            double[] im = new double[dft.length()];
            dft.forward(re, im);
            for (int i = 0; i < re.length; i++) {
                re[i] = re[i] * re[i] + im[i] * im[i];
                im[i] = 0;
            }
            dft.inverse(re, im);
            double share = 2 * w * re[0];
            for (int lag = 1; lag < n; lag++) {
                share += 2 * re[lag] * StrictMath.sin(2 * Math.PI * w * lag) / (Math.PI * lag);
            }
            out[k] = share;
        }
        return out;
    }
}
