package org.anodyne.plugin.intervention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param perDay greatest number in 24 h, over all sessions of the participant
 * @param givenBefore how many of these 24 h's were given before the session began
 * @param actions what to tell whom, all at the same time; at least one
 * @param unless what inhibits it; whoever evaluates triggers must not fire one with a condition that it cannot follow
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
        OptionalInt perDay,
        int givenBefore,
        List<Action> actions,
        Optional<Unless> unless) {

    public Trigger {
        actions = List.copyOf(actions);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("trigger '" + id + "' does nothing");
        }
    }

    /** With nothing that inhibits it. */
    public Trigger(
            String id,
            FeatureRef feature,
            Comparison comparison,
            Threshold threshold,
            long holdNanos,
            long refractoryNanos,
            OptionalInt perMinute,
            OptionalInt perPhase,
            OptionalInt perSession,
            OptionalInt perDay,
            int givenBefore,
            List<Action> actions) {
        this(
                id,
                feature,
                comparison,
                threshold,
                holdNanos,
                refractoryNanos,
                perMinute,
                perPhase,
                perSession,
                perDay,
                givenBefore,
                actions,
                Optional.empty());
    }

    /** With one action and no cap per day. */
    public Trigger(
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
        this(
                id,
                feature,
                comparison,
                threshold,
                holdNanos,
                refractoryNanos,
                perMinute,
                perPhase,
                perSession,
                OptionalInt.empty(),
                0,
                List.of(action));
    }

    /** The first of the actions. */
    public Action action() {
        return actions.get(0);
    }

    /** Id of the command of an action, when the trigger fires for the {@code firing}th time in a session, from 1. */
    public String commandId(int firing, int action) {
        return id + "-" + firing + (action == 0 ? "" : "." + (action + 1));
    }

    /** The same with another number given before the session. */
    public Trigger withGivenBefore(int given) {
        return new Trigger(
                id,
                feature,
                comparison,
                threshold,
                holdNanos,
                refractoryNanos,
                perMinute,
                perPhase,
                perSession,
                perDay,
                given,
                actions,
                unless);
    }

    /** The same, inhibited by something. */
    public Trigger withUnless(Unless condition) {
        return new Trigger(
                id,
                feature,
                comparison,
                threshold,
                holdNanos,
                refractoryNanos,
                perMinute,
                perPhase,
                perSession,
                perDay,
                givenBefore,
                actions,
                Optional.of(condition));
    }

    /** Which side of the threshold counts. */
    public enum Comparison {
        ABOVE,
        BELOW
    }

    /**
     * A second feature that inhibits the trigger while it is on one side of a limit: a flag for artefacts, a measure of a bad
     * signal. What is not known of it (no number, no value near enough in time) inhibits as well.
     *
     * @param feature the flag
     * @param comparison the side that inhibits
     * @param limit in the feature's unit
     * @param stopAfter inhibitions in a row, without a firing between, after which the trigger fires no more in the session
     */
    public record Unless(FeatureRef feature, Comparison comparison, double limit, int stopAfter) {
        public Unless {
            if (stopAfter < 1) {
                throw new IllegalArgumentException("stopAfter is " + stopAfter + "; it must be at least 1");
            }
        }

        /** Whether a value of the flag inhibits. */
        public boolean inhibits(double value) {
            // Not by the opposite comparison: what is no number inhibits.
            return !(comparison == Comparison.ABOVE ? value <= limit : value >= limit);
        }
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
     * What to tell an actuator, or a scene: {@link #DIAL}.
     *
     * @param slot the actuator's or scene's slot
     * @param action one of its actions
     * @param arguments values by name, in the units of the actuator's action, or of the scene's dials
     */
    public record Action(String slot, String action, Map<String, Double> arguments) {
        /** The action of a scene: its dials move to the values of the arguments, at the rates that the scene sets. */
        public static final String DIAL = "dial";

        public Action {
            arguments = Map.copyOf(arguments);
        }
    }
}
