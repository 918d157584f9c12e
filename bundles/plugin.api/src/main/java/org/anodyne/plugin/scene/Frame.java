package org.anodyne.plugin.scene;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One frame on its way to the participant's eyes. Valid during the call. Thread: the render thread. */
@ProviderType
public interface Frame {
    /** Counted from 0 since the display started. */
    long number();

    /** Session time at which it will be seen, as far as can be foretold, nanoseconds. */
    long displayNanos();

    /** Seconds since the scene's frame before; 0 in its first, never more than 0.1. */
    float deltaSeconds();

    /** Seconds of frames that the scene has drawn. */
    double sceneSeconds();

    /** The head, in the world. */
    Pose head();

    /** The left hand, in the world; on a screen the pointer moves the right one. */
    Hand left();

    /** The right hand, in the world. */
    Hand right();

    /** Where the eyes look, in the world, where the headset tells. */
    Optional<Pose> gaze();

    /** Whether the participant has just pressed: trigger, mouse button or space bar; once per press. */
    boolean selected();

    /**
     * Says that something begins to be seen with this frame. The event is published once the frame was submitted, with
     * {@code scene}, {@code frame}, {@code displayNanos} and {@code submitNanos} besides these attributes, and the
     * photodiode patch shows the next code while it is seen.
     *
     * @param type lower case letters, digits and hyphens
     */
    void onset(String type, Map<String, Object> attributes);
}
