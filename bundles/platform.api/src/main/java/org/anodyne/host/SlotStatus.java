package org.anodyne.host;

/**
 * Where a slot stands.
 *
 * @param slot its name
 * @param plugin id of the plug-in in it
 * @param version version of the plug-in's bundle
 * @param state state of the instance
 * @param reason why it failed or is paused, or why an actuator that is prepared cannot be armed, looked at anew
 *     as long as it is only prepared; empty otherwise
 */
public record SlotStatus(String slot, String plugin, String version, State state, String reason) {
    /** CREATED → PREPARED → RUNNING ⇄ PAUSED → DRAINING → CLOSED; any → FAILED → CLOSED. */
    public enum State {
        CREATED,
        PREPARED,
        RUNNING,
        PAUSED,
        DRAINING,
        CLOSED,
        FAILED,
        /** The plug-in is lost; a placeholder keeps the slot's id and parameters. */
        LOST
    }
}
