package org.anodyne.export.facts;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;

/** The small facts of a session, each as it stands in the record. All times are session time in nanoseconds. */
public final class Facts {
    private Facts() {}

    /**
     * A phase that ran.
     *
     * @param index position in the session's timeline
     * @param features value by {@code slot/feature} of the features computed once per phase
     */
    public record Phase(
            String id, int index, int repetition, long startNanos, long endNanos, Map<String, Double> features) {
        /** {@code id}, with the repetition from the second on. */
        public String label() {
            return repetition > 0 ? id + " (" + (repetition + 1) + ")" : id;
        }

        /** Whether what is complete at this time belongs to the phase. */
        public boolean holds(long timeNanos) {
            return timeNanos > startNanos && timeNanos <= endNanos;
        }
    }

    /**
     * A trigger's verdict.
     *
     * @param verdict as in {@link org.anodyne.plugin.intervention.Decision.Verdict}
     * @param madeNanos envelope time, host clock
     * @param acquiredNanos envelope time of the newest sample behind it, host clock
     * @param feature what was measured; empty in older records
     * @param version version and hash of the plug-in that computed it; empty where it is not known
     */
    public record Decision(
            String slot,
            String trigger,
            long timeNanos,
            double measured,
            double threshold,
            String verdict,
            String phase,
            String commandId,
            long madeNanos,
            long acquiredNanos,
            String feature,
            String version) {
        public boolean fired() {
            return verdict.equals("FIRED");
        }
    }

    /** A command to an actuator or a scene, with its envelope's times (host clock). */
    public record Sent(Command command, long madeNanos, long acquiredNanos) {
        /** Id of the first command of the same firing, which the decision names. */
        public String firing() {
            return command.id().replaceFirst("\\.[0-9]+$", "");
        }
    }

    /** What became of a command, with its envelope's time (host clock). */
    public record Answered(String slot, Acknowledgement acknowledgement, long madeNanos) {
        /** Whether it counts towards the dose: an unknown outcome counts as executed. */
        public boolean delivered() {
            return acknowledgement.outcome() == Acknowledgement.Outcome.EXECUTED
                    || acknowledgement.outcome() == Acknowledgement.Outcome.UNKNOWN;
        }
    }

    /**
     * Times of one executed command, nanoseconds.
     *
     * @param total from the newest sample that it rests on to the acknowledgement
     */
    public record Latency(
            String commandId, long total, long acquisitionToDecision, long decisionToCommand, long commandToAck) {}

    /**
     * A hole in a stream.
     *
     * @param stream {@code slot/stream}
     * @param kind {@code lost}, {@code reported}, {@code pause} or {@code restart}
     * @param lostSamples samples lost by number, where that is known
     */
    public record Gap(String stream, long fromNanos, long toNanos, String kind, String reason, long lostSamples) {
        /** Whether data are missing that should be there. */
        public boolean loss() {
            return kind.equals("lost") || kind.equals("reported");
        }
    }

    /**
     * A time in which a stream was expected and nothing came.
     *
     * @param stream {@code slot/stream}
     * @param toNanos session time at which it was heard of again; -1 when it never came back
     */
    public record Silence(String stream, long fromNanos, long toNanos) {
        /** Whether it came back. */
        public boolean over() {
            return toNanos >= 0;
        }
    }

    /** Something that happened in a slot. */
    public record Happening(String slot, String type, long timeNanos, Map<String, Object> attributes) {
        /** An attribute as text; empty when it is absent. */
        public String text(String name) {
            Object value = attributes.get(name);
            return value == null ? "" : String.valueOf(value);
        }

        /** An attribute as a whole number. */
        public long whole(String name, long otherwise) {
            return attributes.get(name) instanceof Number n ? n.longValue() : otherwise;
        }

        /** An attribute as a number; NaN when it is absent. */
        public double number(String name) {
            return attributes.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
        }
    }

    /** Totals of what an actuator delivered, by quantity. */
    public record Dose(String slot, Map<String, Double> totals, List<Answered> deliveries) {}
}
