package org.anodyne.plugin.scene;

import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/** What the display gives a scene from {@link SceneProgram#begin} to {@link SceneProgram#end}. Thread: the render thread. */
@ProviderType
public interface Stage {
    /** Where objects of OpenGL are made; they are deleted when the scene ends. */
    Resources resources();

    /** Where sound comes from. */
    Sound sound();

    /** Where the participant stands in the world, and how he moves. */
    Rig rig();

    /** Random numbers for what is drawn, seeded per slot, the same at every beginning. */
    RandomGenerator random();

    /** Whether an eye of its own is drawn for each eye; {@code false} on a screen. */
    boolean stereo();
}
