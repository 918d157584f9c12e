package org.anodyne.dsp.connectivity;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.anodyne.dsp.RealDft;
import org.anodyne.dsp.Window;

/**
 * Connectivity between two channels, or two sets of channels, over epochs. Epochs come one at a time; a measure of a band can be
 * read at any time from the second epoch on.
 *
 * <p>Each epoch's mean is removed, it is windowed and Fourier transformed. A measure is taken at every frequency, averaged over the
 * frequencies in [low, high] with both ends included, and then over all pairs of one channel of the first and another of the second
 * set. An epoch in which a value is not finite is left out for all pairs and counted. One thread at a time.
 *
 * <ul>
 *   <li>Coherence is magnitude-squared: |Sxy|² / (Sxx Syy) with the S averaged over epochs ({@code scipy.signal.coherence}, which
 *       takes its segments for epochs; P. Welch 1967). From 0 to 1; biased upwards by about 1 / epochs; volume conduction counts
 *       as coherence.
 *   <li>Debiased weighted phase lag index, squared: (sum over pairs of different epochs of Iⱼ Iₖ) / (the same of |Iⱼ Iₖ|), with I
 *       the imaginary part of an epoch's cross-spectrum (M. Vinck et al., "An improved index of phase-synchronization for
 *       electrophysiological data in the presence of volume-conduction, noise and sample-size bias", NeuroImage 55(4), 2011).
 *       About 0, also slightly below, without interaction; 1 for a lag that keeps its sign. 0 where no epoch has an imaginary
 *       part, as with twice the same signal.
 * </ul>
 */
public final class EpochConnectivity {
    /** Sums over epochs of one pair. */
    private static final class Pair {
        final int from;
        final int to;
        final double[] re;
        final double[] im;
        final double[] absolute;
        final double[] square;

        Pair(int from, int to, int bins) {
            this.from = from;
            this.to = to;
            this.re = new double[bins];
            this.im = new double[bins];
            this.absolute = new double[bins];
            this.square = new double[bins];
        }
    }

    private interface Measure {
        double at(Pair pair, int bin);
    }

    private final double samplingRate;
    private final int length;
    private final int channels;
    private final double[] window;
    private final RealDft dft;
    private final boolean[] used;
    private final double[] values;
    private final double[][] re;
    private final double[][] im;
    private final double[][] power;
    private final List<Pair> pairs = new ArrayList<>();
    private int epochs;
    private int skipped;

