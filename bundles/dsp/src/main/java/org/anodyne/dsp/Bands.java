package org.anodyne.dsp;

import java.util.OptionalDouble;

/**
 * Power in a frequency band: the integral of a density over the bins whose frequency lies in [low, high], both ends included. Unit:
 * the square of the signal's unit. No interpolation to the exact band edges.
 */
public final class Bands {
    private Bands() {}

    /** What Simpson's rule does with an even number of bins, where one interval is left over. */
    public enum EvenRule {
        /**
         * The last interval from a parabola through the last three bins (K. V. Cartwright, "Simpson's rule cumulative integration
         * with MS Excel and irregularly-spaced data", J. Math. Sci. Math. Educ. 12(2), 2017). scipy 1.11 and newer do this.
         */
        CARTWRIGHT,
        /** Mean of two results with a trapezoid at the last and at the first interval: scipy's default up to 1.10. */
        AVERAGE
    }

    /** Simpson's rule with {@link EvenRule#CARTWRIGHT}, as current scipy. */
    public static double simpson(Spectrum spectrum, double low, double high) {
        return simpson(spectrum, low, high, EvenRule.CARTWRIGHT);
    }

    /**
     * Band power by Simpson's rule.
     *
     * @throws IllegalArgumentException when fewer than two bins lie in the band (scipy would answer 0)
     */
    public static double simpson(Spectrum spectrum, double low, double high, EvenRule rule) {
        int from = first(spectrum, low, high);
        return simpson(spectrum, from, spectrum.firstBinAbove(high) - 1, rule);
    }

    /** From one bin to another, both included and not the same. */
    static double simpson(Spectrum spectrum, int from, int to, EvenRule rule) {
        double h = spectrum.resolution();
        int n = to - from + 1;
        if (n == 2) {
            return h / 2 * (spectrum.density(from) + spectrum.density(to));
        }
        if (n % 2 == 1) {
            return odd(spectrum, from, to);
        }
        return switch (rule) {
            case CARTWRIGHT ->
                odd(spectrum, from, to - 1)
                        + h / 12 * (5 * spectrum.density(to) + 8 * spectrum.density(to - 1) - spectrum.density(to - 2));
            case AVERAGE -> {
                double ends = h / 2 * (spectrum.density(to) + spectrum.density(to - 1))
                        + h / 2 * (spectrum.density(from) + spectrum.density(from + 1));
                yield (odd(spectrum, from, to - 1) + odd(spectrum, from + 1, to) + ends) / 2;
            }
        };
    }

    /**
     * Band power by the trapezoid rule.
     *
     * @throws IllegalArgumentException when fewer than two bins lie in the band
     */
    public static double trapezoid(Spectrum spectrum, double low, double high) {
        int from = first(spectrum, low, high);
        int to = spectrum.firstBinAbove(high) - 1;
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += spectrum.density(k) + spectrum.density(k + 1);
        }
        return spectrum.resolution() / 2 * sum;
    }

    /**
     * Power of a band as a share of the power of a wider one, both by Simpson's rule; empty when the wider one holds no power or a
     * value is not finite.
     */
    public static OptionalDouble relative(
            Spectrum spectrum, double low, double high, double totalLow, double totalHigh) {
        double share = simpson(spectrum, low, high) / simpson(spectrum, totalLow, totalHigh);
        return Double.isFinite(share) ? OptionalDouble.of(share) : OptionalDouble.empty();
    }

    private static double odd(Spectrum spectrum, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k += 2) {
            sum += spectrum.density(k) + 4 * spectrum.density(k + 1) + spectrum.density(k + 2);
        }
        return sum * spectrum.resolution() / 3;
    }

    static int first(Spectrum spectrum, double low, double high) {
        int from = spectrum.firstBinFrom(low);
        int bins = spectrum.firstBinAbove(high) - from;
        if (bins < 2) {
            throw new IllegalArgumentException("The band from " + low + " to " + high + " Hz holds " + Math.max(0, bins)
                    + " bins of a spectrum up to " + spectrum.frequency(spectrum.size() - 1) + " Hz in steps of "
                    + spectrum.resolution() + " Hz; it needs at least 2: widen the band or use longer segments.");
        }
        return from;
    }
}
