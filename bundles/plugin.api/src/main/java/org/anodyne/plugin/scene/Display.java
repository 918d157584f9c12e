package org.anodyne.plugin.scene;

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
