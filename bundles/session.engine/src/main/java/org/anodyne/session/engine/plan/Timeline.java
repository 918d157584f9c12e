package org.anodyne.session.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.Protocol.Block;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.anodyne.session.engine.protocol.Protocol.Step;

/**
 * The phases of a session in the order in which they come, blocks repeated and shuffled.
 *
 * <p>A block of random order is shuffled anew for each repetition by Fisher and Yates: for i from the last position down
 * to 1, position i is exchanged with position {@link SplitMix#below below(i + 1)}; one generator, seeded with the
 * protocol's seed, serves all blocks in the order in which they come.
 *
 * @param phases the phases in order
 */
public record Timeline(List<Planned> phases) {
    /** Id of what comes after the last phase, in which no slot runs. */
    public static final String AFTER = "session-end";

    /**
     * A phase at its place.
     *
     * @param index position, from 0
     * @param repetition which repetition of the innermost block, from 0
     */
    public record Planned(PhasePlan plan, int index, int repetition) {}

    /** Plans a session of a protocol. */
    public static Timeline of(Protocol protocol) {
        List<Planned> phases = new ArrayList<>();
        expand(protocol.steps(), 0, new SplitMix(protocol.seed()), phases);
        return new Timeline(List.copyOf(phases));
    }

    /** Whether the phase before this one runs a slot, too. */
    public boolean ranBefore(Planned phase, String slot) {
        return phase.index() > 0 && phases.get(phase.index() - 1).plan().slots().contains(slot);
    }

    /** The sum of all durations, nanoseconds; empty when a phase ends on a condition. */
    public OptionalLong totalNanos() {
        long total = 0;
        for (Planned phase : phases) {
            if (phase.plan().durationNanos().isEmpty()) {
                return OptionalLong.empty();
            }
            total += phase.plan().durationNanos().getAsLong();
        }
        return OptionalLong.of(total);
    }

    /** How many phases the steps make, without making them. */
    public static long count(List<Step> steps) {
        long count = 0;
        for (Step step : steps) {
            count += step instanceof Block block ? Math.multiplyExact((long) block.repeat(), count(block.steps())) : 1;
        }
        return count;
    }

    private static void expand(List<Step> steps, int repetition, SplitMix random, List<Planned> phases) {
        for (Step step : steps) {
            if (step instanceof PhasePlan plan) {
                phases.add(new Planned(plan, phases.size(), repetition));
            } else if (step instanceof Block block) {
                for (int r = 0; r < block.repeat(); r++) {
                    expand(block.random() ? shuffled(block.steps(), random) : block.steps(), r, random, phases);
                }
            }
        }
    }

    private static List<Step> shuffled(List<Step> steps, SplitMix random) {
        List<Step> order = new ArrayList<>(steps);
        for (int i = order.size() - 1; i > 0; i--) {
            int j = random.below(i + 1);
            Step swapped = order.get(i);
            order.set(i, order.get(j));
            order.set(j, swapped);
        }
        return order;
    }
}
