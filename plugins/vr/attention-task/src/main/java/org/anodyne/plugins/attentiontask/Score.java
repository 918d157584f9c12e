package org.anodyne.plugins.attentiontask;

/**
 * Hits, misses, false alarms and correct rejections, and what follows from them. Immutable.
 *
 * @param reactionSum of the hits, nanoseconds
 */
record Score(int hits, int misses, int falseAlarms, int correctRejections, long reactionSum) {
    private static final double[] A = {3.3871327179, 50.434271938, 159.29113202, 59.109374720};
    private static final double[] B = {17.895169469, 78.757757664, 67.187563600};
    private static final double[] C = {1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103};
    private static final double[] D = {0.73700164250, 0.12021132975};
    private static final double[] E = {6.6579051150, 3.0812263860, 0.42868294337, 0.017337203997};
    private static final double[] F = {0.24197894225, 0.012258202635};
    private static final double CENTRAL = 0.425;
    private static final double CENTRAL_SQUARE = 0.180625;
    private static final double TAIL = 5;
    private static final double TAIL_SHIFT = 1.6;

    /**
     * Sensitivity: z(hit rate) − z(false-alarm rate), each rate taken as (count + 0.5) / (trials + 1), the log-linear
     * correction of Hautus (Behavior Research Methods 27, 1995, 46–51), so that rates of 0 and 1 have a value.
     */
    double dPrime() {
        double hitRate = (hits + 0.5) / (hits + misses + 1.0);
        double alarmRate = (falseAlarms + 0.5) / (falseAlarms + correctRejections + 1.0);
        return quantile(hitRate) - quantile(alarmRate);
    }

    /** Mean reaction time of the hits, nanoseconds; 0 without any. */
    long meanReactionNanos() {
        return hits == 0 ? 0 : reactionSum / hits;
    }

    /**
     * Quantile of the standard normal distribution, right to seven digits: Wichura's PPND7 (algorithm AS 241, Applied
     * Statistics 37, 1988, 477–484).
     *
     * @param p above 0 and below 1
     */
    static double quantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= CENTRAL) {
            double r = CENTRAL_SQUARE - q * q;
            return q * polynomial(A, r) / (1 + r * polynomial(B, r));
        }
        double r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
        double z = r <= TAIL
                ? polynomial(C, r - TAIL_SHIFT) / (1 + (r - TAIL_SHIFT) * polynomial(D, r - TAIL_SHIFT))
                : polynomial(E, r - TAIL) / (1 + (r - TAIL) * polynomial(F, r - TAIL));
        return q < 0 ? -z : z;
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
