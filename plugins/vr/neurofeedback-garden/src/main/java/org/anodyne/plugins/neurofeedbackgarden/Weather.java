package org.anodyne.plugins.neurofeedbackgarden;

import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Daytime;
import org.joml.Vector3f;

/**
 * What the weather does to the garden: from its dials to light, mist, rain, wind, flowers and animals. All of it follows from the
 * three values alone, so that nobody can tell from the picture where they come from.
 *
 * @param sun how much of the sun there is, 0 overcast to 1 a clear sky
 * @param bloom how far flowers are open, 0 buds to 1
 * @param rain how much it rains, 0 to 1
 * @param wind how strong the wind is, 0 to 1
 * @param mist how dense the mist is, 0 to 1
 * @param butterflies how many of them fly, 0 to 1
 * @param birds how many of them fly and sing, 0 to 1
 */
record Weather(float sun, float bloom, float rain, float wind, float mist, float butterflies, float birds) {
    /** Mist of the worst weather by itself. */
    private static final float GREY_MIST = 0.5f;
    /** Where sun stands, degrees to the right of straight ahead. */
    private static final float BEARING = -38;
    /** Parts of the day at the ends of the dial of light: early evening and noon. */
    private static final float EVENING = 0.36f;

    private static final float NOON = 0.95f;

    /** Of the dials' values, each 0 to 1. */
    static Weather of(double weather, double mist) {
        float w = (float) weather;
        float own = GREY_MIST * (1 - Colours.smooth(0, 0.55f, w));
        return new Weather(
                Colours.smooth(0.15f, 0.8f, w),
                Colours.smooth(0.2f, 1.0f, w),
                1 - Colours.smooth(0.12f, 0.38f, w),
                0.06f + 0.26f * Colours.smooth(0.2f, 0.8f, w),
                Math.min(1, own + (float) mist * (1 - own)),
                Colours.smooth(0.5f, 1.0f, w),
                Colours.smooth(0.42f, 0.85f, w));
    }

    /** Sets light and air, with a light of 0 to 1. Thread: the render thread. */
    void into(Air air, double light) {
        float l = (float) light;
        Daytime.COAST.into(air, EVENING + (NOON - EVENING) * l, BEARING);
        air.cover = 0.34f;
        air.hazeDensity = 0.0022f;
        blend(air, overcast(l), 1 - sun);
        air.wind = wind;
        air.fog(mist);
    }

    /** The air of a rainy day. */
    private static Air overcast(float light) {
        Air grey = new Air();
        float bright = 0.62f + 0.38f * light;
        grey.zenith.set(Colours.of(0x8f99a3)).mul(bright);
        grey.horizon.set(Colours.of(0xbcc4c9)).mul(bright);
        grey.afterglow.set(Colours.of(0xc2c8cc)).mul(bright);
        grey.hazeColour.set(Colours.of(0xb6bfc5)).mul(bright);
        grey.cloudLit.set(Colours.of(0xc0c8ce)).mul(bright);
        grey.cloudShade.set(Colours.of(0x939da7)).mul(bright);
        grey.sunFace.set(Colours.of(0xb4bcc4)).mul(bright);
        grey.sunLight.set(0.22f, 0.23f, 0.24f).mul(bright * bright);
        grey.skyLight.set(0.74f, 0.81f, 0.88f).mul(bright * bright);
        grey.groundLight.set(0.36f, 0.38f, 0.38f).mul(bright * bright);
        return grey;
    }

    private static void blend(Air air, Air grey, float part) {
        lerp(air.zenith, grey.zenith, part);
        lerp(air.horizon, grey.horizon, part);
        lerp(air.afterglow, grey.afterglow, part);
        lerp(air.hazeColour, grey.hazeColour, part);
        lerp(air.cloudLit, grey.cloudLit, part);
        lerp(air.cloudShade, grey.cloudShade, part);
        lerp(air.sunFace, grey.sunFace, part);
        lerp(air.sunLight, grey.sunLight, part);
        lerp(air.skyLight, grey.skyLight, part);
        lerp(air.groundLight, grey.groundLight, part);
        air.cover += (1.15f - air.cover) * part;
        air.hazeDensity += 0.002f * part;
    }

    private static void lerp(Vector3f to, Vector3f other, float part) {
        to.lerp(other, part);
    }
}
