package org.anodyne.scenery;

import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3f;

/**
 * Hands with fingers and nails, forearms with them and sleeves over them, to be seen from near; the rest of a body is {@link Limbs}.
 * Lengths are metres, {@code side} is −1 for left, 1 for right. Any thread.
 */
public final class Hands {
    /** A sleeve begins so far behind the wrist, metres. */
    private static final float SLEEVE_BEGIN = 0.58f;

    /** Root x and z, length and radius, metres, and fan, degrees, of each finger of the right hand. */
    private static final float[][] FINGERS = {
        {-0.0290f, -0.094f, 0.090f, 0.0088f, 5}, {-0.0095f, -0.099f, 0.101f, 0.0090f, 1.5f},
        {0.0105f, -0.096f, 0.093f, 0.0085f, -3.0f}, {0.0290f, -0.086f, 0.073f, 0.0074f, -8}
    };
    /** Where the two joints of a finger are, as parts of its length. */
    private static final float[] JOINTS = {0.46f, 0.75f};

    private Hands() {}

    /**
     * A forearm with its hand, palm down, from the elbow at z = 0.25 to the wrist at the origin and the fingertips at about
     * z = −0.19, the fingers a little bent as when it lies on a table. About 5000 triangles.
     */
    public static Shape forearmAndHand(Limbs.Look look, int side) {
        float k = look.scale() * (look.female() ? 0.93f : 1);
        Shape s = new Shape().colour(look.skin());
        Limbs.loft(
                s,
                28,
                true,
                Limbs.rings(
                        k, 0, 0.012f, 0.262f, 0.030f, 0.030f, 0, 0.012f, 0.25f, 0.044f, 0.043f, 0, 0.011f, 0.21f,
                        0.0465f, 0.0445f, 0, 0.009f, 0.17f, 0.0445f, 0.041f, 0, 0.006f, 0.13f, 0.040f, 0.0355f, 0,
                        0.004f, 0.09f, 0.035f, 0.030f, 0, 0.002f, 0.05f, 0.0315f, 0.0255f, 0, 0, 0.02f, 0.0300f,
                        0.0225f, 0, 0, 0, 0.0295f, 0.0205f, 0, 0.0005f, -0.018f, 0.0315f, 0.0195f, 0, 0.001f, -0.040f,
                        0.0360f, 0.0185f, 0, 0.001f, -0.064f, 0.0400f, 0.0165f, 0, 0, -0.084f, 0.0408f, 0.0145f,
                        0.0005f, -0.001f, -0.098f, 0.0390f, 0.0125f, 0.001f, -0.002f, -0.107f, 0.0330f, 0.0090f));
        hand(s, k, side, 12);
        skin(s, look, k, side);
        return s;
    }

    /** A hand by itself, from the wrist at the origin, fingers along −z, palm down. */
    public static Shape hand(Limbs.Look look, int side) {
        float k = look.scale() * (look.female() ? 0.93f : 1);
        Shape s = new Shape().colour(look.skin());
        Limbs.loft(
                s,
                14,
                true,
                Limbs.rings(
                        k, 0, 0, 0.02f, 0.0290f, 0.0220f, 0, 0, 0, 0.0295f, 0.0205f, 0, 0.001f, -0.040f, 0.0360f,
                        0.0185f, 0, 0, -0.084f, 0.0408f, 0.0145f, 0.001f, -0.002f, -0.107f, 0.0330f, 0.0090f));
        hand(s, k, side, 7);
        skin(s, look, k, side);
        return s;
    }

    /** Fingers, thumb and its ball, nails. Tables are for the right hand, thumb towards −x. */
    private static void hand(Shape s, float k, int side, int sides) {
        for (float[] f : FINGERS) {
            float fan = (float) Math.toRadians(f[4]);
            finger(s, k, side, sides, f[0], -0.001f, f[1] + 0.012f, f[2] + 0.012f, f[3], fan, 0.010f);
        }
        int from = s.vertexCount();
        Solids.ball(s, 1, 2);
        s.reshape(from, (p, n) -> p.mul(0.019f, 0.015f, 0.036f)
                .rotateY(0.55f * side)
                .add(-0.026f * side, -0.004f, -0.036f)
                .mul(k));
        s.smooth(from);
        finger(s, k, side, sides, -0.036f, -0.004f, -0.048f, 0.070f, 0.0101f, 0.58f, 0.004f);
    }

