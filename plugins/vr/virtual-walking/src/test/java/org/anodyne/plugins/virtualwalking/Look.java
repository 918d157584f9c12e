package org.anodyne.plugins.virtualwalking;

import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;

/** Draws a picture of the walk for a person: see {@link ScenePicture#draw}. */
final class Look {
    private Look() {}

    /** {@code FILE.png FRAMES WIDTH HEIGHT EYES DOWN name=value …} */
    public static void main(String[] args) throws Exception {
        ScenePicture.draw(new WalkFactory(), new DisplayFactory(), args);
    }
}
