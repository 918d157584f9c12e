package org.anodyne.plugins.synthetic;

import org.anodyne.plugin.Parameters;

/**
 * A person's breathing as a function of time alone: two sources with the same rates and spans breathe together whatever their seeds. The
 * rate changes at once from span to span; the breath under way goes on at the new rate.
 *
 * @param rates breaths per minute, one for each span in turn
 * @param seconds length of a span
 */
record Breathing(double[] rates, double seconds) {
    /** In-breath as a part of the whole: two parts in, three parts out. */
    private static final double INHALE = 0.4;

    static Breathing of(Parameters parameters) {
        double[] rates = parameters.list("breathsPerMinute").stream()
                .mapToDouble(r -> ((Number) r).doubleValue())
                .toArray();
        return new Breathing(rates, parameters.number("episode"));
    }

    /** Breaths per minute at a time. */
    double rate(double at) {
        return rates[(int) Math.floorMod((long) Math.floor(at / seconds), (long) rates.length)];
    }

    /** Breaths since the beginning. */
    double breaths(double at) {
        long span = (long) Math.floor(at / seconds);
        double sum = 0;
        for (double rate : rates) {
            sum += rate;
        }
        long rounds = Math.floorDiv(span, rates.length);
        double whole = rounds * sum;
        for (int i = 0; i < Math.floorMod(span, (long) rates.length); i++) {
            whole += rates[i];
        }
        return (whole * seconds + rate(at) * (at - span * seconds)) / 60;
    }

    /** How full the chest is, 0 empty to 1 full. */
    double fullness(double at) {
        double breaths = breaths(at);
        double phase = breaths - Math.floor(breaths);
        double along = phase < INHALE ? phase / INHALE : 1 - (phase - INHALE) / (1 - INHALE);
        return 0.5 - 0.5 * StrictMath.cos(Math.PI * along);
    }
}
