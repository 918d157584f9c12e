package org.anodyne.decoder;

import java.util.Arrays;
import java.util.Locale;

/**
 * How often a trigger would have fired in the periods without pain of a calibration, by the cross-validated scores, and the
 * threshold that keeps it below a rate. Rows stand at the step of the training, so a hold or refractory time is counted in
 * whole steps. Thread: any.
 */
public final class FalseTriggers {
    private FalseTriggers() {}

    /**
     * What a threshold gives.
     *
     * @param logit the threshold, log odds; the trigger fires strictly above
     * @param perHour how often it would have fired in an hour without pain
     * @param sensitivity share of the rows with pain that lie above it
     */
    public record Limit(double logit, double perHour, double sensitivity) {}

    /** Time without pain in the calibration, hours. */
    public static double lowHours(DecoderModel.Scores s) {
        int low = 0;
        for (boolean high : s.high()) {
            low += high ? 0 : 1;
        }
        return low * s.stepSeconds() / 3600;
    }

    /**
     * How often a trigger above a threshold would have fired in an hour without pain.
     *
     * @param holdSeconds how long it must hold, {@code refractorySeconds} least time between firings
     */
    public static double perHour(DecoderModel.Scores s, double logit, double holdSeconds, double refractorySeconds) {
        int fired = 0;
        double since = Double.NaN;
        double last = Double.NEGATIVE_INFINITY;
        int period = -1;
        for (int i = 0; i < s.logit().length; i++) {
            if (s.high()[i]) {
                continue;
            }
            if (s.period()[i] != period) {
                period = s.period()[i];
                since = Double.NaN;
                last = Double.NEGATIVE_INFINITY;
            }
            double at = s.seconds()[i];
            if (!(s.logit()[i] > logit)) {
                since = Double.NaN;
                continue;
            }
            since = Double.isNaN(since) ? at : since;
            // Times come from nanoseconds: a billionth does not make a step too short.
            if (at - since >= holdSeconds - 1e-9 && at - last >= refractorySeconds - 1e-9) {
                fired++;
                last = at;
            }
        }
        return fired / lowHours(s);
    }

    /**
     * The lowest threshold from which on a trigger fires no more often than asked without pain.
     *
     * @param ratePerHour greatest rate
     * @throws DecoderException when the calibration is too short to tell a rate as low as that
     */
    public static Limit limit(DecoderModel.Scores s, double ratePerHour, double holdSeconds, double refractorySeconds) {
        double hours = lowHours(s);
        if (!(ratePerHour * hours >= 1)) {
            throw new DecoderException(String.format(
                    Locale.ROOT,
                    "the calibration holds %.1f min without pain, where one false trigger is %.1f per hour already; a rate of %s"
                            + " per hour cannot be told from it: ask for no less than that, or calibrate longer",
                    hours * 60,
                    1 / hours,
                    Double.toString(ratePerHour)));
        }
        double[] candidates = s.logit().clone();
        Arrays.sort(candidates);
        double best = candidates[candidates.length - 1];
        // From above: with a hold, fewer firings at a lower threshold are possible, and must not be taken for a limit.
        for (int i = candidates.length - 1;
                i >= 0 && perHour(s, candidates[i], holdSeconds, refractorySeconds) <= ratePerHour;
                i--) {
            best = candidates[i];
        }
        int high = 0;
        int above = 0;
        for (int i = 0; i < s.logit().length; i++) {
            high += s.high()[i] ? 1 : 0;
            above += s.high()[i] && s.logit()[i] > best ? 1 : 0;
        }
        return new Limit(
                best, perHour(s, best, holdSeconds, refractorySeconds), high == 0 ? Double.NaN : (double) above / high);
    }
}
