package org.anodyne.plugins.instruments.scoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anodyne.plugins.instruments.definition.Scale;
import org.anodyne.plugins.instruments.definition.Scale.Change;
import org.anodyne.plugins.instruments.definition.Scale.Direction;

/**
 * How much better a score is than the same person's baseline.
 *
 * @param points by how many points of the scale it is better; negative when it is worse
 * @param percent points in percent of the baseline; empty when the baseline is not greater than 0, of which there is no
 *     percentage
 * @param reached whether the improvement is at least as great as each amount that the instrument gives a name, by that name;
 *     without those that would need a percentage that there is not
 */
public record Improvement(double points, OptionalDouble percent, Map<String, Boolean> reached) {
    /** What decimal fractions may miss an amount by: from 10 to 7 is 30 %, whatever binary fractions make of it. */
    private static final double DECIMAL_ERROR = 1e-9;

    /**
     * Compares two scores of a scale.
     *
     * @return empty when neither direction of the scale is better
     * @throws IllegalArgumentException when a score does not lie in the scale's range
     */
    public static Optional<Improvement> of(Scale scale, double baseline, double now) {
        for (double score : new double[] {baseline, now}) {
            if (!(score >= scale.minimum() - DECIMAL_ERROR && score <= scale.maximum() + DECIMAL_ERROR)) {
                throw new IllegalArgumentException("scale '" + scale.id() + "' goes from " + scale.minimum() + " to "
                        + scale.maximum() + "; " + score + " is no score of it");
            }
        }
        if (scale.direction() == Direction.NONE) {
            return Optional.empty();
        }
        double points = scale.direction() == Direction.LOWER_IS_BETTER ? baseline - now : now - baseline;
        OptionalDouble percent = baseline > 0 ? OptionalDouble.of(100 * points / baseline) : OptionalDouble.empty();
        Map<String, Boolean> reached = new LinkedHashMap<>();
        for (Change c : scale.changes()) {
            if (!c.percent()) {
                reached.put(c.label(), points >= c.amount() - DECIMAL_ERROR);
            } else if (percent.isPresent()) {
                reached.put(c.label(), percent.getAsDouble() >= c.amount() - DECIMAL_ERROR);
            }
        }
        return Optional.of(new Improvement(points, percent, reached));
    }
}
