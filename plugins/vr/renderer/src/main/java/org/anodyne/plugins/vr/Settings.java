package org.anodyne.plugins.vr;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugins.vr.comfort.RigControl;
import org.anodyne.plugins.vr.comfort.SicknessScale;
import org.anodyne.plugins.vr.surface.ScreenSurface.Pacing;

/**
 * What the protocol says of the display.
 *
 * @param monitor that is covered in the mode borderless, 1 the primary
 * @param rateHz frames a second where no screen sets them
 * @param fieldOfView from top to bottom, degrees; a headset has its own
 * @param seated whether the participant sits
 * @param patch whether the photodiode patch is shown
 * @param restFrame whether a horizon is shown while the floor moves
 * @param dynamicResolution whether worlds are drawn less finely while frames come late
 * @param mirrorHz pictures a second for the operator; 0 for none
 * @param sickness the question how sick the participant feels; empty for not asking
 */
record Settings(
        Mode mode,
        int width,
        int height,
        int monitor,
        double rateHz,
        Pacing pacing,
        float fieldOfView,
        boolean seated,
        RigControl.Rules comfort,
        boolean patch,
        boolean restFrame,
        boolean dynamicResolution,
        double mirrorHz,
        Optional<SicknessScale.Rules> sickness) {
    /** Once a minute, as Keshavarz and Hecht (2011) asked. */
    private static final double ASK_EVERY = 60;
    /** Engineering default. */
    private static final double ANSWER_WITHIN = 20;

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
                p.integer("monitor"),
                p.number("rate"),
                Pacing.valueOf(p.text("pace").toUpperCase(Locale.ROOT)),
                (float) p.number("fieldOfView"),
                p.flag("seated"),
                new RigControl.Rules(
                        (float) p.number("maximumSpeed"),
                        RigControl.Turning.valueOf(p.text("turning").toUpperCase(Locale.ROOT)),
                        p.flag("vignette")),
                p.flag("photodiode"),
                p.flag("restFrame"),
                p.text("resolution").equals("auto"),
                p.number("mirror"),
                p.get("fms").map(any -> sickness(p.object("fms"))));
    }

    private static SicknessScale.Rules sickness(Map<String, Object> fms) {
        return new SicknessScale.Rules(
                number(fms, "every").orElse(ASK_EVERY),
                number(fms, "within").orElse(ANSWER_WITHIN),
                number(fms, "pauseAt"),
                number(fms, "stopAt"));
    }

    private static OptionalDouble number(Map<String, Object> from, String name) {
        return from.get(name) instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    /** @throws PluginException with what contradicts what, and what to do */
    void check() throws PluginException {
        if (sickness.isEmpty()) {
            return;
        }
        SicknessScale.Rules r = sickness.get();
        if (r.within() >= r.every()) {
            throw new PluginException("fms: an answer may take " + r.within() + " s but the next question comes after "
                    + r.every() + " s; set within to less than every");
        }
        if (r.pauseAt().isPresent()
                && r.stopAt().isPresent()
                && r.pauseAt().getAsDouble() >= r.stopAt().getAsDouble()) {
            throw new PluginException("fms: the worlds would never pause, as they stop at "
                    + r.stopAt().getAsDouble() + " already; set pauseAt below stopAt, or leave one out");
        }
    }

    /** Height of the eyes where they are not measured, metres. */
    float eyeHeight() {
        return seated ? SEATED : STANDING;
    }
}
