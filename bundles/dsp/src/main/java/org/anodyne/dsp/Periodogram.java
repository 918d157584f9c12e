package org.anodyne.dsp;

/**
 * One windowed periodogram: mean removed, periodic Hann window, one-sided density. Same choices as scipy.signal.welch by default
 * (P. Welch, "The use of fast Fourier transform for the estimation of power spectra", IEEE Trans. Audio Electroacoust. 15(2), 1967).
 */
final class Periodogram {
    final double samplingRate;
    final int segment;
    private final double[] window;
    private final double scale;
    private final RealDft dft;
    private final double[] values;
    private final double[] re;
    private final double[] im;

    Periodogram(double samplingRate, int segment) {
        checkRate(samplingRate);
        if (segment < 2) {
            throw new IllegalArgumentException("A spectrum needs segments of at least 2 samples, not " + segment + ".");
        }
        this.samplingRate = samplingRate;
        this.segment = segment;
        this.window = hann(segment);
        double energy = 0;
        for (double w : window) {
            energy += w * w;
        }
        this.scale = 1.0 / (samplingRate * energy);
        this.dft = new RealDft(segment);
        this.values = new double[segment];
        this.re = new double[bins()];
        this.im = new double[bins()];
    }

    static void checkRate(double samplingRate) {
        if (!(samplingRate > 0) || Double.isInfinite(samplingRate)) {
            throw new IllegalArgumentException("The sampling rate must be above 0 Hz, not " + samplingRate + ".");
        }
    }

    /** The periodic Hann window; StrictMath because Math.cos may differ in the last bit between JDKs. */
    static double[] hann(int n) {
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            w[i] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / n);
        }
        return w;
    }

    int bins() {
        return segment / 2 + 1;
    }

    /**
     * Adds the density of the ring's samples, oldest first from {@code start}, to {@code sum}.
     *
     * @return false, with nothing added, when a sample is not finite
     */
    boolean addTo(double[] sum, double[] ring, int start) {
        int tail = segment - start;
        System.arraycopy(ring, start, values, 0, tail);
        System.arraycopy(ring, 0, values, tail, start);
        double total = 0;
        for (double x : values) {
            total += x;
        }
        double mean = total / segment;
        if (!Double.isFinite(mean)) {
            return false;
        }
        for (int i = 0; i < segment; i++) {
            values[i] = (values[i] - mean) * window[i];
        }
        dft.forward(values, re, im);
        int last = segment / 2;
        for (int k = 0; k <= last; k++) {
            double power = (re[k] * re[k] + im[k] * im[k]) * scale;
            boolean single = k == 0 || 2 * k == segment;
            sum[k] += single ? power : 2 * power;
        }
        return true;
    }
}
