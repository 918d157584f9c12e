package org.anodyne.dsp;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The individual alpha peak of an EEG spectrum.
 *
 * <p>A peak is a bin strictly inside the range that is higher than both its neighbours and rises by at least a fifth above the
 * lowest bin on either side of it within the range. It must be the highest of the range or, under a slope that is higher, rise by
 * two standard deviations above a power law that is fitted to the spectrum outside the range. At the edge of the range nothing
 * can be told apart from a slope, so nothing there is a peak. That an estimate may be undefined, the comparison with a fitted
 * background and the fifth follow A. W. Corcoran et al., "Toward a reliable, automated method of individual alpha frequency (IAF)
 * quantification", Psychophysiology 55, 2018; the two standard deviations are the usual threshold of T. Donoghue et al.,
 * "Parameterizing neural power spectra into periodic and aperiodic components", Nat. Neurosci. 23, 2020. How they are combined is
 * ours. It is no test of significance: few averages of noise can look like a peak.
 *
 * @param frequency of the peak's bin in hertz, on the spectrum's grid (no interpolation)
 * @param density power spectral density there
 * @param local true for a peak; false when the range has none and its largest bin stands in: that frequency is no alpha peak
 */
public record AlphaPeak(double frequency, double density, boolean local) {
    /** Default lower end of the search in hertz. */
    public static final double LOW = 7;

    /** Default upper end of the search in hertz. */
    public static final double HIGH = 13;

    /** By so much a peak is higher than the lowest bin on either side. */
    private static final double RISE = 1.2;

    private static final double DEVIATIONS = 2;

    /** What the power law is fitted to, hertz. */
    private static final double BACKGROUND_LOW = 1;

    private static final double BACKGROUND_HIGH = 45;

    private static final int FEWEST_BACKGROUND_BINS = 10;

    /** {@link #find(Spectrum, double, double)} from 7 to 13 Hz. */
    public static Optional<AlphaPeak> find(Spectrum spectrum) {
        return find(spectrum, LOW, HIGH);
    }

    /**
     * The highest peak between low and high; without one, the largest bin from low to high. A flat top counts once, at its middle bin
     * rounded down (as scipy.signal.find_peaks). Of equally high ones the lowest frequency wins.
     *
     * @return empty when no bin lies in the band, one of them is not finite, or all are 0
     */
    public static Optional<AlphaPeak> find(Spectrum spectrum, double low, double high) {
        int from = spectrum.firstBinFrom(low);
        int to = spectrum.firstBinAbove(high);
        int largest = largest(spectrum, from, to);
        if (largest < 0) {
            return Optional.empty();
        }
        int best = highest(spectrum, from, to, largest);
        boolean local = best >= 0;
        int bin = local ? best : largest;
        return Optional.of(new AlphaPeak(spectrum.frequency(bin), spectrum.density(bin), local));
    }

    /**
     * Frequency of the highest peak between low and high in hertz, as {@link #find(Spectrum, double, double)}; NaN without one. Allocates
     * nothing.
     */
    public static double frequencyOrNaN(Spectrum spectrum, double low, double high) {
        int from = spectrum.firstBinFrom(low);
        int to = spectrum.firstBinAbove(high);
        int largest = largest(spectrum, from, to);
        int best = largest < 0 ? -1 : highest(spectrum, from, to, largest);
        return best < 0 ? Double.NaN : spectrum.frequency(best);
    }

    /** The largest bin of a range; -1 when there is none, one of them is not finite, or all are 0. */
    private static int largest(Spectrum spectrum, int from, int to) {
        int largest = -1;
        for (int k = from; k < to; k++) {
            if (!Double.isFinite(spectrum.density(k))) {
                return -1;
            }
            if (largest < 0 || spectrum.density(k) > spectrum.density(largest)) {
                largest = k;
            }
        }
        return largest < 0 || !(spectrum.density(largest) > 0) ? -1 : largest;
    }

