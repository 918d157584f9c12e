package org.anodyne.dsp;

/** Welch's power spectral density of a whole signal. */
public final class Welch {
    private Welch() {}

    /**
     * With a Hann window: the defaults of scipy.signal.welch. Otherwise as {@link #psd(double[], double, int, int, Window)}.
     */
    public static Spectrum psd(double[] x, double samplingRate, int segment, int overlap) {
        return psd(x, samplingRate, segment, overlap, Window.HANN);
    }

    /**
     * Mean of the windowed periodograms of all whole segments; samples after the last whole segment are not used. Periodic window,
     * mean of each segment removed, one-sided density: scipy.signal.welch, and mne.time_frequency.psd_array_welch, whose window is
     * Hamming's unless told otherwise.
     *
     * @param x the signal, at least one segment long
     * @param samplingRate in hertz
     * @param segment samples per segment, any number from 2
     * @param overlap samples that neighbouring segments share, from 0 to segment - 1 (scipy's default is segment / 2)
     * @throws IllegalArgumentException when the signal holds no whole segment of finite samples (scipy would shorten the segment
     *     and so change the resolution without a word)
     */
    public static Spectrum psd(double[] x, double samplingRate, int segment, int overlap, Window window) {
        WelchAccumulator accumulator = new WelchAccumulator(samplingRate, segment, overlap, window);
        accumulator.add(x);
        return accumulator
                .spectrum()
                .orElseThrow(() -> new IllegalArgumentException("The signal of " + x.length
                        + " samples holds no whole segment of " + segment + " finite samples; use a shorter segment."));
    }
}
