package org.anodyne.scenery;

import java.util.ArrayList;
import java.util.List;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Parts of a human body to be seen as one's own: arms, legs, trunk, head; hands are {@link Hands}. Each is a {@link Shape} of its own whose origin is the
 * joint that it hangs from, so that it can be put and turned part by part. Lengths are metres; the body looks along −z with y up;
 * {@code side} is −1 for left, 1 for right. Segment lengths as parts of the stature are those of Drillis and Contini (1966), widths
 * engineering defaults. Any thread.
 */
public final class Limbs {
    /** Heights of joints as parts of the stature. */
    public static final float EYE = 0.936f;

    /** Height of the hip. */
    public static final float HIP = 0.530f;

    /** Height of the shoulder. */
    public static final float SHOULDER = 0.818f;

    /** Length of the thigh. */
    public static final float THIGH = 0.245f;

    /** Length of the shank. */
    public static final float SHANK = 0.246f;

    /** Height of the ankle. */
    public static final float ANKLE = 0.039f;

    /** Length of the foot. */
    public static final float FOOT = 0.152f;

    /** Length of the upper arm. */
    public static final float UPPER_ARM = 0.186f;

    /** Length of the forearm. */
    public static final float FOREARM = 0.146f;

    /** Half the distance of the hips. */
    public static final float HALF_HIPS = 0.052f;

    /** Half the distance of the shoulders. */
    public static final float HALF_SHOULDERS = 0.108f;

    /** Stature for which widths are given, metres. */
    private static final float USUAL = 1.72f;

    private static final int SIDES = 20;

    /**
     * What a body looks like; colours {@code 0xrrggbb}.
     *
     * @param female whether it is built like a woman's
     * @param stature metres
     */
    public record Look(boolean female, float stature, int skin, int top, int trousers, int shoes, int hair) {
        float wide(float man, float woman) {
            return (female ? woman : man) * stature / USUAL;
        }

        float scale() {
            return stature / USUAL;
        }
    }

    /** A cross-section of a limb: an ellipse. */
    record Ring(Vector3f at, float halfX, float halfOther) {}

    private Limbs() {}

    /** Skins a row of ellipses that lie across an axis: {@code along} z, or else y. Both ends are closed. */
    static int loft(Shape s, int sides, boolean along, List<Ring> rings) {
        int from = s.vertexCount();
        int[][] v = new int[rings.size()][sides];
        for (int i = 0; i < rings.size(); i++) {
            Ring r = rings.get(i);
            for (int k = 0; k < sides; k++) {
                double a = 2 * Math.PI * k / sides;
                float x = r.halfX() * (float) Math.cos(a);
                float o = r.halfOther() * (float) Math.sin(a);
                v[i][k] = along
                        ? s.vertex(r.at().x + x, r.at().y + o, r.at().z, x, o, 0)
                        : s.vertex(r.at().x + x, r.at().y, r.at().z + o, x, 0, o);
            }
        }
        Vector3f way = new Vector3f(rings.get(1).at()).sub(rings.get(0).at());
        boolean turned = along ? way.z > 0 : way.y < 0;
        for (int i = 0; i + 1 < rings.size(); i++) {
            for (int k = 0; k < sides; k++) {
                int m = (k + 1) % sides;
                if (turned) {
                    s.quad(v[i][k], v[i][m], v[i + 1][m], v[i + 1][k]);
                } else {
                    s.quad(v[i][k], v[i + 1][k], v[i + 1][m], v[i][m]);
                }
            }
        }
        lid(s, rings.get(0), v[0], turned);
        lid(s, rings.get(rings.size() - 1), v[rings.size() - 1], !turned);
        s.smooth(from);
        return from;
    }

    private static void lid(Shape s, Ring r, int[] rim, boolean turned) {
        int middle = s.vertex(r.at().x, r.at().y, r.at().z, 0, 1, 0);
        for (int k = 0; k < rim.length; k++) {
            int m = (k + 1) % rim.length;
            if (turned) {
                s.triangle(middle, rim[m], rim[k]);
            } else {
                s.triangle(middle, rim[k], rim[m]);
            }
        }
    }

