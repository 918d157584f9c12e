package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.List;

/**
 * Neurofeedback of a session: how long it took from the newest sample to what was fed back, and what training said of its
 * blocks. Empty when no slot trained or fed back.
 *
 * @param ways from the newest sample's acquisition to the publication of a feature that is fed back or leads there, and to the
 *     submission of the first frame that shows it
 * @param blocks events {@code training-block}, in order
 * @param limitMillis the longest that the protocol allows; NaN where it says nothing
 */
public record FeedbackFacts(List<Way> ways, List<Facts.Happening> blocks, double limitMillis) {
    /** Of a session without. */
    public static final FeedbackFacts NONE = new FeedbackFacts(List.of(), List.of(), Double.NaN);

    /** 99 % of the values of a block have to keep to the limit. */
    private static final double PART = 0.99;

    /**
     * One way.
     *
     * @param name where it ends: {@code slot/feature}, or with {@code , shown} its frame
     * @param timesNanos session time of each value
     * @param latencyNanos how long each took, on the host's clock
     */
    public record Way(String name, List<Long> timesNanos, List<Long> latencyNanos) {
        /** Of one phase. */
        public Percentiles within(Facts.Phase phase) {
            List<Long> some = new ArrayList<>();
            for (int i = 0; i < timesNanos.size(); i++) {
                if (phase.holds(timesNanos.get(i))) {
                    some.add(latencyNanos.get(i));
                }
            }
            return Percentiles.ofNanos(some);
        }

        /** Of the session. */
        public Percentiles whole() {
            return Percentiles.ofNanos(latencyNanos);
        }
    }

    /** Whether there was any. */
    public boolean any() {
        return !ways.isEmpty() || !blocks.isEmpty();
    }

    /** Whether some way took longer than the protocol allows in a phase: the 99th percentile lies above the limit. */
    public boolean late(Facts.Phase phase) {
        return !Double.isNaN(limitMillis)
                && ways.stream().map(w -> w.within(phase)).anyMatch(p -> p.count() > 0 && p.at(PART) > limitMillis);
    }

    /** What training said of a phase's block, if it did. */
    public java.util.Optional<Facts.Happening> block(Facts.Phase phase) {
        return blocks.stream()
                .filter(b -> b.whole("index", -1) == phase.index())
                .findFirst();
    }
}
