package org.anodyne.dsp.spatial;

import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Weights for channels whose weighted sum differs most in power between two conditions (Z. J. Koles, M. S. Lazar, S. Z. Zhou,
 * "Spatial patterns underlying population differences in the background EEG", Brain Topogr. 2(4), 1990; H. Ramoser, J.
 * Müller-Gerking, G. Pfurtscheller, "Optimal spatial filtering of single trial EEG during imagined hand movement", IEEE Trans.
 * Rehabil. Eng. 8(4), 2000): the solutions w of A w = λ (A + B) w for the covariances A and B of the conditions, by Hipparchus'
 * decompositions of Cholesky and of a symmetric matrix. Equal to {@code scipy.linalg.eigh(A, A + B)}. Immutable.
 */
public final class CommonSpatialPatterns {
    private static final double SYMMETRY = 1e-9;

    /** Least square of a pivot, as a share of a channel's mean power, that is not rounding. */
    private static final double POSITIVE = 1e-12;

    private final double[] shares;

    /** One row per filter. */
    private final double[][] filters;

    private final double[][] patterns;

    private CommonSpatialPatterns(double[] shares, double[][] filters, double[][] patterns) {
        this.shares = shares;
        this.filters = filters;
        this.patterns = patterns;
    }

    /**
     * From two covariances.
     *
     * @param a covariance of the first condition, channels × channels, symmetric
     * @param b covariance of the second, of the same size
     * @throws IllegalArgumentException when a matrix is not square, symmetric and finite, or the sum is not positive definite: a
     *     channel is flat, the sum of others (as after the average reference: leave one out), or there are too few samples
     */
    public static CommonSpatialPatterns of(double[][] a, double[][] b) {
        int n = a.length;
        check(a, n, "first");
        check(b, n, "second");
        // Hipparchus' thresholds are absolute, so the scale of the signal (volts or microvolts) is taken out first.
        double scale = 0;
        for (int i = 0; i < n; i++) {
            scale += (a[i][i] + b[i][i]) / n;
        }
        if (!(scale > 0)) {
            throw notDefinite(null);
        }
        RealMatrix first = symmetric(a).scalarMultiply(1 / scale);
        RealMatrix both = symmetric(b).scalarMultiply(1 / scale).add(first);
        RealMatrix inverse = inverseOfRoot(both);
        RealMatrix whitened = inverse.multiply(first).multiplyTransposed(inverse);
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(symmetric(whitened.getData()));
        double[][] filters = eigen.getVT().multiply(inverse).getData();
        for (double[] filter : filters) {
            sign(filter);
        }
        RealMatrix rows = MatrixUtils.createRealMatrix(filters);
        double[][] patterns =
                rows.multiply(both).scalarMultiply(Math.sqrt(scale)).getData();
        return new CommonSpatialPatterns(
                eigen.getEigenvalues().clone(),
                rows.scalarMultiply(1 / Math.sqrt(scale)).getData(),
                patterns);
    }

    private static RealMatrix symmetric(double[][] matrix) {
        RealMatrix m = MatrixUtils.createRealMatrix(matrix);
        return m.add(m.transpose()).scalarMultiply(0.5);
    }

    /** The inverse of the lower triangle L with L Lᵀ = matrix. */
    private static RealMatrix inverseOfRoot(RealMatrix matrix) {
        int n = matrix.getRowDimension();
        try {
            RealMatrix lower = new CholeskyDecomposition(matrix, SYMMETRY, POSITIVE).getL();
            RealMatrix inverse = MatrixUtils.createRealMatrix(n, n);
            for (int c = 0; c < n; c++) {
                RealVector column = new ArrayRealVector(n);
                column.setEntry(c, 1);
                MatrixUtils.solveLowerTriangularSystem(lower, column);
                inverse.setColumnVector(c, column);
            }
            return inverse;
        } catch (MathIllegalArgumentException e) {
            throw notDefinite(e);
        }
    }

    private static IllegalArgumentException notDefinite(Exception cause) {
        return new IllegalArgumentException(
                "The covariances of the two conditions together are not positive definite: a channel is flat or the sum of"
                        + " others, as after the average reference, or there are too few samples; leave that channel out.",
                cause);
    }

