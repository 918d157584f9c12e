package org.anodyne.formats.xdf;

import java.util.List;

/**
 * Maps stamps of a stream to the clock of the recorder by a straight line through its clock offsets: {@code stamp + intercept +
 * slope × (stamp − origin)}. The line is fitted robustly with Huber's loss (1964; iteratively reweighted least squares, residuals
 * beyond 0.1 ms weigh less), as the common XDF readers do. One offset alone is taken as constant; none: the identity.
 *
 * <p>Clock resets in the middle of a recording are not handled: a stream whose clock restarted needs its own stream.
 *
 * @param origin stamp from which the slope counts, seconds
 * @param intercept offset at the origin, seconds
 * @param slope seconds per second
 */
public record XdfClockModel(double origin, double intercept, double slope) {
    private static final double HUBER_SECONDS = 1e-4;
    private static final int ROUNDS = 100;

    /** The line through the offsets. */
    public static XdfClockModel fit(List<XdfEvent.ClockOffset> offsets) {
        List<XdfEvent.ClockOffset> usable = offsets.stream()
                .filter(o -> Double.isFinite(o.time()) && Double.isFinite(o.offset()))
                .toList();
        if (usable.isEmpty()) {
            return new XdfClockModel(0, 0, 0);
        }
        double origin = usable.get(0).time();
        double intercept = usable.get(0).offset();
        double slope = 0;
        double[] weights = new double[usable.size()];
        java.util.Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS && usable.size() > 1; round++) {
            double w = 0;
            double wx = 0;
            double wy = 0;
            double wxx = 0;
            double wxy = 0;
            for (int i = 0; i < weights.length; i++) {
                double x = usable.get(i).time() - origin;
                double y = usable.get(i).offset();
                w += weights[i];
                wx += weights[i] * x;
                wy += weights[i] * y;
                wxx += weights[i] * x * x;
                wxy += weights[i] * x * y;
            }
            double spread = w * wxx - wx * wx;
            double newSlope = spread > 1e-12 * w * wxx ? (w * wxy - wx * wy) / spread : 0;
            double newIntercept = (wy - newSlope * wx) / w;
            boolean settled =
                    round > 0 && Math.abs(newSlope - slope) < 1e-15 && Math.abs(newIntercept - intercept) < 1e-12;
            slope = newSlope;
            intercept = newIntercept;
            if (settled) {
                break;
            }
            for (int i = 0; i < weights.length; i++) {
                double residual = Math.abs(usable.get(i).offset()
                        - intercept
                        - slope * (usable.get(i).time() - origin));
                weights[i] = residual <= HUBER_SECONDS ? 1 : HUBER_SECONDS / residual;
            }
        }
        return new XdfClockModel(origin, intercept, slope);
    }

    /** A stamp on the clock of the recorder, seconds. */
    public double apply(double stamp) {
        return stamp + intercept + slope * (stamp - origin);
    }
}
