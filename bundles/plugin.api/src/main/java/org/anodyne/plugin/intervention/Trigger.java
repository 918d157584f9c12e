package org.anodyne.plugin.intervention;

import java.util.Map;
import java.util.OptionalInt;
import org.anodyne.plugin.FeatureRef;

/**
 * When to act on a feature, and what to do then; all times are data time.
 *
 * @param id unique in the protocol
 * @param feature what is watched
 * @param comparison which side of the threshold counts
 * @param threshold the limit
 * @param holdNanos how long the comparison must hold without a break before it fires; 0 fires at once
 * @param refractoryNanos least time from one firing to the next, greater than 0
 * @param perMinute greatest number of firings in any 60 s
 * @param perPhase greatest number in one phase
 * @param perSession greatest number in the session
 * @param action what to tell which actuator
 */
public record Trigger(
        String id,
        FeatureRef feature,
        Comparison comparison,
        Threshold threshold,
        long holdNanos,
        long refractoryNanos,
        OptionalInt perMinute,
        OptionalInt perPhase,
        OptionalInt perSession,
        Action action) {

    /** Which side of the threshold counts. */
    public enum Comparison {
        ABOVE,
        BELOW
    }

    /** The limit that the feature is compared with. */
    public sealed interface Threshold {
        /** A fixed value in the feature's unit. */
        record Absolute(double value) implements Threshold {}

        /**
         * {@code mean + standardDeviations·sd} of the feature over a baseline phase that is over, times {@code factor}.
         *
         * @param phase id of the baseline phase
         * @param factor factor applied to the mean; 1 leaves it
         * @param standardDeviations sample standard deviations added; may be negative
         */
        record RelativeToBaseline(String phase, double factor, double standardDeviations) implements Threshold {}
    }

    /**
     * What to tell an actuator.
     *
     * @param slot the actuator's slot
     * @param action one of its actions
     * @param arguments values by name, in the units of the actuator's action
     */
    public record Action(String slot, String action, Map<String, Double> arguments) {
        public Action {
            arguments = Map.copyOf(arguments);
        }
    }
}
