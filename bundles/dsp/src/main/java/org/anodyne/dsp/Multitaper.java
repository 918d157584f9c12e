package org.anodyne.dsp;

/**
 * Power spectral density of a signal of one length by several orthogonal tapers (D. J. Thomson, "Spectrum estimation and harmonic
 * analysis", Proc. IEEE 70(9), 1982): the mean of the periodograms with each taper of {@link Dpss}, weighted by the tapers'
 * concentration. Tapers of which less than nine tenths lie within the bandwidth are not used. Mean removed, one-sided. Equal to
 * {@code mne.time_frequency.psd_array_multitaper(x, rate, bandwidth=bandwidth, low_bias=True, normalization='full')}.
 *
 * <p>The tapers are computed once per instance. One thread at a time.
 */
public final class Multitaper {
    private static final double LEAST_CONCENTRATION = 0.9;

    private final double samplingRate;
    private final double[][] tapers;
    private final double[] weights;
    private final RealDft dft;
    private final double[] values;
    private final double[] re;
    private final double[] im;

    /**
     * @param samplingRate in hertz
     * @param length samples of a signal, at least 2
     * @param bandwidth full width in hertz over which a single frequency is smeared: at least samplingRate / length and below the
     *     sampling rate; about twice as many tapers come out as half of it holds frequencies
     */
    public Multitaper(double samplingRate, int length, double bandwidth) {
        Periodogram.checkRate(samplingRate);
        double half = bandwidth * length / (2 * samplingRate);
        if (length < 2 || !(half >= 0.5 && half < length / 2.0)) {
            throw new IllegalArgumentException("A spectrum by tapers of " + length + " samples at " + samplingRate
                    + " Hz has a bandwidth from " + samplingRate / length + " to below " + samplingRate + " Hz, not "
                    + bandwidth + ".");
        }
        this.samplingRate = samplingRate;
        Dpss sequences = Dpss.periodic(length, half, (int) (2 * half));
        int used = 1;
        while (used < sequences.size() && sequences.concentration(used) > LEAST_CONCENTRATION) {
            used++;
        }
        this.tapers = new double[used][];
        this.weights = new double[used];
        double sum = 0;
        for (int k = 0; k < used; k++) {
            tapers[k] = sequences.taper(k);
            sum += sequences.concentration(k);
        }
        for (int k = 0; k < used; k++) {
            weights[k] = sequences.concentration(k) / sum / samplingRate;
        }
        this.dft = RealDft.ofLength(length);
        this.values = new double[length];
        this.re = new double[dft.bins()];
        this.im = new double[dft.bins()];
    }

    /** How many tapers are used. */
    public int tapers() {
        return tapers.length;
    }

    /**
     * The density of one signal; its number of averages is the number of tapers.
     *
     * @param x as many finite samples as said; not changed
     */
    public Spectrum psd(double[] x) {
        if (x.length != values.length) {
            throw new IllegalArgumentException(
                    "These tapers have " + values.length + " samples, but the signal has " + x.length + ".");
        }
        double mean = Descriptive.mean(x);
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("The signal holds a sample that is not finite; leave that stretch out.");
        }
        double[] density = new double[dft.bins()];
        for (int k = 0; k < tapers.length; k++) {
            for (int i = 0; i < x.length; i++) {
                values[i] = (x[i] - mean) * tapers[k][i];
            }
            dft.forward(values, re, im);
            for (int f = 0; f < density.length; f++) {
                boolean single = f == 0 || 2 * f == x.length;
                density[f] += weights[k] * (single ? 1 : 2) * (re[f] * re[f] + im[f] * im[f]);
            }
        }
        return Spectrum.owned(samplingRate, x.length, tapers.length, density);
    }
}
