package org.anodyne.plugin.scene;

import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.SignalSink;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Draws one virtual world. Like a sink it is handed features and events and gives nothing back but events about itself.
 *
 * <p>Life cycle: {@code prepare} builds on the lane what takes long (meshes, textures, sounds) while another world may still
 * be shown. When the slot runs, the display calls {@link #begin} once, then for every frame {@link #advance} and, for each
 * eye, {@link #draw}; when the slot stops running or is replaced, {@link #end}. It may begin again later. An exception ends
 * the scene, not the display.
 *
 * <p>Thread: {@code begin}, {@code advance}, {@code draw} and {@code end} are called on the display's render thread, all
 * others on the lane. OpenGL calls are permitted in these four only; the context is OpenGL 3.3 core.
 */
@ConsumerType
public interface SceneProgram extends SignalSink {
    /**
     * Makes the objects of OpenGL and the voices that the world needs; within 2 s, or the frames stand still for the
     * participant.
     *
     * @throws PluginException with a reason for a person; the scene is ended
     */
    void begin(Stage stage) throws PluginException;

    /** The world goes on by one frame. Called once per frame, whatever the number of eyes. */
    void advance(Frame frame);

    /**
     * Draws the world as one eye sees it, into the framebuffer that is bound. Colour and depth are cleared; the viewport is
     * set. State of OpenGL that it changes need not be restored.
     */
    void draw(View view);

    /** The world is no longer shown; what was made through {@link Stage#resources} is deleted after it. */
    default void end() {}
}
