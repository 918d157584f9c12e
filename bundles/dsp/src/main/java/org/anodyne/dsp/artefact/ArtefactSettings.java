package org.anodyne.dsp.artefact;

/**
 * Settings of {@link ArtefactDetector}. Thresholds are multiples of what is usual in the signal itself, so they need no unit. None of
 * the defaults is verified for a device or a montage.
 *
 * @param samplingRate in hertz, from 60
 * @param learning seconds from whose samples the usual sizes are learnt, above 0
 * @param blink robust standard deviations of the 1 to 10 Hz band
 * @param muscle times the usual root mean square of the fast band
 * @param movement robust standard deviations of the signal by which its level changes within a second
 * @param flat range as a share of the robust standard deviation of the signal below which it is flat
 */
public record ArtefactSettings(
        double samplingRate, double learning, double blink, double muscle, double movement, double flat) {
    public ArtefactSettings {
        check(samplingRate >= 60 && samplingRate <= 100_000, "sampling rate", samplingRate, "be from 60 to 100,000 Hz");
        check(learning > 0 && learning <= 600, "learning time", learning, "be above 0 and at most 600 s");
        check(blink > 0, "threshold for blinks", blink, "be above 0");
        check(muscle > 1, "threshold for muscle", muscle, "be above 1");
        check(movement > 0, "threshold for movement", movement, "be above 0");
        check(flat >= 0 && flat < 1, "threshold for a flat signal", flat, "be from 0 and below 1");
    }

    /** Defaults: learning 10 s, blink 5, muscle 3, movement 3, flat 0.02. */
    public static ArtefactSettings of(double samplingRate) {
        return new ArtefactSettings(samplingRate, 10, 5, 3, 3, 0.02);
    }

    private static void check(boolean right, String name, double value, String rule) {
        if (!right) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") must " + rule + ".");
        }
    }
}
