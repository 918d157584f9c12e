package org.anodyne.plugin.scene;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a scene implements besides {@link SceneProgram} when it has dials. The display turns them before every frame, and
 * records them: each movement as events {@code dial}, and the first frame after each feature as {@code driven}.
 */
@ConsumerType
public interface Dialled {
    /** All of them; the same objects from {@code prepare} on. Thread: any. */
    List<Dial> dials();
}
