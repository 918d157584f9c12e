package org.anodyne.dsp.physio;

/**
 * Heart-rate variability in the frequency domain, from the Lomb–Scargle periodogram of the intervals at the times of the beats that end
 * them; no interpolation to even times, no beats put in. Densities are 2 P T / N: their integral over all frequencies is the variance
 * of the intervals. Bands are those of the Task Force (Circulation 93, 1996): low 0.04 to 0.15 Hz, high 0.15 to 0.4 Hz, integrated by
 * the trapezoid rule on a grid of a quarter of the resolution 1 / T, with values at the band's very edges. Immutable.
 */
public final class HrvSpectrum {
    public static final double LOW_FROM = 0.04;
    public static final double LOW_TO = 0.15;
    public static final double HIGH_TO = 0.4;

    /** Where the peak of a coherent heart rhythm is looked for, hertz. */
    public static final double PEAK_FROM = 0.04;

    public static final double PEAK_TO = 0.26;

    /** Width around that peak which counts as the peak, hertz. */
    public static final double PEAK_WIDTH = 0.03;

    /** Where the total power begins, hertz: the Task Force's lower edge of very low frequencies. */
    public static final double TOTAL_FROM = 0.0033;

    /** Fewer intervals than this give no spectrum. */
    public static final int LEAST_INTERVALS = 16;

    private static final double FINENESS = 4;

    private final double step;
    private final double low;
    private final double[] density;
    private final double varianceToAmplitude;

    private HrvSpectrum(double low, double step, double[] density, double span) {
        this.low = low;
        this.step = step;
        this.density = density;
        // A sine of amplitude A has the density A² T / 2 at its frequency.
        this.varianceToAmplitude = 2 / span;
    }

    /** Whether there is enough to compute a spectrum that resolves the low band: two periods of 0.04 Hz and 16 intervals. */
    public static boolean enough(double[] t) {
        return t.length >= LEAST_INTERVALS && t[t.length - 1] - t[0] >= 2 / LOW_FROM;
    }

    /**
     * @param t times in seconds, rising, of the beats that end the intervals
     * @param intervals usable intervals, none NaN, in any unit
     * @throws IllegalArgumentException when {@link #enough} is not true
     */
    public static HrvSpectrum of(double[] t, double[] intervals) {
        if (!enough(t)) {
            throw new IllegalArgumentException("A spectrum needs at least " + LEAST_INTERVALS + " intervals over "
                    + 2 / LOW_FROM + " s; there are " + t.length + ".");
        }
        double mean = Hrv.mean(intervals).orElseThrow();
        double[] y = new double[t.length];
        double[] since = new double[t.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = intervals[i] - mean;
            since[i] = t[i] - t[0];
        }
        double span = since[since.length - 1] * t.length / (t.length - 1);
        double step = 1 / (FINENESS * span);
        int count = (int) StrictMath.ceil((HIGH_TO - TOTAL_FROM) / step) + 1;
        double[] power = LombScargle.power(since, y, TOTAL_FROM, step, count);
        for (int k = 0; k < count; k++) {
            power[k] *= 2 * span / t.length;
        }
        return new HrvSpectrum(TOTAL_FROM, step, power, span);
    }

    /** Density at a frequency, between grid points on a straight line. */
    private double at(double frequency) {
        double place = (frequency - low) / step;
        int k = (int) Math.max(0, Math.min(density.length - 2, StrictMath.floor(place)));
        return density[k] + (place - k) * (density[k + 1] - density[k]);
    }

    /** Power of a band, in the square of the intervals' unit; the band is cut to {@link #TOTAL_FROM} … {@link #HIGH_TO}. */
    public double power(double from, double to) {
        double begin = Math.max(TOTAL_FROM, from);
        double end = Math.min(HIGH_TO, to);
        double sum = 0;
        double lastFrequency = begin;
        double last = at(begin);
        for (int k = (int) StrictMath.floor((begin - low) / step) + 1; low + k * step < end; k++) {
            double frequency = low + k * step;
            sum += (frequency - lastFrequency) * (density[k] + last) / 2;
            lastFrequency = frequency;
            last = density[k];
        }
        return sum + (end - lastFrequency) * (at(end) + last) / 2;
    }

    /** Power from 0.04 to 0.15 Hz. */
    public double lowPower() {
        return power(LOW_FROM, LOW_TO);
    }

    /** Power from 0.15 to 0.4 Hz. */
    public double highPower() {
        return power(LOW_TO, HIGH_TO);
    }

    /** LF/HF; NaN without any power. */
    public double ratio() {
        double high = highPower();
        return high > 0 ? lowPower() / high : Double.NaN;
    }

    /** Frequency of the highest density from 0.04 to 0.26 Hz. */
    public double peak() {
        int best = -1;
        for (int k = 0; k < density.length; k++) {
            double frequency = low + k * step;
            if (frequency >= PEAK_FROM && frequency <= PEAK_TO && (best < 0 || density[k] > density[best])) {
                best = k;
            }
        }
        return low + best * step;
    }

    /** Half the distance from highest to lowest of the sine at {@link #peak()}, in the unit of the intervals. */
    public double peakAmplitude() {
        return Math.sqrt(at(peak()) * varianceToAmplitude);
    }

    /**
     * Heart coherence: the power within 0.015 Hz of {@link #peak()} as a share of the power from 0.0033 to 0.4 Hz; 0 to 1, NaN without
     * any power. After R. McCraty and F. Shaffer, "Heart rate variability: new perspectives on physiological mechanisms, assessment of
     * self-regulatory capacity, and health risk", Glob. Adv. Health Med. 4(1), 2015, who put it as the ratio peak / (total − peak), which
     * is s / (1 − s) of this share s. <em>Unverified</em>: band, width and total are as the authors are quoted to use them.
     */
    public double coherence() {
        double total = power(TOTAL_FROM, HIGH_TO);
        double centre = peak();
        double share = power(centre - PEAK_WIDTH / 2, centre + PEAK_WIDTH / 2) / total;
        return total > 0 ? Math.max(0, Math.min(1, share)) : Double.NaN;
    }
}
