package org.anodyne.plugins.painstate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * The logistic model: log odds = intercept + Σ weight · feature.
 *
 * @param weights by feature
 * @param intercept log odds at the baseline
 * @param calibration id of the baseline phase, if there is one
 * @param lagNanos least age of all features but the driving one
 * @param maximumAgeNanos greatest age of a value that is used
 */
record Model(
        Map<String, Double> weights,
        double intercept,
        Optional<String> calibration,
        long lagNanos,
        long maximumAgeNanos) {

    static Model of(Parameters parameters) {
        Map<String, Double> weights = new LinkedHashMap<>();
        parameters.object("weights").forEach((name, weight) -> weights.put(name, ((Number) weight).doubleValue()));
        return new Model(
                weights,
                parameters.number("intercept"),
                Optional.ofNullable(parameters.object("calibration").get("phase"))
                        .map(String::valueOf),
                Math.round(parameters.number("lag") * 1e9),
                Math.round(parameters.number("maximumAge") * 1e9));
    }

    /** Refuses features without a weight and weights without a feature. */
    void check(List<String> connected) throws PluginException {
        TreeSet<String> without = new TreeSet<>(connected);
        without.removeAll(weights.keySet());
        if (!without.isEmpty()) {
            throw new PluginException("pain-state: " + String.join(", ", without)
                    + " is connected but has no weight; add it to 'weights', or do not connect it.");
        }
        TreeSet<String> unconnected = new TreeSet<>(weights.keySet());
        connected.forEach(unconnected::remove);
        if (!unconnected.isEmpty()) {
            throw new PluginException("pain-state: 'weights' names " + String.join(", ", unconnected)
                    + ", which is not connected; add it to the slot's inputs.features.");
        }
    }

    /** The logistic function; the same bits on every machine. */
    static double probability(double logit) {
        if (logit >= 0) {
            return 1 / (1 + StrictMath.exp(-logit));
        }
        double odds = StrictMath.exp(logit);
        return odds / (1 + odds);
    }
}
