package org.anodyne.export.quantity;

/**
 * An outcome of one session.
 *
 * @param value NaN when it is missing
 * @param baseline value of the baseline phase of the same session; NaN where there is none, or it is missing
 * @param unit of both; {@code 1} for plain numbers, empty where it is not known
 * @param count what the value rests on: segments, values of a feature, answers, phases
 * @param missing why there is no value; empty when there is one
 */
public record Value(Definition definition, double value, double baseline, String unit, long count, String missing) {
    static Value missing(Definition definition, String reason) {
        return new Value(definition, Double.NaN, Double.NaN, "", 0, reason);
    }

    /** Its change against the baseline phase; empty where there is none, or one of the two is missing. */
    public java.util.Optional<Change> change() {
        return there() && !Double.isNaN(baseline)
                ? java.util.Optional.of(Change.of(value, baseline, definition.benefit()))
                : java.util.Optional.empty();
    }

    /** Whether there is a value. */
    public boolean there() {
        return missing.isEmpty();
    }
}
