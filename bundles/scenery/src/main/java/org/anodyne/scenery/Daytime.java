package org.anodyne.scenery;

import java.util.List;
import org.joml.Vector3f;

/** Light and air from night (0) through dusk and a warm evening to noon (1). Immutable; any thread. */
public final class Daytime {
    /**
     * One time of day; colours as {@code 0xrrggbb} of the screen, light as its colour and strength.
     *
     * @param at 0 to 1
     * @param sunHeight of sun or moon above the horizon, degrees
     * @param cloudLit clouds in the light
     */
    public record Hour(
            float at,
            float sunHeight,
            int zenith,
            int horizon,
            int afterglow,
            int haze,
            int sun,
            float sunStrength,
            int sky,
            float skyStrength,
            int ground,
            int cloudLit,
            int cloudShade,
            int face,
            float stars) {}

    /** A clear coast: night with a moon, violet dusk, golden evening, soft noon. */
    public static final Daytime COAST = new Daytime(List.of(
            new Hour(
                    0, 24, 0x0a1430, 0x24406a, 0x4a6f9c, 0x22395e, 0x9fb8e8, 0.30f, 0x4f6fae, 0.26f, 0x1c2740, 0x3b5078,
                    0x15213f, 0xf2f0e2, 1),
            new Hour(
                    0.12f, 17, 0x131c44, 0x4a5286, 0x8d6a92, 0x444c7c, 0xa9a6d8, 0.28f, 0x6a71b4, 0.34f, 0x2c2c48,
                    0x6f6596, 0x2a2c56, 0xf4ead8, 0.75f),
            new Hour(
                    0.24f, 2.0f, 0x2f3f7c, 0xd98f86, 0xffb070, 0x9d83a0, 0xffa880, 1.0f, 0x9a98cc, 0.58f, 0x5a4c5c,
                    0xffb39a, 0x6a5f92, 0xffe2b0, 0.12f),
            new Hour(
                    0.38f, 8, 0x4a77b4, 0xf6c9a0, 0xffd59a, 0xd8b9aa, 0xffc890, 2.1f, 0xb8bfdc, 0.70f, 0x85705c,
                    0xffdcb8, 0x9c8fb0, 0xfff2cf, 0),
            new Hour(
                    0.62f, 24, 0x3f86cc, 0xcfe2ea, 0xffeccb, 0xc0d5e0, 0xffe6bf, 2.05f, 0xb2cdec, 0.72f, 0x857c66,
                    0xfffaf0, 0xa9b9d2, 0xfffae6, 0),
            new Hour(
                    1, 52, 0x2f7fd0, 0xc4e2f2, 0xf4f6ee, 0xbcd8e8, 0xfff4de, 1.9f, 0xb6d6f4, 0.78f, 0x86806a, 0xffffff,
                    0xb4c6dc, 0xfffdf2, 0)));

    private final List<Hour> hours;

    /** Of at least two hours, from 0 to 1 in order. */
    public Daytime(List<Hour> hours) {
        if (hours.size() < 2
                || hours.get(0).at() != 0
                || hours.get(hours.size() - 1).at() != 1) {
            throw new IllegalArgumentException("a day needs hours from 0 to 1 in order, not " + hours);
        }
        this.hours = List.copyOf(hours);
    }

    /**
     * Sets the air to a time of day.
     *
     * @param part 0 night to 1 noon
     * @param bearing where sun and moon are, degrees to the right of −z
     */
    public void into(Air air, float part, float bearing) {
        float at = Math.max(0, Math.min(1, part));
        int i = 0;
        while (i + 2 < hours.size() && hours.get(i + 1).at() <= at) {
            i++;
        }
        Hour a = hours.get(i);
        Hour b = hours.get(i + 1);
        float t = (at - a.at()) / (b.at() - a.at());
        double height = Math.toRadians(a.sunHeight() + t * (b.sunHeight() - a.sunHeight()));
        double way = Math.toRadians(bearing);
        air.sunWay.set((float) (Math.sin(way) * Math.cos(height)), (float) Math.sin(height), (float)
                (-Math.cos(way) * Math.cos(height)));
        air.zenith.set(mix(a.zenith(), b.zenith(), t));
        air.horizon.set(mix(a.horizon(), b.horizon(), t));
        air.afterglow.set(mix(a.afterglow(), b.afterglow(), t));
        air.hazeColour.set(mix(a.haze(), b.haze(), t));
        air.cloudLit.set(mix(a.cloudLit(), b.cloudLit(), t));
        air.cloudShade.set(mix(a.cloudShade(), b.cloudShade(), t));
        air.sunFace.set(mix(a.face(), b.face(), t));
        light(air.sunLight, mix(a.sun(), b.sun(), t), a.sunStrength() + t * (b.sunStrength() - a.sunStrength()));
        float sky = a.skyStrength() + t * (b.skyStrength() - a.skyStrength());
        light(air.skyLight, mix(a.sky(), b.sky(), t), 1.6f * sky);
        light(air.groundLight, mix(a.ground(), b.ground(), t), 1.6f * sky);
        air.stars = a.stars() + t * (b.stars() - a.stars());
        air.sunCosine = at < 0.15f ? 0.99965f : 0.9996f;
        air.hazeDensity = 0.0009f;
        air.hazeThinning = 0.012f;
        air.hazeMost = 0.95f;
        air.hazeGlow = 0.6f;
        air.cover = 0.46f;
    }

    private static Vector3f mix(int a, int b, float t) {
        return Colours.mix(Colours.of(a), Colours.of(b), t);
    }

    private static void light(Vector3f out, Vector3f colour, float strength) {
        out.set(colour).mul(colour).mul(strength);
    }
}