    static Ring ring(float x, float y, float z, float halfX, float halfOther) {
        return new Ring(new Vector3f(x, y, z), halfX, halfOther);
    }

    /** Rings from a table of five numbers each, all multiplied by a scale. */
    static List<Ring> rings(float scale, float... table) {
        List<Ring> out = new ArrayList<>();
        for (int i = 0; i < table.length; i += 5) {
            out.add(ring(
                    table[i] * scale,
                    table[i + 1] * scale,
                    table[i + 2] * scale,
                    table[i + 3] * scale,
                    table[i + 4] * scale));
        }
        return out;
    }

    /** Paints vertices that are known by their number. */
    interface Brush {
        Vector3f colour(int vertex, Vector3f place);
    }

    static void paint(Shape s, Brush brush) {
        int[] next = {0};
        s.repaint((p, n, c) -> c.set(brush.colour(next[0]++, new Vector3f(p))));
    }

    static void cloth(Shape s, int colour) {
        Vector3f base = Colours.of(colour);
        Noise noise = new Noise(78);
        paint(s, (v, p) -> {
            float fold = noise.at(p.x * 14, p.y * 9, p.z * 14);
            s.open(v, 0.86f + 0.14f * fold);
            return new Vector3f(base).mul(1 + 0.10f * fold);
        });
    }

    /** A thigh in trousers: from the hip at the origin down to the knee. */
    public static Shape thigh(Look look) {
        float l = THIGH * look.stature();
        float w = look.wide(1, 1.03f);
        Shape s = new Shape().colour(look.trousers());
        loft(
                s,
                SIDES,
                false,
                List.of(
                        ring(0, 0.075f, 0, 0.035f * w, 0.035f * w),
                        ring(0, 0.06f, 0.002f, 0.074f * w, 0.078f * w),
                        ring(0, 0.02f, 0.002f, 0.088f * w, 0.094f * w),
                        ring(0, -0.15f * l, 0, 0.089f * w, 0.094f * w),
                        ring(0, -0.45f * l, -0.004f, 0.079f * w, 0.084f * w),
                        ring(0, -0.75f * l, -0.005f, 0.067f * w, 0.070f * w),
                        ring(0, -0.95f * l, -0.004f, 0.062f * w, 0.064f * w),
                        ring(0, -1.06f * l, 0, 0.058f * w, 0.056f * w),
                        ring(0, -1.13f * l, 0, 0.034f * w, 0.030f * w)));
        cloth(s, look.trousers());
        return s;
    }

    /** A shank in trousers: from the knee at the origin down to the ankle. */
    public static Shape shank(Look look) {
        float l = SHANK * look.stature();
        float w = look.wide(1, 0.97f);
        Shape s = new Shape().colour(look.trousers());
        loft(
                s,
                SIDES,
                false,
                List.of(
                        ring(0, 0.050f, 0, 0.030f * w, 0.026f * w),
                        ring(0, 0.030f, -0.003f, 0.053f * w, 0.054f * w),
                        ring(0, -0.05f * l, -0.003f, 0.060f * w, 0.062f * w),
                        ring(0, -0.28f * l, 0.008f, 0.060f * w, 0.066f * w),
                        ring(0, -0.55f * l, 0.006f, 0.056f * w, 0.061f * w),
                        ring(0, -0.85f * l, 0.002f, 0.053f * w, 0.058f * w),
                        ring(0, -1.00f * l, -0.002f, 0.054f * w, 0.062f * w),
                        ring(0, -1.02f * l, -0.002f, 0.050f * w, 0.058f * w),
                        ring(0, -0.98f * l, -0.002f, 0.044f * w, 0.050f * w)));
        cloth(s, look.trousers());
        return s;
    }

