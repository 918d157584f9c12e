package org.anodyne.dsp;

import java.util.Arrays;
import java.util.Optional;

/**
 * The windowed periodogram of the newest samples of a stream, for live features: the same window, detrending and scaling as
 * {@link Welch}, without averaging. Computed when asked for, not when fed. One thread at a time.
 */
public final class SlidingSpectrum implements Resumable {
    private static final int KIND = 0x534C5350;
    private static final int VERSION = 2;
    private static final String NAME = "sliding spectrum";

    private final Periodogram periodogram;
    private double[] ring;
    private int position;
    private int filled;

    /** With a Hann window, as {@link #SlidingSpectrum(double, int, Window)}. */
    public SlidingSpectrum(double samplingRate, int length) {
        this(samplingRate, length, Window.HANN);
    }

    /**
     * @param samplingRate in hertz
     * @param length number of newest samples that the spectrum covers, any number from 2
     */
    public SlidingSpectrum(double samplingRate, int length, Window window) {
        this.periodogram = new Periodogram(samplingRate, length, window);
        this.ring = new double[length];
    }

    public void add(double sample) {
        ring[position] = sample;
        position = position + 1 == ring.length ? 0 : position + 1;
        if (filled < ring.length) {
            filled++;
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

    /** True once as many samples came as the spectrum covers. */
    public boolean ready() {
        return filled == ring.length;
    }

    /** The spectrum of the newest samples; empty until {@link #ready()} and while one of them is not finite. */
    public Optional<Spectrum> spectrum() {
        if (!ready()) {
            return Optional.empty();
        }
        double[] density = new double[periodogram.bins()];
        return periodogram.addTo(density, ring, 0, position)
                ? Optional.of(Spectrum.owned(periodogram.samplingRate, periodogram.segment, 1, density))
                : Optional.empty();
    }

    /** Number of bins of a spectrum: half the length, rounded down, and one. */
    public int bins() {
        return periodogram.bins();
    }

    /**
     * Adds the densities of the newest samples to those of other channels or windows, bin by bin, and allocates nothing. Added to
     * zeros they are bit for bit those of {@link #spectrum()}.
     *
     * @param sum {@link #bins()} values, in the square of the signal's unit per hertz
     * @return false, with nothing added, until {@link #ready()} and while a sample is not finite
     */
    public boolean addTo(double[] sum) {
        if (sum.length != periodogram.bins()) {
            throw new IllegalArgumentException("A spectrum of " + ring.length + " samples has " + periodogram.bins()
                    + " densities, but there is room for " + sum.length + ".");
        }
        return ready() && periodogram.addTo(sum, ring, 0, position);
    }

    /** Forgets all samples. */
    public void reset() {
        Arrays.fill(ring, 0);
        position = 0;
        filled = 0;
    }

    @Override
    public byte[] state() {
        return new StateWriter(KIND, VERSION, 8 * 2 + 4 * 3 + 8 * ring.length)
                .putDouble(periodogram.samplingRate)
                .putDouble(periodogram.energy)
                .putInt(ring.length)
                .putInt(position)
                .putInt(filled)
                .putDoubles(ring)
                .bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a sampling rate of", periodogram.samplingRate);
        double energy = in.getDouble();
        in.expect("a length of", ring.length);
        in.same("a window of energy", energy, periodogram.energy);
        int savedPosition = in.getIntWithin(0, ring.length - 1);
        int savedFilled = in.getIntWithin(0, ring.length);
        double[] savedRing = in.getDoubles(ring.length);
        in.end();
        position = savedPosition;
        filled = savedFilled;
        ring = savedRing;
    }
}
