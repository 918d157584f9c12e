package org.anodyne.dsp;

/** Mean, deviation and envelope of a whole signal. */
public final class Descriptive {
    private Descriptive() {}

    /**
     * Arithmetic mean in the unit of the values.
     *
     * @throws IllegalArgumentException without values
     */
    public static double mean(double[] values) {
        need(values, 1);
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /**
     * Sample standard deviation (divided by n - 1) by two passes, in the unit of the values.
     *
     * @throws IllegalArgumentException with fewer than two values
     */
    public static double standardDeviation(double[] values) {
        need(values, 2);
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /**
     * Amplitude envelope: magnitude of the analytic signal, whose negative frequencies are removed (S. L. Marple, "Computing the
     * discrete-time 'analytic' signal via FFT", IEEE Trans. Signal Process. 47(9), 1999; {@code abs(scipy.signal.hilbert(x))}). The
     * signal should be band-limited and without offset; the ends wrap round, so they are unreliable.
     *
     * @throws IllegalArgumentException without values
     */
    public static double[] envelope(double[] values) {
        need(values, 1);
        int n = values.length;
        double[] re = values.clone();
        double[] im = new double[n];
        Dft dft = Dft.ofLength(n);
        dft.forward(re, im);
        for (int k = 1; k < n; k++) {
            double factor = 2 * k < n ? 2 : 2 * k == n ? 1 : 0;
            re[k] *= factor;
            im[k] *= factor;
        }
        dft.inverse(re, im);
        for (int i = 0; i < n; i++) {
            re[i] = Math.sqrt(re[i] * re[i] + im[i] * im[i]);
        }
        return re;
    }

    private static void need(double[] values, int least) {
        if (values.length < least) {
            throw new IllegalArgumentException(
                    "This needs at least " + least + " values, but got " + values.length + ".");
        }
    }
}