    /**
     * Two sets of channels; a channel in both is not paired with itself.
     *
     * @param samplingRate in hertz
     * @param length samples per epoch, at least 2; frequencies are samplingRate / length apart
     * @param channels channels per epoch
     * @param window Hann is usual
     * @param from positions of the first set's channels, from 0
     * @param to positions of the second set's channels
     * @throws IllegalArgumentException when a set holds a channel that is not there, or no pair is left
     */
    public EpochConnectivity(double samplingRate, int length, int channels, Window window, int[] from, int[] to) {
        if (!(samplingRate > 0) || Double.isInfinite(samplingRate)) {
            throw new IllegalArgumentException("The sampling rate must be above 0 Hz, not " + samplingRate + ".");
        }
        this.samplingRate = samplingRate;
        this.length = length;
        this.channels = channels;
        this.dft = RealDft.ofLength(length);
        this.window = window.periodic(length);
        this.used = new boolean[channels];
        mark(from);
        mark(to);
        int bins = dft.bins();
        for (int a : from) {
            for (int b : to) {
                if (a != b) {
                    pairs.add(new Pair(a, b, bins));
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("The two sets hold no two different channels to compare.");
        }
        this.values = new double[length];
        this.re = new double[channels][];
        this.im = new double[channels][];
        this.power = new double[channels][];
        for (int c = 0; c < channels; c++) {
            if (used[c]) {
                re[c] = new double[bins];
                im[c] = new double[bins];
                power[c] = new double[bins];
            }
        }
    }

    /** The first two channels of epochs with two. */
    public static EpochConnectivity ofTwo(double samplingRate, int length, Window window) {
        return new EpochConnectivity(samplingRate, length, 2, window, new int[] {0}, new int[] {1});
    }

    private void mark(int[] set) {
        for (int channel : set) {
            if (channel < 0 || channel >= channels) {
                throw new IllegalArgumentException(
                        "There is no channel " + channel + "; epochs have the channels 0 to " + (channels - 1) + ".");
            }
            used[channel] = true;
        }
    }

    /**
     * Takes one epoch in.
     *
     * @param epoch channel by channel, each as many samples as said; not changed
     * @return false when it was left out because a value is not finite
     */
    public boolean add(double[]... epoch) {
        if (epoch.length != channels) {
            throw new IllegalArgumentException(
                    "Epochs here have " + channels + " channels, but got " + epoch.length + ".");
        }
        for (int c = 0; c < channels; c++) {
            if (epoch[c].length != length) {
                throw new IllegalArgumentException("Epochs here have " + length + " samples per channel, but channel "
                        + c + " has " + epoch[c].length + ".");
            }
        }
        for (int c = 0; c < channels; c++) {
            if (used[c] && !transform(epoch[c], re[c], im[c])) {
                skipped++;
                return false;
            }
        }
        for (int c = 0; c < channels; c++) {
            for (int k = 0; used[c] && k < power[c].length; k++) {
                power[c][k] += re[c][k] * re[c][k] + im[c][k] * im[c][k];
            }
        }
        for (int p = 0; p < pairs.size(); p++) {
            accumulate(pairs.get(p));
        }
        epochs++;
        return true;
    }

    private boolean transform(double[] x, double[] outRe, double[] outIm) {
        double total = 0;
        for (double value : x) {
            total += value;
        }
        double mean = total / length;
        if (!Double.isFinite(mean)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            values[i] = (x[i] - mean) * window[i];
        }
        dft.forward(values, outRe, outIm);
        return true;
    }

    private void accumulate(Pair pair) {
        double[] xr = re[pair.from];
        double[] xi = im[pair.from];
        double[] yr = re[pair.to];
        double[] yi = im[pair.to];
        for (int k = 0; k < xr.length; k++) {
            double imaginary = xr[k] * yi[k] - xi[k] * yr[k];
            pair.re[k] += xr[k] * yr[k] + xi[k] * yi[k];
            pair.im[k] += imaginary;
            pair.absolute[k] += Math.abs(imaginary);
            pair.square[k] += imaginary * imaginary;
        }
    }

    /** Epochs taken in. */
    public int epochs() {
        return epochs;
    }

    /** Epochs left out because a value was not finite. */
    public int skipped() {
        return skipped;
    }

    /**
     * Mean magnitude-squared coherence of a band; empty before the second epoch and where a channel holds no power at a frequency.
     *
     * @param low lower end of the band in hertz, inclusive
     * @param high upper end of the band in hertz, inclusive
     * @throws IllegalArgumentException when no frequency of these epochs lies in the band
     */
    public OptionalDouble coherence(double low, double high) {
        return mean(low, high, (pair, k) -> {
            double shared = pair.re[k] * pair.re[k] + pair.im[k] * pair.im[k];
            return shared / power[pair.from][k] / power[pair.to][k];
        });
    }

    /** Mean squared debiased weighted phase lag index of a band; as {@link #coherence}, but 0 where there is no power. */
    public OptionalDouble debiasedWpliSquared(double low, double high) {
        return mean(low, high, (pair, k) -> {
            double over = pair.absolute[k] * pair.absolute[k] - pair.square[k];
            return over == 0 ? 0 : (pair.im[k] * pair.im[k] - pair.square[k]) / over;
        });
    }

    private OptionalDouble mean(double low, double high, Measure measure) {
        OptionalInt first = bin(low, high);
        if (first.isEmpty()) {
            throw new IllegalArgumentException("No frequency lies between " + low + " and " + high
                    + " Hz: epochs of " + length + " samples at " + samplingRate + " Hz have one every "
                    + samplingRate / length + " Hz up to " + samplingRate / 2
                    + " Hz; widen the band or lengthen the epochs.");
        }
        if (epochs < 2) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        int count = 0;
        for (Pair pair : pairs) {
            for (int k = first.getAsInt(); k < dft.bins() && frequency(k) <= high; k++) {
                sum += measure.at(pair, k);
                count++;
            }
        }
        double mean = sum / count;
        return Double.isFinite(mean) ? OptionalDouble.of(mean) : OptionalDouble.empty();
    }

    private OptionalInt bin(double low, double high) {
        for (int k = 0; k < dft.bins() && frequency(k) <= high; k++) {
            if (frequency(k) >= low) {
                return OptionalInt.of(k);
            }
        }
        return OptionalInt.empty();
    }

    private double frequency(int k) {
        return k * samplingRate / length;
    }
}
