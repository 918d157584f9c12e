package org.anodyne.dsp;

/**
 * One skin-conductance response. Times are seconds since the first sample that the detector was fed, not corrected for the
 * detector's delay ({@link ScrDetector#delay()}).
 *
 * @param onset start of the rise, in seconds
 * @param peak end of the rise, in seconds
 * @param amplitude rise of the phasic signal from onset to peak, in the unit of the signal; the high-pass flattens long responses, so
 *     it is smaller than their rise of conductance
 * @param conductanceRise rise of the smoothed signal itself from onset to peak (trough to peak), in the unit of the signal
 * @param tonic tonic level at the peak, in the unit of the signal
 */
public record ScrEvent(double onset, double peak, double amplitude, double conductanceRise, double tonic) {
    /** Seconds from onset to peak. */
    public double riseTime() {
        return peak - onset;
    }
}
