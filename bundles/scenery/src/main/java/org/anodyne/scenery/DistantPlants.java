package org.anodyne.scenery;

import java.util.List;
import java.util.random.RandomGenerator;
import org.joml.Vector3f;

/**
 * Those of {@link Plants} that stand in great numbers, of far fewer triangles, for where they are small in the picture: a
 * triangle costs the software renderer much the same however small it is. Any thread.
 */
public final class DistantPlants {
    private static final float TURN = (float) (2 * Math.PI);

    private DistantPlants() {}

    /** A broadleaved tree as {@link Plants#broadleaf}, to be seen from 40 m or more: trunk and six bare tufts (140 triangles). */
    public static Shape broadleaf(RandomGenerator r, int dark, int light) {
        Shape s = new Shape();
        float height = Foliage.between(r, 5.2f, 6.8f);
        Foliage.trunk(
                s,
                List.of(new Vector3f(0, -0.2f, 0), new Vector3f(0, 0.6f * height, 0)),
                0.27f,
                0.16f,
                4,
                0x4d4035,
                0x6e5d4c);
        Vector3f heart = new Vector3f(0, height * 0.66f, 0);
        int tufts = 6;
        for (int i = 0; i < tufts; i++) {
            float a = TURN * i * 0.381966f;
            float up = 1 - 2f * i / (tufts - 1);
            float out = (float) Math.sqrt(Math.max(0.1f, 1 - up * up)) * Foliage.between(r, 1.1f, 1.5f);
            Vector3f at = new Vector3f(heart).add(out * (float) Math.cos(a), up * 1.25f, out * (float) Math.sin(a));
            Foliage.tuft(s, r, at, Foliage.between(r, 1.35f, 1.75f), heart, 0, 0, dark, light);
        }
        return s.at(0, 0, 0).closed();
    }

    /** A conifer as {@link Plants#conifer}, to be seen from 40 m or more: few tiers, nothing under them (80 triangles). */
    public static Shape conifer(RandomGenerator r, int dark, int light) {
        return Foliage.conifer(r, dark, light, 5, 6);
    }

    /** A bush as {@link Plants#bush}, to be seen from 10 m or more (130 triangles). */
    public static Shape bush(RandomGenerator r, int dark, int light) {
        return Foliage.bush(r, dark, light, 0, 6);
    }

    /** A fern as {@link Plants#fern}, to be seen from 8 m or more: the same fronds, of half as many leaflets. */
    public static Shape fern(RandomGenerator r, int dark, int light) {
        return Foliage.fern(r, dark, light, 4);
    }

    /** Grass as {@link Plants#grass}, to be seen from 6 m or more: half as many blades, each one triangle. */
    public static Shape grass(RandomGenerator r, int dark, int light, int blades) {
        Shape s = new Shape().translucent(0.5f);
        Vector3f low = Colours.of(dark);
        Vector3f high = Colours.of(light);
        for (int i = 0; i < (blades + 1) / 2; i++) {
            float a = Foliage.between(r, 0, TURN);
            float out = Foliage.between(r, 0, 0.16f);
            float h = Foliage.between(r, 0.22f, 0.45f);
            float bend = Foliage.between(r, 0.05f, 0.2f);
            float w = Foliage.between(r, 0.018f, 0.028f);
            float cos = (float) Math.cos(a);
            float sin = (float) Math.sin(a);
            s.sway(0, 0).open(0.74f).colour(low);
            int left = s.vertex(out * cos - w * sin, -0.03f, out * sin + w * cos, 0, 1, 0);
            int right = s.vertex(out * cos + w * sin, -0.03f, out * sin - w * cos, 0, 1, 0);
            s.sway(0.2f, 0.4f).open(1).colour(Colours.mix(low, high, Foliage.between(r, 0.6f, 1)));
            int tip = s.vertex((out + bend) * cos, h, (out + bend) * sin, 0.3f * cos, 1, 0.3f * sin);
            s.triangle(left, right, tip);
        }
        return s;
    }
}
