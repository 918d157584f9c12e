package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.intervention.Trigger;

/**
 * A protocol without faults: everything it names exists and fits.
 *
 * @param text the file as it was read
 * @param slots by name, each after those whose streams or features it takes
 * @param steps phases and blocks as written
 * @param choosing what was chosen in it for the participant
 */
public record Protocol(
        String id, String title, long seed, String text, Map<String, Slot> slots, List<Step> steps, Choosing choosing) {

    /** All phases as written, those of blocks once. */
    public List<PhasePlan> phasePlans() {
        List<PhasePlan> plans = new ArrayList<>();
        collect(steps, plans);
        return plans;
    }

    private static void collect(List<Step> steps, List<PhasePlan> plans) {
        for (Step step : steps) {
            if (step instanceof PhasePlan plan) {
                plans.add(plan);
            } else if (step instanceof Block block) {
                collect(block.steps(), plans);
            }
        }
    }

    /** The same with other triggers in the places of its triggers. */
    public Protocol withTriggers(UnaryOperator<Trigger> other) {
        return new Protocol(id, title, seed, text, slots, with(steps, other), choosing);
    }

    private static List<Step> with(List<Step> steps, UnaryOperator<Trigger> other) {
        return steps.stream().map(step -> with(step, other)).toList();
    }

    private static Step with(Step step, UnaryOperator<Trigger> other) {
        if (step instanceof Block block) {
            return new Block(block.repeat(), block.random(), with(block.steps(), other));
        }
        PhasePlan p = (PhasePlan) step;
        Map<String, List<Trigger>> triggers = new HashMap<>();
        p.triggers()
                .forEach((slot, list) ->
                        triggers.put(slot, list.stream().map(other).toList()));
        return new PhasePlan(
                p.id(),
                p.durationNanos(),
                p.end(),
                p.atMostNanos(),
                p.slots(),
                p.parameters(),
                Map.copyOf(triggers),
                p.ratings());
    }

    /**
     * A slot.
     *
     * @param plugin id of the plug-in
     * @param version version of the plug-in's bundle
     * @param sha256 hash of its jar
     * @param parameters as in {@code Parameters}
     * @param input recording or device address
     * @param rearmAfterNanos for how long nothing must have been missing before the session arms the actuator again by
     *     itself; empty when a person has to
     * @param line where the protocol declares it
     */
    public record Slot(
            String name,
            String plugin,
            String version,
            String sha256,
            PluginKind kind,
            Map<String, Object> parameters,
            Map<String, List<StreamRef>> streams,
            Map<String, List<FeatureRef>> features,
            PluginPorts ports,
            Optional<String> input,
            OptionalLong rearmAfterNanos,
            int line) {
        /** Whether a phase that runs this slot cannot go on without its plug-in; a signal or an answer less it can. */
        public boolean essential() {
            return switch (kind) {
                case SOURCE, ACTUATOR, INTERVENTION, SCENE, DISPLAY -> true;
                case PROCESSOR, OUTCOME, SINK, SAFETY_RULE -> false;
            };
        }
    }

    /** A phase or a block of phases. */
    public sealed interface Step {}

    /**
     * Phases that are repeated together.
     *
     * @param random whether the order of its steps is drawn anew for each repetition
     */
    public record Block(int repeat, boolean random, List<Step> steps) implements Step {}

    /**
     * A phase.
     *
     * @param durationNanos fixed duration; else there is an end
     * @param end condition that ends it
     * @param atMostNanos greatest duration; present with {@code end}
     * @param slots slots that it runs
     * @param parameters per slot what it overrides
     * @param triggers per slot of an intervention the triggers that it is to evaluate
     */
    public record PhasePlan(
            String id,
            OptionalLong durationNanos,
            Optional<End> end,
            OptionalLong atMostNanos,
            List<String> slots,
            Map<String, Map<String, Object>> parameters,
            Map<String, List<Trigger>> triggers,
            List<Rating> ratings)
            implements Step {}

    /** What ends a phase before its greatest duration; judged in data time. */
    public sealed interface End {
        /** All streams of a slot have ended. */
        record InputEnds(String slot) implements End {}

        /** A trigger of the phase has fired so many times in it. */
        record Decisions(String trigger, long count) implements End {}

        /** An intervention says that it has nothing more to show or to do. */
        record Finished(String slot) implements End {}

        /**
         * A feature stays on one side of a limit.
         *
         * @param component index of the component that is compared
         * @param holdNanos for how long without a break
         */
        record FeatureHolds(
                FeatureRef feature, int component, Trigger.Comparison comparison, double limit, long holdNanos)
                implements End {}
    }

    /**
     * An item that is asked.
     *
     * @param everyNanos interval from the phase's start, for {@link Moment#EVERY}
     * @param withinNanos how long an answer is waited for
     */
    public record Rating(String slot, String item, Moment moment, long everyNanos, long withinNanos) {}

    /** When an item is asked. */
    public enum Moment {
        START,
        END,
        EVERY
    }
}