    /** Why a spectrum has no peak between low and high, for a person; empty when it has one. */
    public static String objection(Spectrum spectrum, double low, double high) {
        Optional<AlphaPeak> found = find(spectrum, low, high);
        String range = " from " + number(low) + " to " + number(high) + " Hz ";
        if (found.isEmpty()) {
            return "there is no power" + range + "or not all of it is known";
        } else if (found.get().local) {
            return "";
        }
        double at = found.get().frequency;
        boolean edge = at == spectrum.frequency(spectrum.firstBinFrom(low))
                || at == spectrum.frequency(spectrum.firstBinAbove(high) - 1);
        return edge
                ? "power" + range + "is greatest at the edge of the range, " + number(at)
                        + " Hz, and nothing inside stands out"
                : "nothing" + range + "rises by a fifth above both sides";
    }

    private static String number(double hertz) {
        return hertz == Math.rint(hertz) ? Long.toString((long) hertz) : Double.toString(hertz);
    }

    private static int highest(Spectrum spectrum, int from, int to, int largest) {
        int best = -1;
        int k = from + 1;
        while (k < to - 1) {
            int end = k;
            while (end + 1 < spectrum.size() && spectrum.density(end + 1) == spectrum.density(k)) {
                end++;
            }
            int middle = (k + end) / 2;
            boolean higher = best < 0 || spectrum.density(middle) > spectrum.density(best);
            if (end < to - 1 && higher && rises(spectrum, from, to, k, end)) {
                boolean top = spectrum.density(middle) == spectrum.density(largest);
                if (top || stands(spectrum, from, to, middle)) {
                    best = middle;
                }
            }
            k = end + 1;
        }
        return best;
    }

    /** Whether the plateau from k to end is a local maximum that stands out on both sides. */
    private static boolean rises(Spectrum spectrum, int from, int to, int k, int end) {
        double density = spectrum.density(k);
        return spectrum.density(k - 1) < density
                && spectrum.density(end + 1) < density
                && density >= RISE * lowest(spectrum, from, k)
                && density >= RISE * lowest(spectrum, end + 1, to);
    }

    private static double lowest(Spectrum spectrum, int from, int to) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int k = from; k < to; k++) {
            lowest = Math.min(lowest, spectrum.density(k));
        }
        return lowest;
    }

    /**
     * Centre of gravity of the band: sum of frequency × density over sum of density (W. Klimesch, "EEG alpha and theta oscillations
     * reflect cognitive and memory performance", Brain Res. Rev. 29, 1999). Steadier than the peak when the peak is broad or split.
     *
     * @return hertz; empty when the band holds no energy or a value is not finite
     */
    public static OptionalDouble centreOfGravity(Spectrum spectrum, double low, double high) {
        double weighted = 0;
        double total = 0;
        int end = spectrum.firstBinAbove(high);
        for (int k = spectrum.firstBinFrom(low); k < end; k++) {
            weighted += spectrum.frequency(k) * spectrum.density(k);
            total += spectrum.density(k);
        }
        double centre = weighted / total;
        return Double.isFinite(centre) ? OptionalDouble.of(centre) : OptionalDouble.empty();
    }

    /**
     * Whether a bin is far enough above a power law: a line through the logarithms of frequency and density outside the range. Never, where
     * there were too few bins to fit it. Fitted anew for each bin that asks, of which there are few: what is kept would be allocated.
     */
    private static boolean stands(Spectrum spectrum, int from, int to, int bin) {
        int n = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        double sumYy = 0;
        int end = Math.min(spectrum.size(), spectrum.firstBinAbove(BACKGROUND_HIGH));
        for (int k = spectrum.firstBinFrom(BACKGROUND_LOW); k < end; k++) {
            if (k >= from && k < to || !(spectrum.density(k) > 0)) {
                continue;
            }
            double x = Math.log10(spectrum.frequency(k));
            double y = Math.log10(spectrum.density(k));
            n++;
            sumX += x;
            sumY += y;
            sumXx += x * x;
            sumXy += x * y;
            sumYy += y * y;
        }
        if (n < FEWEST_BACKGROUND_BINS) {
            return false;
        }
        double varX = sumXx - sumX * sumX / n;
        double slope = (sumXy - sumX * sumY / n) / varX;
        double left = Math.max(0, sumYy - sumY * sumY / n - slope * slope * varX);
        double expected = (sumY - slope * sumX) / n + slope * Math.log10(spectrum.frequency(bin));
        return Math.log10(spectrum.density(bin)) - expected >= DEVIATIONS * Math.sqrt(left / n);
    }
}