    private static void finger(
            Shape s,
            float k,
            int side,
            int sides,
            float x,
            float y,
            float z,
            float length,
            float r,
            float fan,
            float arch) {
        List<Vector3f> path = new ArrayList<>();
        float[] at = {0, 0.16f, 0.34f, 0.46f, 0.56f, 0.70f, 0.80f, 0.90f, 0.96f, 0.99f};
        float[] thick = {1.0f, 1.04f, 0.97f, 1.05f, 0.98f, 0.90f, 0.92f, 0.84f, 0.62f, 0.34f};
        float[] radii = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            float t = at[i];
            float bend = arch * (float) Math.sin(Math.PI * Math.min(1, t * 1.12f)) - 0.010f * t * t;
            float l = length * t;
            path.add(new Vector3f(side * (x - l * (float) Math.sin(fan)), y + bend, z - l * (float) Math.cos(fan))
                    .mul(k));
            radii[i] = r * thick[i] * k;
        }
        Solids.tube(s, path, radii, sides);
        nail(s, path, radii, k);
    }

    private static void nail(Shape s, List<Vector3f> path, float[] radii, float k) {
        Vector3f tip = path.get(8);
        Vector3f before = path.get(6);
        Vector3f along = new Vector3f(tip).sub(before).normalize();
        Vector3f side = new Vector3f(along).cross(0, 1, 0).normalize();
        Vector3f up = new Vector3f(side).cross(along);
        float half = 0.72f * radii[7];
        float length = 0.0062f * k;
        Vector3f middle = new Vector3f(path.get(7)).fma(0.93f * radii[7], up).fma(0.001f * k, along);
        int centre = s.vertex(middle.x, middle.y + 0.0006f * k, middle.z, up.x, up.y, up.z);
        int count = 12;
        int[] rim = new int[count];
        for (int i = 0; i < count; i++) {
            double a = 2 * Math.PI * i / count;
            float across = half * (float) Math.cos(a);
            float on = length * (float) Math.sin(a);
            float drop = 0.45f * across * across / half;
            Vector3f p = new Vector3f(middle).fma(across, side).fma(on, along).fma(-drop, up);
            Vector3f n = new Vector3f(up).fma(0.7f * (float) Math.cos(a), side);
            rim[i] = s.vertex(p.x, p.y, p.z, n.x, n.y, n.z);
        }
        for (int i = 0; i < count; i++) {
            s.triangle(centre, rim[i], rim[(i + 1) % count]);
        }
        for (int v = centre; v < s.vertexCount(); v++) {
            s.open(v, NAIL);
        }
    }

    /** Openness by which nails are told from skin until they are painted. */
    private static final float NAIL = 0.996f;

    private static void skin(Shape s, Limbs.Look look, float k, int side) {
        Vector3f base = Colours.of(look.skin());
        Vector3f red = new Vector3f(base).mul(1.02f, 0.84f, 0.80f);
        Vector3f pale = new Vector3f(base).lerp(new Vector3f(1, 0.90f, 0.85f), 0.45f);
        Vector3f nail = new Vector3f(base).lerp(new Vector3f(1, 0.84f, 0.83f), 0.75f);
        Noise noise = new Noise(77);
        Limbs.paint(s, (v, at) -> {
            if (Math.abs(s.openness(v) - NAIL) < 0.0005f) {
                s.open(v, 1);
                return nail;
            }
            Vector3f p = at.div(k * side, k, k);
            float much = 0.22f * (0.5f + 0.5f * noise.at(p.x * 60, p.y * 60, p.z * 45))
                    + 0.16f * noise.at(p.x * 190, p.y * 190, p.z * 170);
            for (float[] f : FINGERS) {
                float d = (float) Math.hypot(p.x - f[0], p.z + 0.096f);
                much += 0.38f * Colours.smooth(0.014f, 0.003f, d) * (p.y > 0 ? 1 : 0.2f);
                much += crease(f, p);
            }
            much += 0.30f * Colours.smooth(-0.13f, -0.19f, p.z);
            Vector3f c = Colours.mix(base, red, Math.min(1, much));
            c = Colours.mix(c, pale, 0.5f * Colours.smooth(0, -0.012f, p.y) * Colours.smooth(0.02f, -0.02f, p.z));
            s.open(v, 0.62f + 0.38f * Colours.smooth(-0.02f, 0.015f, p.y));
            return c;
        });
    }

    /** How much redder the skin is over the joints of a finger. */
    private static float crease(float[] finger, Vector3f p) {
        double fan = Math.toRadians(finger[4]);
        float along = (float) (-(p.x - finger[0]) * Math.sin(fan) - (p.z - finger[1] - 0.012f) * Math.cos(fan));
        float aside = (float) Math.abs((p.x - finger[0]) * Math.cos(fan) - (p.z - finger[1]) * Math.sin(fan));
        float much = 0;
        for (float joint : JOINTS) {
            float off = Math.abs(along - joint * (finger[2] + 0.012f));
            much += 0.55f * Colours.smooth(0.006f, 0.001f, off);
        }
        return aside < 1.4f * finger[3] && p.y > -0.002f ? much : 0;
    }

    /**
     * A sleeve over a forearm of {@link #forearmAndHand}, open towards the hand; behind the elbow it goes on towards the body.
     *
     * @param end how far from the wrist it ends, metres
     */
    public static Shape sleeve(Limbs.Look look, float end) {
        float k = look.scale() * (look.female() ? 0.93f : 1);
        Shape s = new Shape().colour(look.top());
        List<Limbs.Ring> rings = new ArrayList<>();
        int steps = 24;
        for (int i = 0; i <= steps; i++) {
            float z = SLEEVE_BEGIN + (end - SLEEVE_BEGIN) * i / steps;
            float fold = 0.0018f * (float) Math.sin(95 * z) + 0.0012f * (float) Math.sin(41 * z + 1);
            float wide = 0.036f + 0.022f * Colours.smooth(0, 0.2f, z) + 0.02f * Colours.smooth(0.3f, 0.55f, z) + fold;
            float rise = 0.55f * Math.max(0, z - 0.27f);
            rings.add(Limbs.ring(0, (0.012f + rise) * k, z * k, 1.04f * wide * k, 0.96f * wide * k));
        }
        float cuff = 0.036f + 0.022f * Colours.smooth(0, 0.2f, end);
        rings.add(Limbs.ring(0, 0.012f * k, (end - 0.004f) * k, (cuff - 0.001f) * k, (cuff - 0.003f) * k));
        rings.add(Limbs.ring(0, 0.012f * k, (end - 0.002f) * k, (cuff - 0.006f) * k, (cuff - 0.007f) * k));
        rings.add(Limbs.ring(0, 0.012f * k, (end + 0.03f) * k, (cuff - 0.008f) * k, (cuff - 0.009f) * k));
        Limbs.loft(s, 28, true, rings);
        Limbs.cloth(s, look.top());
        return s;
    }
}
