package org.anodyne.plugins.vr;

import org.anodyne.plugin.PluginException;
import org.anodyne.plugins.vr.surface.GlContext;
import org.anodyne.plugins.vr.surface.ScreenSurface;
import org.anodyne.plugins.vr.surface.Surface;

/** Opens what the settings ask for. */
final class Surfaces {
    private Surfaces() {}

    /** @throws PluginException with what is missing and what to do */
    static Surface open(Settings settings, int eyes) throws PluginException {
        return switch (settings.mode()) {
            case HEADSET -> throw new PluginException("there is no headset yet");
            case WINDOW -> screen(settings, GlContext.Look.WINDOW, 1);
            case BORDERLESS -> screen(settings, GlContext.Look.BORDERLESS, 1);
            case HEADLESS -> screen(settings, GlContext.Look.UNSEEN, eyes);
        };
    }

    private static Surface screen(Settings s, GlContext.Look look, int eyes) throws PluginException {
        return new ScreenSurface(new ScreenSurface.Options(
                look, s.width(), s.height(), s.rateHz(), s.pacing(), s.fieldOfView(), s.eyeHeight(), eyes));
    }
}
