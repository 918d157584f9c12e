package org.anodyne.plugins.vr.sound;

import java.util.Map;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Sound;

/** What the render loop asks of sound. Thread: the render thread. */
public interface Audio extends AutoCloseable {
    /** No sound at all. */
    Audio OFF = new Audio() {
        @Override
        public Sound scene(String slot) {
            return new Silence();
        }

        @Override
        public void frame(Pose head, float light, float seconds) {
            // Nothing is heard.
        }

        @Override
        public Map<String, Object> description() {
            return Map.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** Sound of a scene that begins; it is closed when the scene ends. At most one at a time. */
    Sound scene(String slot);

    /**
     * A frame: the listener is where the head is, and sound is as bright as the picture.
     *
     * @param head in the world
     * @param light 0 silent, 1 as mixed
     * @param seconds since the frame before
     */
    void frame(Pose head, float light, float seconds);

    /** What was opened, for the event {@code sound-opened}; empty where there is no sound. */
    Map<String, Object> description();

    @Override
    void close();
}
