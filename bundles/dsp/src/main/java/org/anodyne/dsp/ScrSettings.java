package org.anodyne.dsp;

/**
 * Settings of {@link ScrDetector}. The defaults are common practice; none of them has been verified for a particular device or
 * electrode site, so a study states its own.
 *
 * @param samplingRate of the incoming signal in hertz
 * @param decimation every how many samples one is kept after the low-pass; at least 1
 * @param lowPass cut-off of the fourth-order smoothing low-pass in hertz, below half the decimated rate
 * @param highPass cut-off of the second-order high-pass that separates phasic from tonic, in hertz
 * @param minAmplitude smallest amplitude of a response, in the unit of the signal
 * @param reversal by how much the phasic signal has to turn back before a turn counts, in the unit of the signal; at most minAmplitude
 * @param minRise shortest time from onset to peak, in seconds
 * @param maxRise how far before the peak an onset is looked for, in seconds
 * @param refractory shortest time from one response's peak to the next one's, in seconds
 */
public record ScrSettings(
        double samplingRate,
        int decimation,
        double lowPass,
        double highPass,
        double minAmplitude,
        double reversal,
        double minRise,
        double maxRise,
        double refractory) {
    /**
     * The usual smallest amplitude when the signal is in microsiemens. <em>Unverified</em>: 0.01 to 0.05 µS are in use, and it
     * depends on the noise of the device. A signal in converter counts needs a threshold in counts.
     */
    public static final double CONVENTIONAL_MIN_AMPLITUDE_MICROSIEMENS = 0.01;

    private static final double TARGET_RATE = 25;
    private static final int MAX_WINDOW = 100_000;

    public ScrSettings {
        Periodogram.checkRate(samplingRate);
        if (decimation < 1) {
            throw new IllegalArgumentException("The decimation must be at least 1, not " + decimation + ".");
        }
        check(
                highPass > 0 && highPass < lowPass,
                "high-pass cut-off",
                highPass,
                "lie between 0 Hz and the low-pass cut-off");
        check(
                lowPass < samplingRate / decimation / 2,
                "low-pass cut-off",
                lowPass,
                "lie below half the decimated rate");
        check(
                minAmplitude > 0 && minAmplitude < Double.POSITIVE_INFINITY,
                "smallest amplitude",
                minAmplitude,
                "be above 0");
        check(
                reversal > 0 && reversal <= minAmplitude,
                "reversal",
                reversal,
                "be above 0 and at most the smallest amplitude");
        check(minRise >= 0 && minRise <= maxRise, "shortest rise", minRise, "be from 0 to the longest rise");
        check(
                maxRise * samplingRate / decimation < MAX_WINDOW,
                "longest rise",
                maxRise,
                "be shorter than " + MAX_WINDOW + " decimated samples");
        check(refractory >= 0, "refractory time", refractory, "be at least 0");
    }

    /**
     * Defaults: decimated to at least 25 Hz, low-pass 5 Hz (or 0.4 times the decimated rate where that is less: 1.6 Hz for a
     * wristband's 4 Hz), high-pass 0.05 Hz, reversal half the smallest amplitude, rise 0.5 to 5 s, refractory 1 s.
     *
     * @param samplingRate in hertz, above 0.125
     * @param minAmplitude in the unit of the signal, for microsiemens by convention
     *     {@link #CONVENTIONAL_MIN_AMPLITUDE_MICROSIEMENS}
     */
    public static ScrSettings of(double samplingRate, double minAmplitude) {
        int decimation = (int) Math.max(1, StrictMath.floor(samplingRate / TARGET_RATE));
        double lowPass = Math.min(5, 0.4 * samplingRate / decimation);
        return new ScrSettings(samplingRate, decimation, lowPass, 0.05, minAmplitude, minAmplitude / 2, 0.5, 5, 1);
    }

    /** Rate of the decimated signal in hertz. */
    public double decimatedRate() {
        return samplingRate / decimation;
    }

    private static void check(boolean right, String name, double value, String rule) {
        if (!right) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") must " + rule + ".");
        }
    }
}
