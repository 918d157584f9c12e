package org.anodyne.plugins.neurofeedbackgarden;

import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;

/** Draws a picture of the garden for a person: see {@link ScenePicture#draw}. */
final class Look {
    private Look() {}

    /** {@code FILE.png FRAMES WIDTH HEIGHT EYES DOWN name=value …} */
    public static void main(String[] args) throws Exception {
        ScenePicture.draw(new GardenFactory(), new DisplayFactory(), args);
    }
}