    private static void check(double[][] matrix, int n, String which) {
        if (n < 2 || matrix.length != n) {
            throw new IllegalArgumentException("The covariances must be of the same size and at least 2 × 2; the first"
                    + " has " + n + " rows, the " + which + " " + matrix.length + ".");
        }
        for (int i = 0; i < n; i++) {
            if (matrix[i].length != n) {
                throw new IllegalArgumentException("The " + which + " covariance has " + n + " rows, but row " + i
                        + " has " + matrix[i].length + " values.");
            }
            for (int j = 0; j < i; j++) {
                double largest = Math.sqrt(Math.abs(matrix[i][i] * matrix[j][j]));
                if (!(Math.abs(matrix[i][j] - matrix[j][i]) <= SYMMETRY * largest)) {
                    throw new IllegalArgumentException(
                            "The " + which + " covariance is not symmetric or not finite at " + i + ", " + j + ".");
                }
            }
        }
    }

    /** The largest weight is positive: the sign of an eigenvector means nothing, but is to be the same each time. */
    private static void sign(double[] filter) {
        double largest = 0;
        for (double weight : filter) {
            largest = Math.abs(weight) > Math.abs(largest) ? weight : largest;
        }
        for (int c = 0; largest < 0 && c < filter.length; c++) {
            filter[c] = -filter[c];
        }
    }

    /**
     * Mean over epochs of the covariance, each divided by its trace so that strong epochs do not outweigh the others (Ramoser et al.
     * 2000).
     *
     * @param epochs epoch by epoch, channel by channel; filtered to the band of interest; each channel's mean is removed
     */
    public static double[][] covariance(double[][]... epochs) {
        if (epochs.length == 0) {
            throw new IllegalArgumentException("A covariance needs at least one epoch.");
        }
        int n = epochs[0].length;
        double[][] sum = new double[n][n];
        for (double[][] epoch : epochs) {
            RealMatrix one = product(epoch, n);
            double trace = one.getTrace();
            if (!(trace > 0) || Double.isInfinite(trace)) {
                throw new IllegalArgumentException(
                        "An epoch is flat or holds a value that is not finite; leave it out.");
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum[i][j] += one.getEntry(i, j) / trace / epochs.length;
                }
            }
        }
        return sum;
    }

    private static RealMatrix product(double[][] epoch, int channels) {
        if (epoch.length != channels) {
            throw new IllegalArgumentException(
                    "All epochs must have " + channels + " channels as the first, but one has " + epoch.length + ".");
        }
        double[][] centred = new double[channels][];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (double value : epoch[c]) {
                sum += value;
            }
            double mean = sum / epoch[c].length;
            centred[c] = epoch[c].clone();
            for (int i = 0; i < centred[c].length; i++) {
                centred[c][i] -= mean;
            }
        }
        RealMatrix matrix = MatrixUtils.createRealMatrix(centred);
        return matrix.multiplyTransposed(matrix);
    }

    /** Number of filters, which is the number of channels. */
    public int size() {
        return filters.length;
    }

    /** λ: the first condition's share of the power of a filter's output, 1 to 0; the first filter has the greatest. */
    public double share(int filter) {
        return shares[filter];
    }

    /** A copy of one filter's weights, scaled to power 1 over both conditions; its largest weight is positive. */
    public double[] filter(int filter) {
        return filters[filter].clone();
    }

    /**
     * How strongly the source that a filter picks shows in each channel; a filter's own weights do not tell that (S. Haufe et al.,
     * "On the interpretation of weight vectors of linear models in multivariate neuroimaging", NeuroImage 87, 2014). A copy.
     */
    public double[] pattern(int filter) {
        return patterns[filter].clone();
    }

    /**
     * Features of one epoch: logarithm of the share of power of the first and the last few filters.
     *
     * @param epoch channel by channel, filtered as the epochs that this was made of
     * @param pairs how many filters from each end, at least 1 and at most half of them
     * @return 2 × pairs values, those of the first condition first
     */
    public double[] features(double[][] epoch, int pairs) {
        if (pairs < 1 || 2 * pairs > filters.length) {
            throw new IllegalArgumentException("Of " + filters.length + " filters 1 to " + filters.length / 2
                    + " can be taken from each end, not " + pairs + ".");
        }
        RealMatrix covariance = product(epoch, filters.length);
        double[] out = new double[2 * pairs];
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            double[] weights = filters[k < pairs ? k : filters.length - 2 * pairs + k];
            double[] applied = covariance.operate(weights);
            for (int c = 0; c < weights.length; c++) {
                out[k] += weights[c] * applied[c];
            }
            sum += out[k];
        }
        for (int k = 0; k < out.length; k++) {
            out[k] = StrictMath.log(out[k] / sum);
        }
        return out;
    }
}
