package org.anodyne.plugins.feedback;

import java.util.Optional;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;

/**
 * The parameters, read and found to fit together.
 *
 * @param fixed the mapping, where it does not come from a baseline
 * @param calibration id of the baseline phase; present exactly when {@code fixed} is not
 * @param spread standard deviations from level 0.5 to 0 and 1
 * @param down whether less of the feature gives a higher level
 * @param smoothingNanos time constant
 * @param source what there is besides the live level
 * @param fadeNanos from the end of a series to its beginning
 * @param sham what the surrogate is like where it does not come from a baseline
 * @param mark level from which on there is reward; NaN where there is none
 * @param holdNanos how long the level must have been there
 * @param share how often a level that is made up or inverted is to be rewarded; NaN where it is left as it is
 * @param allocation sealed code; may be empty
 */
record Settings(
        Optional<Mapping> fixed,
        Optional<String> calibration,
        double spread,
        boolean down,
        long smoothingNanos,
        Source source,
        long fadeNanos,
        Surrogate.Kind sham,
        double mark,
        long holdNanos,
        double share,
        String allocation) {
    /** Where the level can come from. */
    enum Source {
        LIVE,
        SERIES,
        SHAM,
        INVERTED
    }

    static Settings of(Parameters parameters) throws PluginException {
        Optional<Mapping> fixed = Optional.empty();
        boolean low = parameters.get("low").isPresent();
        boolean high = parameters.get("high").isPresent();
        if (low != high) {
            throw new PluginException("feedback: 'low' and 'high' go together; give both, or 'calibration' instead.");
        }
        Optional<String> calibration = Optional.ofNullable(
                        parameters.object("calibration").get("phase"))
                .map(String::valueOf);
        boolean down = parameters.text("direction").equals("down");
        if (low) {
            fixed = Optional.of(new Mapping(parameters.number("low"), parameters.number("high")));
            if (!fixed.get().usable()) {
                throw new PluginException("feedback: 'low' and 'high' are both " + parameters.number("low")
                        + "; give the values of the feature for level 0 and for level 1.");
            }
            if (down) {
                throw new PluginException(
                        "feedback: 'direction' goes with 'calibration'; to reward less of the feature, put 'high' below 'low'.");
            }
        }
        if (fixed.isPresent() == calibration.isPresent()) {
            // Asked for in every mode, so that the arms of a study differ in nothing but the code.
            throw new PluginException("feedback: a level needs a mapping; give either 'low' and 'high', or"
                    + " 'calibration: {phase: ID}' with a baseline phase.");
        }
        Source source =
                switch (parameters.text("source")) {
                    case "series" -> Source.SERIES;
                    case "sham" -> Source.SHAM;
                    case "inverted" -> Source.INVERTED;
                    default -> Source.LIVE;
                };
        if (source == Source.SERIES && parameters.get("series").isEmpty()) {
            throw new PluginException("feedback: 'source' is series, but there is no 'series'; give a list of levels or"
                    + " the path of a table.");
        }
        String allocation = parameters.text("allocation");
        if (!allocation.isEmpty() && source == Source.LIVE) {
            throw new PluginException("feedback: with an allocation code, 'source' says what the sham arm gets; set it"
                    + " to series, sham or inverted, or both arms would be the same.");
        }
        boolean rewards = parameters.get("mark").isPresent();
        boolean shared = parameters.get("rewardShare").isPresent();
        if (shared && !rewards) {
            throw new PluginException("feedback: 'rewardShare' says how often there is to be reward, but there is no"
                    + " 'mark'; give the level from which on there is reward.");
        }
        boolean shifts = source == Source.SHAM || source == Source.INVERTED;
        return new Settings(
                fixed,
                calibration,
                parameters.number("spread"),
                down,
                nanos(parameters, "smoothing"),
                source,
                nanos(parameters, "fade"),
                new Surrogate.Kind(
                        parameters.number("shamMean"),
                        parameters.number("shamDeviation"),
                        nanos(parameters, "shamTime")),
                rewards ? parameters.number("mark") : Double.NaN,
                nanos(parameters, "hold"),
                shared && shifts ? parameters.number("rewardShare") : Double.NaN,
                allocation);
    }

    /** What the live level is like in the baseline is what the surrogate is to be like. */
    Surrogate.Kind shamLike(Baseline.Findings baseline) {
        return new Surrogate.Kind(0.5, 0.5 / spread, baseline.autocorrelationNanos());
    }

    private static long nanos(Parameters parameters, String name) {
        return Math.round(parameters.number(name) * 1e9);
    }
}
