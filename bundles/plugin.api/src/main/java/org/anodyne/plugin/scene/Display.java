package org.anodyne.plugin.scene;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.anodyne.plugin.PluginInstance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shows scenes to the participant: owns window or headset, the render thread, OpenGL and sound. At most one of a session. The
 * host tells it which scenes run.
 */
@ConsumerType
public interface Display extends PluginInstance {
    /**
     * A scene runs and is to be shown, in place of the one that was shown before; when several run, the newest.
     *
     * <p>Thread: any; returns at once.
     */
    void show(Act act);

    /**
     * A scene runs no longer, or never did. The stage is complete when no method of it is being called and none will be, at
     * the latest when the display closes.
     *
     * <p>Thread: any; returns at once.
     */
    CompletionStage<Void> hide(Act act);

    /**
     * An operator asks that where the participant is now, and looks now, becomes the middle.
     *
     * <p>Thread: the lane.
     *
     * @return why that cannot be done now; empty when it will be
     */
    default String recentre() {
        return "it cannot be recentred";
    }

    /**
     * An operator has something to say to the participant: shown in the world for a while, in place of what was said before.
     *
     * <p>Thread: the lane.
     *
     * @param text one paragraph of 1 to 200 characters
     * @param time how long it is to be seen
     * @return why that cannot be done now; empty when it will be
     */
    default String tell(String text, Duration time) {
        return "it shows no messages";
    }

    /**
     * A person lets the session go on: what the display itself took away, after panic or a rating of sickness, may be seen
     * again.
     *
     * <p>Thread: any; returns at once.
     */
    default void release() {}

    /**
     * One scene at work in one slot.
     *
     * @param slot the scene's slot
     * @param plugin id and version of its plug-in, for the record
     * @param seed for what it draws by chance
     * @param program the scene
     * @param failed to be told once, with the reason, when it threw; any thread
     */
    record Act(String slot, String plugin, long seed, SceneProgram program, Consumer<String> failed) {}
}
