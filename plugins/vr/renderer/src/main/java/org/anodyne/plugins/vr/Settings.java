package org.anodyne.plugins.vr;

import java.util.Locale;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.surface.ScreenSurface.Pacing;

/**
 * What the protocol says of the display.
 *
 * @param rateHz frames a second where no screen sets them
 * @param fieldOfView from top to bottom, degrees; a headset has its own
 * @param seated whether the participant sits
 * @param patch whether the photodiode patch is shown
 */
record Settings(
        Mode mode,
        int width,
        int height,
        double rateHz,
        Pacing pacing,
        float fieldOfView,
        boolean seated,
        RigControl.Rules comfort,
        boolean patch) {
    /** Height of the eyes above the floor, metres: of a chair and of a person who stands (engineering defaults). */
    private static final float SEATED = 1.2f;

    private static final float STANDING = 1.6f;

    /** Where the world is seen. */
    enum Mode {
        WINDOW,
        BORDERLESS,
        HEADLESS,
        HEADSET
    }

    static Settings of(Parameters p) {
        return new Settings(
                Mode.valueOf(p.text("mode").toUpperCase(Locale.ROOT)),
                p.integer("width"),
                p.integer("height"),
                p.number("rate"),
                Pacing.valueOf(p.text("pace").toUpperCase(Locale.ROOT)),
                (float) p.number("fieldOfView"),
                p.flag("seated"),
                new RigControl.Rules(
                        (float) p.number("maximumSpeed"),
                        RigControl.Turning.valueOf(p.text("turning").toUpperCase(Locale.ROOT)),
                        p.flag("vignette")),
                p.flag("photodiode"));
    }

    /** Height of the eyes where they are not measured, metres. */
    float eyeHeight() {
        return seated ? SEATED : STANDING;
    }
}
