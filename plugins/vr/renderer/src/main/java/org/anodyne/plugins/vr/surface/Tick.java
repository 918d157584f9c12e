package org.anodyne.plugins.vr.surface;

import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.scene.Hand;
import org.anodyne.plugin.scene.Pose;

/**
 * What is known at the beginning of a frame. All poses are relative to the floor's middle (recentred).
 *
 * @param displayNanos when the frame will be seen, as far as can be foretold, of {@code System.nanoTime}
 * @param visible whether there is somebody to draw for; {@code false} while the headset lies on the table
 * @param tracked whether the head's pose is measured
 * @param eyes each eye's pose and field of view
 * @param gaze where the eyes look, where the headset tells
 * @param keys what was pressed or is held
 * @param news what happened since the frame before, e.g. {@code recentred}, {@code focus-lost}; for the record
 */
public record Tick(
        long displayNanos,
        boolean visible,
        boolean tracked,
        Pose head,
        List<Eye> eyes,
        Hand left,
        Hand right,
        Optional<Pose> gaze,
        Keys keys,
        List<String> news) {

    /**
     * One eye.
     *
     * @param left half-angle to the left, radians, negative
     * @param right to the right, positive
     * @param up upwards, positive
     * @param down downwards, negative
     */
    public record Eye(Pose pose, float left, float right, float up, float down) {}

    /** How far apart two eyes are, metres; 0 for one. */
    public static float betweenEyes(List<Eye> eyes) {
        if (eyes.size() < 2) {
            return 0;
        }
        Pose a = eyes.get(0).pose();
        Pose b = eyes.get(1).pose();
        return (float) Math.sqrt(Math.pow(a.x() - b.x(), 2) + Math.pow(a.y() - b.y(), 2) + Math.pow(a.z() - b.z(), 2));
    }

    /**
     * Keys, sticks and buttons.
     *
     * @param select pressed just now: trigger, mouse button, space bar
     * @param forward −1 to 1
     * @param sideways to the right, −1 to 1
     * @param turn to the right, −1 to 1
     * @param panic pressed just now: escape, or both grips and triggers
     * @param digit a digit key pressed just now; −1 for none
     */
    public record Keys(boolean select, float forward, float sideways, float turn, boolean panic, int digit) {
        /** Nothing is touched. */
        public static final Keys NONE = new Keys(false, 0, 0, 0, false, -1);
    }
}
