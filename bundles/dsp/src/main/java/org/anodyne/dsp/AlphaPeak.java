package org.anodyne.dsp;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The individual alpha peak of an EEG spectrum.
 *
 * @param frequency of the peak's bin in hertz, on the spectrum's grid (no interpolation)
 * @param density power spectral density there
 * @param local true for a true local maximum; false when the band has none and its largest bin stands in (a spectrum that only
 *     falls, or only rises, through the band: treat that frequency with caution)
 */
public record AlphaPeak(double frequency, double density, boolean local) {
    /** Default lower end of the search in hertz. */
    public static final double LOW = 7;

    /** Default upper end of the search in hertz. */
    public static final double HIGH = 13;

    /** {@link #find(Spectrum, double, double)} from 7 to 13 Hz. */
    public static Optional<AlphaPeak> find(Spectrum spectrum) {
        return find(spectrum, LOW, HIGH);
    }

    /**
     * The highest local maximum with low ≤ frequency ≤ high; without one, the largest bin of the band. A maximum is higher than
     * its neighbours on both sides, which may lie outside the band; a flat top counts once, at its middle bin rounded down (as
     * scipy.signal.find_peaks). Of equally high ones the lowest frequency wins.
     *
     * @return empty when no bin lies in the band, one of them is not finite, or all are 0
     */
    public static Optional<AlphaPeak> find(Spectrum spectrum, double low, double high) {
        int from = spectrum.firstBinFrom(low);
        int to = spectrum.firstBinAbove(high);
        int largest = -1;
        for (int k = from; k < to; k++) {
            if (!Double.isFinite(spectrum.density(k))) {
                return Optional.empty();
            }
            if (largest < 0 || spectrum.density(k) > spectrum.density(largest)) {
                largest = k;
            }
        }
        if (largest < 0 || !(spectrum.density(largest) > 0)) {
            return Optional.empty();
        }
        int best = highestLocal(spectrum, from, to);
        boolean local = best >= 0;
        int bin = local ? best : largest;
        return Optional.of(new AlphaPeak(spectrum.frequency(bin), spectrum.density(bin), local));
    }

    private static int highestLocal(Spectrum spectrum, int from, int to) {
        int best = -1;
        int k = 1;
        while (k < spectrum.size() - 1) {
            int end = k;
            while (end + 1 < spectrum.size() && spectrum.density(end + 1) == spectrum.density(k)) {
                end++;
            }
            boolean peak = spectrum.density(k - 1) < spectrum.density(k)
                    && end + 1 < spectrum.size()
                    && spectrum.density(end + 1) < spectrum.density(k);
            int middle = (k + end) / 2;
            if (peak
                    && middle >= from
                    && middle < to
                    && (best < 0 || spectrum.density(middle) > spectrum.density(best))) {
                best = middle;
            }
            k = end + 1;
        }
        return best;
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
}
