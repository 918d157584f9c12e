package org.anodyne.plugin.safety;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is known besides the slot's own totals when a command is judged: of this participant, for the kind of stimulation
 * that the command asks for, from the durable ledger of what was delivered. What may have been delivered counts as
 * delivered, what was ordered and has not been accounted for counts whole.
 *
 * @param plugin id of the plug-in in the actuator's slot
 * @param modality kind of stimulation: {@code tms}, {@code tes}, {@code tens}, {@code thermal}, or what the site's policy
 *     says of the plug-in
 * @param session totals in this session, over all slots
 * @param today totals on this calendar day of the host, over all sessions
 * @param recent commands of this session that were executed or may have been, oldest first; those of the last ten
 *     minutes at least
 * @param secondsSinceOtherSession time since another session last delivered something; empty when none did
 * @param motorThreshold resting motor threshold measured in this session, percent of the stimulator's maximum output
 * @param activeMotorThreshold active motor threshold (the muscle tensed) measured in this session, in the same unit
 * @param secondsSince time since any session, this one too, last delivered some of a quantity; none for what never was
 * @param limits the site's limits by name
 */
public record Background(
        String plugin,
        String modality,
        Map<String, Double> session,
        Map<String, Double> today,
        List<Delivery> recent,
        OptionalLong secondsSinceOtherSession,
        OptionalDouble motorThreshold,
        OptionalDouble activeMotorThreshold,
        Map<String, Long> secondsSince,
        Map<String, Limit> limits) {
    /** Nothing is known. */
    public static final Background NONE = new Background(
            "", "", Map.of(), Map.of(), List.of(), OptionalLong.empty(), OptionalDouble.empty(), Map.of());

    public Background {
        session = Map.copyOf(session);
        today = Map.copyOf(today);
        recent = List.copyOf(recent);
        secondsSince = Map.copyOf(secondsSince);
        limits = Map.copyOf(limits);
    }

    /** A background without an active motor threshold and times since quantities. */
    public Background(
            String plugin,
            String modality,
            Map<String, Double> session,
            Map<String, Double> today,
            List<Delivery> recent,
            OptionalLong secondsSinceOtherSession,
            OptionalDouble motorThreshold,
            Map<String, Limit> limits) {
        this(
                plugin,
                modality,
                session,
                today,
                recent,
                secondsSinceOtherSession,
                motorThreshold,
                OptionalDouble.empty(),
                Map.of(),
                limits);
    }

    /**
     * The limit of this name.
     *
     * @throws IllegalArgumentException when there is none, which makes the rule refuse
     */
    public Limit limit(String name) {
        Limit limit = limits.get(name);
        if (limit == null) {
            throw new IllegalArgumentException("no limit is called '" + name + "'");
        }
        return limit;
    }

    /**
     * A command that was executed or may have been.
     *
     * @param atNanos session time of its start
     * @param slot the actuator's slot
     * @param action what was asked for
     * @param arguments as in the command
     */
    public record Delivery(long atNanos, String slot, String action, Map<String, Double> arguments) {
        public Delivery {
            arguments = Map.copyOf(arguments);
        }
    }
}
