package org.anodyne.dsp;

/**
 * A one-sided power spectral density: value k belongs to the frequency k × samplingRate / segment, for k from 0 to segment / 2.
 * Unit: the square of the signal's unit per hertz. Immutable, safe for any thread; but for a view ({@link #view}).
 */
public final class Spectrum {
    private final double samplingRate;
    private final int segment;
    private final long averaged;
    private final double[] density;

    private Spectrum(double samplingRate, int segment, long averaged, double[] density) {
        this.samplingRate = samplingRate;
        this.segment = segment;
        this.averaged = averaged;
        this.density = density;
    }

    /**
     * Wraps densities that were computed elsewhere.
     *
     * @param samplingRate in hertz, above 0
     * @param segment number of samples of one transform
     * @param averaged number of segments that were averaged
     * @param density segment / 2 + 1 values; copied
     */
    public static Spectrum of(double samplingRate, int segment, long averaged, double[] density) {
        check(samplingRate, segment, density);
        return owned(samplingRate, segment, averaged, density.clone());
    }

    /**
     * Looks at densities that their owner goes on to change, so that what is computed again and again needs no spectrum of its own each
     * time: it is read by the owner's thread, between two changes.
     *
     * @param samplingRate in hertz, above 0
     * @param segment number of samples of one transform
     * @param averaged number of segments that were averaged
     * @param density segment / 2 + 1 values; not copied
     */
    public static Spectrum view(double samplingRate, int segment, long averaged, double[] density) {
        check(samplingRate, segment, density);
        return owned(samplingRate, segment, averaged, density);
    }

    private static void check(double samplingRate, int segment, double[] density) {
        Periodogram.checkRate(samplingRate);
        if (density.length != segment / 2 + 1) {
            throw new IllegalArgumentException("A segment of " + segment + " samples has " + (segment / 2 + 1)
                    + " one-sided densities, but got " + density.length + ".");
        }
    }

    static Spectrum owned(double samplingRate, int segment, long averaged, double[] density) {
        return new Spectrum(samplingRate, segment, averaged, density);
    }

    /** Number of bins. */
    public int size() {
        return density.length;
    }

    /**
     * Frequency of bin k in hertz, the correctly rounded quotient of k × samplingRate and the segment length. (numpy multiplies by a
     * rounded step instead: 3 × 0.1 = 0.30000000000000004 there, 0.3 here, so a band that starts at 0.3 holds that bin.)
     */
    public double frequency(int k) {
        return k * samplingRate / segment;
    }

    /** Distance of two bins in hertz. */
    public double resolution() {
        return samplingRate / segment;
    }

    public double density(int k) {
        return density[k];
    }

    /** A copy of all densities. */
    public double[] densities() {
        return density.clone();
    }

    public double samplingRate() {
        return samplingRate;
    }

    /** Number of samples of one transform. */
    public int segment() {
        return segment;
    }

    /** Number of segments that were averaged. */
    public long averaged() {
        return averaged;
    }

    /** The first bin whose frequency is at least the given one; {@link #size()} when there is none. */
    int firstBinFrom(double frequency) {
        int k = 0;
        while (k < density.length && !(frequency(k) >= frequency)) {
            k++;
        }
        return k;
    }

    /** The bin after the last one whose frequency is at most the given one. */
    int firstBinAbove(double frequency) {
        int k = 0;
        while (k < density.length && frequency(k) <= frequency) {
            k++;
        }
        return k;
    }
}
