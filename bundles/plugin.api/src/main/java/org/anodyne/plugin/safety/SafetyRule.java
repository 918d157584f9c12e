package org.anodyne.plugin.safety;

import java.util.Map;
import org.anodyne.plugin.Command;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A rule that a command must pass before it reaches an actuator. A service of its own, not an instance: pure, quick,
 * stateless. Thread: any, concurrently.
 */
@ConsumerType
public interface SafetyRule {
    /** Short name for the record, e.g. {@code tens-charge-per-phase}. */
    String name();

    /** Whether the rule judges commands to this plug-in. */
    boolean appliesTo(String pluginId);

    /** Judges one command. An exception counts as a refusal. */
    Verdict judge(Command command, State state);

    /**
     * What is known when a command is judged.
     *
     * @param nowNanos session time
     * @param deliveredInSession totals of {@code Acknowledgement.delivered} for the target slot in this session
     * @param lastFiredNanos session time of the last executed or unknown command to the slot; {@code Long.MIN_VALUE}
     *     when there was none
     * @param background what is known of participant, modality and site
     */
    record State(long nowNanos, Map<String, Double> deliveredInSession, long lastFiredNanos, Background background) {
        public State {
            deliveredInSession = Map.copyOf(deliveredInSession);
        }

        /** A state of which nothing more is known than what the slot did. */
        public State(long nowNanos, Map<String, Double> deliveredInSession, long lastFiredNanos) {
            this(nowNanos, deliveredInSession, lastFiredNanos, Background.NONE);
        }
    }

    /** Outcome of a rule. */
    sealed interface Verdict {
        /** Nothing against it. */
        record Allowed() implements Verdict {}

        /**
         * Not to be executed.
         *
         * @param reason what was wrong, with the value and the limit
         * @param source where the limit comes from
         */
        record Refused(String reason, String source) implements Verdict {}
    }
}
