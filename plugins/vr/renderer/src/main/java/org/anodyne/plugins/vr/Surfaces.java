package org.anodyne.plugins.vr;

import org.anodyne.plugin.PluginException;
import org.anodyne.plugins.vr.openxr.HeadsetSurface;
import org.anodyne.plugins.vr.surface.GlContext;
import org.anodyne.plugins.vr.surface.ScreenSurface;
import org.anodyne.plugins.vr.surface.Surface;

/** Opens what the settings ask for. */
final class Surfaces {
    private Surfaces() {}

    /** @throws PluginException with what is missing and what to do */
    static Surface open(Settings settings, int eyes) throws PluginException, InterruptedException {
        return switch (settings.mode()) {
            case HEADSET -> headset(settings);
            case WINDOW -> screen(settings, GlContext.Look.WINDOW, 1);
            case BORDERLESS -> screen(settings, GlContext.Look.BORDERLESS, 1);
            case HEADLESS -> screen(settings, GlContext.Look.UNSEEN, eyes);
        };
    }

    private static Surface headset(Settings s) throws PluginException, InterruptedException {
        try {
            return new HeadsetSurface(s.eyeHeight());
        } catch (LinkageError e) {
            // OpenXR's library is there for Linux and Windows only; its classes are not even asked for otherwise.
            throw new PluginException(
                    "OpenXR, by which headsets are reached, cannot be loaded on this machine (" + e
                            + "). Headsets work on Linux and Windows; elsewhere choose mode: window.",
                    e);
        }
    }

    private static Surface screen(Settings s, GlContext.Look look, int eyes) throws PluginException {
        return new ScreenSurface(new ScreenSurface.Options(
                look,
                s.width(),
                s.height(),
                s.monitor(),
                s.rateHz(),
                s.pacing(),
                s.fieldOfView(),
                s.eyeHeight(),
                eyes));
    }
}
