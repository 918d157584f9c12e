package org.anodyne.host;

/**
 * An armed actuator was made safe and stays so until it is armed again.
 *
 * @param slot the actuator's slot
 * @param cause what kind of thing made it safe
 * @param reason what happened, as it stands behind "because"
 */
public record Disarmed(String slot, Cause cause, String reason) {
    /** Why an actuator was made safe. */
    public enum Cause {
        /** Asked for: a pause, a stop, a phase that does not run it, the session's end. */
        ORDERED,
        /** The bus was away for longer than the host waits. */
        BUS_AWAY,
        /** Whoever armed it was not heard of for too long, though the bus is there. */
        CONTROLLER_SILENT,
        /** A signal on which the decisions rest was not heard of for too long. */
        INPUT_STALE,
        /** A plug-in of the session was taken away or failed, the actuator's own or another. */
        SLOT_LOST,
        /** The actuator's adapter says that its device has a fault; an adapter that does so refuses commands already. */
        DEVICE_FAULT,
        /** The actuator's plug-in was replaced. */
        REPLACED
    }
}