    /** A shoe: from the ankle at the origin; the sole lies at the ankle's height below it. */
    public static Shape shoe(Look look, int side) {
        float k = FOOT * look.stature() / 0.262f;
        float floor = -ANKLE * look.stature();
        Shape s = new Shape().colour(look.shoes());
        float[][] rows = {
            // z, half width, height of the top over the floor, shift to the outside
            {0.068f, 0.012f, 0.035f, 0},
            {0.060f, 0.028f, 0.075f, 0},
            {0.038f, 0.036f, 0.102f, 0},
            {0.000f, 0.038f, 0.108f, 0},
            {-0.040f, 0.039f, 0.092f, 0},
            {-0.080f, 0.043f, 0.074f, 0.003f},
            {-0.120f, 0.048f, 0.062f, 0.005f},
            {-0.155f, 0.047f, 0.055f, 0.004f},
            {-0.185f, 0.036f, 0.047f, 0},
            {-0.203f, 0.014f, 0.030f, -0.003f}
        };
        List<Ring> rings = new ArrayList<>();
        for (float[] r : rows) {
            float half = 0.5f * r[2] * k;
            rings.add(ring(side * r[3] * k, floor + half, r[0] * k, r[1] * k, half));
        }
        int from = loft(s, SIDES, true, rings);
        // Flat below, with a pale sole.
        s.reshape(from, (p, n) -> {
            if (p.y < floor + 0.030f * k) {
                p.y = floor + Math.max(0, (p.y - floor) * 0.75f);
                p.x += 0.004f * k * Math.signum(n.x()) * Math.abs(n.x());
            }
        });
        s.smooth(from);
        Vector3f upper = Colours.of(look.shoes());
        Vector3f sole = Colours.of(0xe9e5da);
        Vector3f lace = Colours.of(0xf4f1e8);
        paint(s, (v, p) -> {
            float high = (p.y - floor) / k;
            Vector3f c = Colours.mix(sole, upper, Colours.smooth(0.016f, 0.022f, high));
            boolean laced = p.z < -0.03f * k && p.z > -0.105f * k && Math.abs(p.x) < 0.018f * k && high > 0.05f;
            s.open(v, 0.55f + 0.45f * Colours.smooth(0, 0.05f, high));
            return laced ? Colours.mix(c, lace, 0.6f) : c;
        });
        return s;
    }

    /** Pelvis, trunk and shoulders in a shirt: origin between the hips. Without head and arms. */
    public static Shape trunk(Look look) {
        float up = (SHOULDER - HIP) * look.stature();
        float w = look.scale();
        boolean f = look.female();
        Shape s = new Shape().colour(look.trousers());
        loft(
                s,
                24,
                false,
                List.of(
                        ring(0, -0.09f, 0, 0.06f * w, 0.05f * w),
                        ring(0, -0.07f, 0, (f ? 0.150f : 0.140f) * w, 0.105f * w),
                        ring(0, 0, 0.004f, (f ? 0.176f : 0.160f) * w, 0.118f * w),
                        ring(0, 0.08f, 0, (f ? 0.160f : 0.157f) * w, 0.108f * w),
                        ring(0, 0.12f, 0, (f ? 0.148f : 0.154f) * w, 0.102f * w)));
        int from = s.vertexCount();
        s.colour(look.top());
        loft(
                s,
                24,
                false,
                List.of(
                        ring(0, 0.02f, 0.004f, (f ? 0.178f : 0.166f) * w, 0.120f * w),
                        ring(0, 0.045f, 0.004f, (f ? 0.180f : 0.170f) * w, 0.123f * w),
                        ring(0, 0.14f, 0, (f ? 0.150f : 0.164f) * w, 0.110f * w),
                        ring(0, 0.45f * up, -0.002f, (f ? 0.142f : 0.165f) * w, 0.108f * w),
                        ring(0, 0.70f * up, -0.010f, (f ? 0.158f : 0.182f) * w, 0.120f * w),
                        ring(0, 0.88f * up, -0.004f, (f ? 0.178f : 0.202f) * w, 0.112f * w),
                        ring(0, 1.00f * up, 0.004f, (f ? 0.172f : 0.198f) * w, 0.086f * w),
                        ring(0, 1.07f * up, 0.006f, 0.120f * w, 0.068f * w),
                        ring(0, 1.12f * up, 0.006f, 0.060f * w, 0.056f * w)));
        Vector3f top = Colours.of(look.top());
        Noise noise = new Noise(79);
        paint(s, (v, p) -> {
            float fold = noise.at(p.x * 9, p.y * 6, p.z * 9);
            s.open(v, 0.88f + 0.12f * fold);
            return new Vector3f(v < from ? Colours.of(look.trousers()) : top).mul(1 + 0.08f * fold);
        });
        return s;
    }

