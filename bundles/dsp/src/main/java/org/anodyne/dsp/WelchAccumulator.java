package org.anodyne.dsp;

import java.util.Arrays;
import java.util.Optional;

/**
 * Welch's power spectral density of a stream: samples come in blocks of any size, the mean over all whole segments so far can be
 * read at any time. The result depends only on the samples, never on how they were cut into blocks, and equals
 * {@link Welch#psd} over the same samples bit for bit.
 *
 * <p>A segment with a sample that is not finite is left out and counted; scipy would answer NaN for every bin. One thread at a time.
 */
public final class WelchAccumulator implements Resumable {
    private static final int KIND = 0x57454C43;
    private static final int VERSION = 2;
    private static final String NAME = "Welch accumulator";

    private final Periodogram periodogram;
    private final int overlap;
    private double[] ring;
    private double[] sum;
    private int position;
    private int untilNext;
    private long averaged;
    private long skipped;

    /** With a Hann window, as {@link #WelchAccumulator(double, int, int, Window)}. */
    public WelchAccumulator(double samplingRate, int segment, int overlap) {
        this(samplingRate, segment, overlap, Window.HANN);
    }

    /**
     * @param samplingRate in hertz
     * @param segment samples per segment, any number from 2
     * @param overlap samples that neighbouring segments share, from 0 to segment - 1
     */
    public WelchAccumulator(double samplingRate, int segment, int overlap, Window window) {
        this.periodogram = new Periodogram(samplingRate, segment, window);
        if (overlap < 0 || overlap >= segment) {
            throw new IllegalArgumentException("The overlap must be from 0 to " + (segment - 1)
                    + " samples for segments of " + segment + ", not " + overlap + ".");
        }
        this.overlap = overlap;
        this.ring = new double[segment];
        this.sum = new double[periodogram.bins()];
        this.untilNext = segment;
    }

    public void add(double sample) {
        ring[position] = sample;
        position = position + 1 == ring.length ? 0 : position + 1;
        if (--untilNext == 0) {
            if (periodogram.addTo(sum, ring, 0, position)) {
                averaged++;
            } else {
                skipped++;
            }
            untilNext = ring.length - overlap;
        }
    }

    public void add(double[] samples) {
        add(samples, 0, samples.length);
    }

    public void add(double[] samples, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            add(samples[i]);
        }
    }

    /** The mean density so far; empty before the first whole segment of finite samples. */
    public Optional<Spectrum> spectrum() {
        if (averaged == 0) {
            return Optional.empty();
        }
        double[] mean = new double[sum.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = sum[k] / averaged;
        }
        return Optional.of(Spectrum.owned(periodogram.samplingRate, periodogram.segment, averaged, mean));
    }

    /** Segments in the mean. */
    public long averaged() {
        return averaged;
    }

    /** Segments left out because a sample was not finite. */
    public long skipped() {
        return skipped;
    }

    /** Forgets everything. */
    public void reset() {
        Arrays.fill(ring, 0);
        Arrays.fill(sum, 0);
        position = 0;
        untilNext = ring.length;
        averaged = 0;
        skipped = 0;
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 8 * 2 + 4 * 4 + 8 * 2 + 8 * (ring.length + sum.length))
                .putDouble(periodogram.samplingRate)
                .putDouble(periodogram.energy)
                .putInt(ring.length)
                .putInt(overlap)
                .putInt(position)
                .putInt(untilNext)
                .putLong(averaged)
                .putLong(skipped)
                .putDoubles(ring)
                .putDoubles(sum)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a sampling rate of", periodogram.samplingRate);
        double energy = in.getDouble();
        in.expect("a segment of", ring.length);
        in.expect("an overlap of", overlap);
        in.same("a window of energy", energy, periodogram.energy);
        int savedPosition = in.getIntWithin(0, ring.length - 1);
        int savedUntilNext = in.getIntWithin(1, ring.length);
        long savedAveraged = in.getLong();
        long savedSkipped = in.getLong();
        double[] savedRing = in.getDoubles(ring.length);
        double[] savedSum = in.getDoubles(sum.length);
        in.end();
        position = savedPosition;
        untilNext = savedUntilNext;
        averaged = savedAveraged;
        skipped = savedSkipped;
        ring = savedRing;
        sum = savedSum;
    }
}
