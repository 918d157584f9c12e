package org.anodyne.plugin.scene;

/**
 * A hand or the controller in it.
 *
 * @param pose where it is, in the world
 * @param tracked whether that is known now
 * @param trigger how far the trigger is pulled, 0 to 1
 * @param grip how hard it grips, 0 to 1
 * @param stickX thumbstick to the right, −1 to 1
 * @param stickY thumbstick forwards, −1 to 1
 */
public record Hand(Pose pose, boolean tracked, float trigger, float grip, float stickX, float stickY) {
    /** A hand of which nothing is known. */
    public static final Hand AWAY = new Hand(Pose.ORIGIN, false, 0, 0, 0, 0);
}