    /** Neck and head with hair: origin at the height of the shoulders. */
    public static Shape head(Look look) {
        float k = look.scale();
        Shape s = new Shape().colour(look.skin());
        loft(
                s,
                SIDES,
                false,
                rings(
                        k, 0, 0.02f, 0.012f, 0.052f, 0.055f, 0, 0.09f, 0.004f, 0.050f, 0.053f, 0, 0.15f, -0.004f,
                        0.052f, 0.056f));
        oval(s, k, 0, 0.235f, -0.012f, 0.080f, 0.112f, 0.098f);
        s.colour(look.hair());
        oval(s, k, 0, 0.256f, 0.006f, 0.089f, 0.106f, 0.101f);
        if (look.female()) {
            oval(s, k, 0, 0.165f, 0.056f, 0.078f, 0.115f, 0.048f);
        }
        return s;
    }

    private static void oval(Shape s, float k, float x, float y, float z, float a, float b, float c) {
        int from = s.vertexCount();
        Solids.ball(s, 1, 3);
        s.reshape(from, (p, n) -> p.mul(a, b, c).add(x, y, z).mul(k));
        s.smooth(from);
    }

    /** An upper arm in a sleeve: from the shoulder at the origin down to the elbow. */
    public static Shape upperArm(Look look) {
        float l = UPPER_ARM * look.stature();
        float w = look.wide(1, 0.90f);
        Shape s = new Shape().colour(look.top());
        loft(
                s,
                16,
                false,
                List.of(
                        ring(0, 0.040f, 0, 0.020f * w, 0.026f * w),
                        ring(0, 0.028f, 0, 0.040f * w, 0.048f * w),
                        ring(0, -0.015f, 0, 0.054f * w, 0.060f * w),
                        ring(0, -0.4f * l, 0, 0.050f * w, 0.054f * w),
                        ring(0, -0.8f * l, 0, 0.044f * w, 0.047f * w),
                        ring(0, -1.02f * l, 0, 0.042f * w, 0.044f * w),
                        ring(0, -1.12f * l, 0, 0.024f * w, 0.024f * w)));
        cloth(s, look.top());
        return s;
    }

    /** A forearm in a sleeve: from the elbow at the origin down to the wrist. */
    public static Shape forearm(Look look) {
        float l = FOREARM * look.stature();
        float w = look.wide(1, 0.90f);
        Shape s = new Shape().colour(look.top());
        loft(
                s,
                16,
                false,
                List.of(
                        ring(0, 0.040f, 0, 0.020f * w, 0.020f * w),
                        ring(0, 0.025f, 0, 0.040f * w, 0.042f * w),
                        ring(0, -0.25f * l, 0, 0.043f * w, 0.045f * w),
                        ring(0, -0.7f * l, 0, 0.037f * w, 0.039f * w),
                        ring(0, -0.97f * l, 0, 0.034f * w, 0.036f * w),
                        ring(0, -0.98f * l, 0, 0.028f * w, 0.030f * w)));
        cloth(s, look.top());
        return s;
    }

    /** Turns a hand of {@link Hands#hand} so that it hangs from the wrist, its back to the outside. */
    public static Matrix4f hanging(Matrix4f wrist, int side) {
        return wrist.rotateX((float) (-Math.PI / 2)).rotateZ(side * (float) (-Math.PI / 2));
    }

    /** The middle of a limb between two joints of lengths that are known, so that its ends are where they are to be. */
    public static Vector3f joint(Vector3fc from, Vector3fc to, float first, float second, Vector3fc towards) {
        Vector3f way = new Vector3f(to).sub(from);
        float far = Math.min(way.length(), 0.999f * (first + second));
        way.normalize();
        float along = (first * first - second * second + far * far) / (2 * far);
        float out = (float) Math.sqrt(Math.max(0, first * first - along * along));
        Vector3f side = new Vector3f(towards).fma(-way.dot(towards), way).normalize();
        return new Vector3f(from).fma(along, way).fma(out, side);
    }
}
