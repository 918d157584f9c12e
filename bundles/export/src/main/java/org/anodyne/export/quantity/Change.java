package org.anodyne.export.quantity;

import java.util.Optional;

/**
 * What became of a value against its baseline. A share and a logarithm of a baseline that is not above 0 are missing, never 0.
 *
 * @param baseline the value that it is compared with
 * @param absolute value less baseline
 * @param percent of the baseline; NaN where the baseline is not above 0
 * @param logRatio natural logarithm of value over baseline; NaN where one of the two is not above 0
 * @param gain share of the baseline that was gained in the direction of benefit; NaN without a direction, or without a percent
 */
public record Change(double baseline, double absolute, double percent, double logRatio, double gain) {
    static Change of(double value, double baseline, Definition.Benefit benefit) {
        boolean share = baseline > 0;
        double percent = share ? 100 * (value - baseline) / baseline : Double.NaN;
        double gain =
                switch (benefit) {
                    case UP -> percent / 100;
                    case DOWN -> -percent / 100;
                    case NONE -> Double.NaN;
                };
        double logRatio = share && value > 0 ? Math.log(value / baseline) : Double.NaN;
        return new Change(baseline, value - baseline, percent, logRatio, gain);
    }

    /**
     * Whether somebody is a responder.
     *
     * @param share of the baseline, e.g. 0.3; reached counts
     * @return empty where the gain is not known
     */
    public Optional<Boolean> responds(double share) {
        // A tenth of a billionth: 7 from 10 is a gain of 30 %, whatever its last binary digit says.
        return Double.isNaN(gain) ? Optional.empty() : Optional.of(gain >= share - 1e-10);
    }

    /** Whether it went the way of benefit at all; empty where the direction or the baseline is not known. */
    public Optional<Boolean> improved() {
        return Double.isNaN(gain) ? Optional.empty() : Optional.of(gain > 0);
    }
}
