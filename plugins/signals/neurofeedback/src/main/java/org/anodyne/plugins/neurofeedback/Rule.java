package org.anodyne.plugins.neurofeedback;

import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.PluginException;

/** Where a threshold comes from. */
sealed interface Rule {
    /**
     * Given by the protocol.
     *
     * @param value in the feature's unit
     * @param range from value 0.5 to value 1, in the feature's unit
     */
    record Fixed(double value, double range) implements Rule {}

    /**
     * A percentile of the last clean values.
     *
     * @param percentile above 0, below 100
     * @param overNanos how far it looks back
     */
    record Running(double percentile, long overNanos) implements Rule {}

    /**
     * This person's own baseline: mean × factor, or mean + sd × standard deviation.
     *
     * @param phase id of the phase
     * @param factor 1 where {@code sd} is used
     * @param sd 0 where {@code factor} is used
     */
    record Baseline(String phase, double factor, double sd) implements Rule {}

    /** Reads one rule; exactly one may be given. */
    static Rule of(String feature, Map<?, ?> given) throws PluginException {
        Optional<Double> fixed = number(given, "fixed");
        Optional<Double> percentile = number(given, "percentile");
        boolean baseline = given.get("baseline") != null;
        int rules = (fixed.isPresent() ? 1 : 0) + (percentile.isPresent() ? 1 : 0) + (baseline ? 1 : 0);
        if (rules != 1) {
            throw refused(
                    feature,
                    "has " + rules + " rules; give one of 'fixed' with 'range', 'percentile', or 'baseline' with"
                            + " 'factor' or 'sd'");
        }
        Optional<Double> range = number(given, "range");
        Optional<Double> factor = number(given, "factor");
        Optional<Double> sd = number(given, "sd");
        if (fixed.isPresent() != range.isPresent()) {
            throw refused(feature, "'fixed' and 'range' go together");
        }
        if (baseline != (factor.isPresent() || sd.isPresent()) || factor.isPresent() && sd.isPresent()) {
            throw refused(feature, "'baseline' goes with either 'factor' or 'sd'");
        }
        if (fixed.isPresent()) {
            return new Fixed(fixed.get(), range.get());
        }
        if (percentile.isPresent()) {
            return new Running(
                    percentile.get(), Math.round(number(given, "over").orElse(60.0) * 1e9));
        }
        return new Baseline(String.valueOf(given.get("baseline")), factor.orElse(1.0), sd.orElse(0.0));
    }

    private static Optional<Double> number(Map<?, ?> given, String name) {
        return given.get(name) instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
    }

    private static PluginException refused(String feature, String why) {
        return new PluginException("neurofeedback: the threshold of '" + feature + "': " + why + ".");
    }
}
