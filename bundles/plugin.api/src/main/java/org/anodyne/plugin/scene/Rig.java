package org.anodyne.plugin.scene;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the floor on which the participant stands or sits is in the world. The display keeps to its comfort rules whatever
 * a scene asks: it limits speed, darkens the edge while turning, and puts a short darkness around a jump. Thread: the render
 * thread.
 */
@ProviderType
public interface Rig {
    /** Places the floor's middle here at once, facing {@code headingDegrees} to the right of −z. */
    void place(float x, float y, float z, float headingDegrees);

    /** Goes there in a straight line from now on, as fast as asked and as the comfort rules permit, metres per second. */
    void glide(float x, float y, float z, float speed);

    /** Whether participants may move by themselves (stick, keys) within this distance of the place, metres; 0 for not. */
    void roam(float radius);

    /** The floor's middle and heading in the world. */
    Pose floor();

    /** Speed at which it moves now, metres per second. */
    float speed();
}
