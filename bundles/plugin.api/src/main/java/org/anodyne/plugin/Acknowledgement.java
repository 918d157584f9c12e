package org.anodyne.plugin;

import java.util.Map;

/**
 * What became of a command.
 *
 * @param commandId id of the command
 * @param outcome what happened
 * @param reason why it was refused or failed, for a person; empty when executed
 * @param timeNanos session time of the device's answer
 * @param delivered what was delivered, by quantity and unit, e.g. {@code pulses}, {@code charge_uC}, {@code duration_s};
 *     for {@link Outcome#UNKNOWN} what may have been delivered at most
 */
public record Acknowledgement(
        String commandId, Outcome outcome, String reason, long timeNanos, Map<String, Double> delivered) {
    public Acknowledgement {
        delivered = Map.copyOf(delivered);
    }

    /** What happened to a command. */
    public enum Outcome {
        /** The device confirmed it. */
        EXECUTED,
        /** Not sent to the device: the gate or the adapter refused it. */
        REFUSED,
        /** The device said no. */
        FAILED,
        /** No answer: counts as executed, and is never tried again. */
        UNKNOWN
    }
}
