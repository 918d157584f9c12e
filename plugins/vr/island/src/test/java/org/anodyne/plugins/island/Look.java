package org.anodyne.plugins.island;

import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;

/** Draws a picture of the island for a person: see {@link ScenePicture#draw}. */
final class Look {
    private Look() {}

    /** {@code FILE.png FRAMES WIDTH HEIGHT EYES DOWN name=value …} */
    public static void main(String[] args) throws Exception {
        ScenePicture.draw(new IslandFactory(), new DisplayFactory(), args);
    }
}
