package org.anodyne.dsp;

/**
 * One windowed periodogram: mean removed, periodic window, one-sided density. With a Hann window the choices of scipy.signal.welch
 * (P. Welch, "The use of fast Fourier transform for the estimation of power spectra", IEEE Trans. Audio Electroacoust. 15(2), 1967).
 */
final class Periodogram {
    final double samplingRate;
    final int segment;

    /** Sum of the window's squares; tells windows apart in a saved state. */
    final double energy;

    private final double[] window;
    private final double scale;
    private final RealDft dft;
    private final double[] values;
    private final double[] re;
    private final double[] im;

    Periodogram(double samplingRate, int segment, Window shape) {
        checkRate(samplingRate);
        if (segment < 2) {
            throw new IllegalArgumentException("A spectrum needs segments of at least 2 samples, not " + segment + ".");
        }
        this.samplingRate = samplingRate;
        this.segment = segment;
        this.window = shape.periodic(segment);
        double squares = 0;
        for (double w : window) {
            squares += w * w;
        }
        this.energy = squares;
        this.scale = 1.0 / (samplingRate * squares);
        this.dft = RealDft.ofLength(segment);
        this.values = new double[segment];
        this.re = new double[bins()];
        this.im = new double[bins()];
    }

    static void checkRate(double samplingRate) {
        if (!(samplingRate > 0) || Double.isInfinite(samplingRate)) {
            throw new IllegalArgumentException("The sampling rate must be above 0 Hz, not " + samplingRate + ".");
        }
    }

    int bins() {
        return segment / 2 + 1;
    }

    /**
     * Adds the density of the ring's samples, oldest first from {@code start}, to {@code sum}. The ring begins at {@code offset} of
     * its array.
     *
     * @return false, with nothing added, when a sample is not finite
     */
    boolean addTo(double[] sum, double[] ring, int offset, int start) {
        int tail = segment - start;
        System.arraycopy(ring, offset + start, values, 0, tail);
        System.arraycopy(ring, offset, values, tail, start);
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
