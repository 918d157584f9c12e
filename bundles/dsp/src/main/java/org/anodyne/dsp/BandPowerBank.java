package org.anodyne.dsp;

import java.util.Arrays;

/**
 * Power of several bands over the newest samples of every channel of a multiplexed stream: bit for bit {@link Bands#simpson} of a
 * {@link SlidingSpectrum} per channel. Allocates nothing per block or reading. One thread at a time.
 */
public final class BandPowerBank implements Resumable {
    private static final int KIND = 0x42505742;
    private static final int VERSION = 1;
    private static final String NAME = "band powers of many channels";

    private final Periodogram periodogram;
    private final int channels;
    private final int[] first;
    private final int[] last;

    /** Channel by channel, {@code length} samples each. */
    private final double[] rings;

    private final double[] density;
    private final Spectrum spectrum;
    private int position;
    private int filled;

    /**
     * @param samplingRate in hertz
     * @param channels how many, at least 1
     * @param length number of newest samples that the spectrum covers, any number from 2
     * @param bands lower and upper end of each in hertz, both included
     * @throws IllegalArgumentException when a band holds fewer than two bins
     */
    public BandPowerBank(double samplingRate, int channels, int length, Window window, double[]... bands) {
        if (channels < 1 || bands.length == 0) {
            throw new IllegalArgumentException("Band powers need at least one channel and one band, not " + channels
                    + " and " + bands.length + ".");
        }
        this.periodogram = new Periodogram(samplingRate, length, window);
        this.channels = channels;
        this.rings = new double[channels * length];
        this.density = new double[periodogram.bins()];
        this.spectrum = Spectrum.owned(samplingRate, length, 1, density);
        this.first = new int[bands.length];
        this.last = new int[bands.length];
        for (int b = 0; b < bands.length; b++) {
            if (bands[b].length != 2) {
                throw new IllegalArgumentException(
                        "A band has a lower and an upper end, not " + bands[b].length + " numbers.");
            }
            first[b] = Bands.first(spectrum, bands[b][0], bands[b][1]);
            last[b] = spectrum.firstBinAbove(bands[b][1]) - 1;
        }
    }

    public int channels() {
        return channels;
    }

    public int bands() {
        return first.length;
    }

    /**
     * Takes a block in.
     *
     * @param x sample by sample, all channels of each; the first {@code length} × channels values are used
     * @param length samples per channel
     */
    public void add(double[] x, int length) {
        int window = periodogram.segment;
        for (int i = 0, at = 0; i < length; i++) {
            for (int c = 0, to = position; c < channels; c++, at++, to += window) {
                rings[to] = x[at];
            }
            position = position + 1 == window ? 0 : position + 1;
        }
        filled = (int) Math.min(window, (long) filled + length);
    }

    /** True once as many samples came as a spectrum covers. */
    public boolean ready() {
        return filled == periodogram.segment;
    }

    /**
     * Reads all powers.
     *
     * @param out receives channels × bands values, all bands of the first channel first, in the square of the signal's unit; NaN for
     *     a channel with a sample that is not finite
     * @return false, and nothing written, until {@link #ready()}
     */
    public boolean powers(double[] out) {
        if (out.length != channels * first.length) {
            throw new IllegalArgumentException("There are " + channels + " channels × " + first.length
                    + " bands, but room for " + out.length + " values.");
        }
        if (!ready()) {
            return false;
        }
        for (int c = 0, at = 0; c < channels; c++) {
            Arrays.fill(density, 0);
            boolean finite = periodogram.addTo(density, rings, c * periodogram.segment, position);
            for (int b = 0; b < first.length; b++, at++) {
                out[at] = finite ? Bands.simpson(spectrum, first[b], last[b], Bands.EvenRule.CARTWRIGHT) : Double.NaN;
            }
        }
        return true;
    }

    /** Forgets all samples. */
    public void reset() {
        Arrays.fill(rings, 0);
        position = 0;
        filled = 0;
    }

    @Override
    public byte[] state() {
        int bands = first.length;
        StateWriter out = new StateWriter(KIND, VERSION, 8 * 2 + 4 * (5 + 2 * bands) + 8 * rings.length)
                .putDouble(periodogram.samplingRate)
                .putInt(periodogram.segment)
                .putDouble(periodogram.energy)
                .putInt(channels)
                .putInt(bands);
        for (int b = 0; b < bands; b++) {
            out.putInt(first[b]).putInt(last[b]);
        }
        return out.putInt(position).putInt(filled).putDoubles(rings).bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a sampling rate of", periodogram.samplingRate);
        in.expect("a length of", periodogram.segment);
        in.expect("a window of energy", periodogram.energy);
        in.expect("a number of channels of", channels);
        in.expect("a number of bands of", first.length);
        for (int b = 0; b < first.length; b++) {
            in.expect("a band from bin", first[b]);
            in.expect("a band to bin", last[b]);
        }
        int savedPosition = in.getIntWithin(0, periodogram.segment - 1);
        int savedFilled = in.getIntWithin(0, periodogram.segment);
        double[] saved = in.getDoubles(rings.length);
        in.end();
        position = savedPosition;
        filled = savedFilled;
        System.arraycopy(saved, 0, rings, 0, rings.length);
    }
}
