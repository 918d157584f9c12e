package org.anodyne.plugins.bodyillusion;

import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;

/** Draws a picture of the arm for a person: see {@link ScenePicture#draw}. */
final class Look {
    private Look() {}

    /** {@code FILE.png FRAMES WIDTH HEIGHT EYES DOWN name=value …} */
    public static void main(String[] args) throws Exception {
        ScenePicture.draw(new BodyIllusionFactory(), new DisplayFactory(), args);
    }
}
