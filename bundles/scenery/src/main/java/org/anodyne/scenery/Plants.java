package org.anodyne.scenery;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * Plants and stones, each drawn at the origin of a new {@link Shape}, different for each state of the random numbers. Heights
 * are in metres at scale 1. Blades of grass and fronds are single sheets: draw them with both
 * sides. Any thread.
 */
public final class Plants {
    private static final float TURN = (float) (2 * Math.PI);

    /** Tufts of petals on each of the heaps that a crown is made of. */
    private static final int PETALS = 170;

    private Plants() {}

    /** A coconut palm, about 7 m: a leaning trunk with rings, a crown of drooping fronds of leaflets, some nuts. */
    public static Shape palm(RandomGenerator r) {
        Shape s = new Shape();
        float height = Foliage.between(r, 5.6f, 7.8f);
        float lean = Foliage.between(r, 0.8f, 2.6f);
        float way = Foliage.between(r, 0, TURN);
        List<Vector3f> path = new ArrayList<>();
        for (int i = 0; i <= 8; i++) {
            float t = i / 8f;
            float out = lean * t * t;
            path.add(new Vector3f(out * (float) Math.cos(way), height * t - 0.2f, out * (float) Math.sin(way)));
        }
        Foliage.trunk(s, path, 0.24f, 0.11f, 7, 0x6b5644, 0x94795c);
        Vector3f top = path.get(8);
        s.colour(0x7a5a2e).open(0.6f);
        for (int i = 0; i < 4; i++) {
            float a = TURN * i / 4 + 0.3f;
            s.at(top.x + 0.2f * (float) Math.cos(a), top.y - 0.14f, top.z + 0.2f * (float) Math.sin(a));
            Solids.ball(s, 0.13f, 0);
        }
        s.at(0, 0, 0);
        int fronds = 15;
        for (int i = 0; i < fronds; i++) {
            float turn = TURN * i * 0.381966f + Foliage.between(r, -0.2f, 0.2f);
            frond(s, r, top, turn, 1.15f - 1.5f * i / fronds, Foliage.between(r, 2.5f, 3.3f), i);
        }
        return s.at(0, 0, 0);
    }

    private static void frond(Shape s, RandomGenerator r, Vector3f from, float turn, float rise, float length, int i) {
        int parts = 13;
        Vector3f p = new Vector3f(from);
        float pitch = rise;
        Vector3f fresh = Colours.mix(Colours.of(0x527d34), Colours.of(0x7b9440), r.nextFloat());
        Vector3f old = Colours.of(i > 11 ? 0xa08a48 : 0x3f6f33);
        Vector3f flat = new Vector3f((float) Math.cos(turn), 0, (float) Math.sin(turn));
        Vector3f side = new Vector3f(-flat.z, 0, flat.x);
        s.translucent(0.38f);
        int lastL = -1;
        int lastR = -1;
        for (int k = 0; k <= parts; k++) {
            float t = (float) k / parts;
            Vector3f along = new Vector3f(flat).mul((float) Math.cos(pitch)).add(0, (float) Math.sin(pitch), 0);
            Vector3f up = new Vector3f(side).cross(along).normalize();
            if (up.y < 0) {
                up.negate();
            }
            s.sway(0.15f + 0.55f * t * t, 0.5f * t).open(0.55f + 0.45f * t);
            s.colour(Colours.mix(old, fresh, 0.25f + 0.75f * t));
            float w = 0.025f * (1 - t) + 0.004f;
            int left = s.vertex(p.x - w * side.x, p.y, p.z - w * side.z, up.x, up.y, up.z);
            int right = s.vertex(p.x + w * side.x, p.y, p.z + w * side.z, up.x, up.y, up.z);
            if (k > 0) {
                s.quad(lastL, left, right, lastR);
                float span = 0.72f * (float) Math.sin(Math.PI * Math.min(1, 0.16f + 0.84f * t)) + 0.12f;
                leaflet(s, p, along, side, up, span, 1, lastR, t);
                leaflet(s, p, along, side, up, span, -1, lastL, t);
            }
            lastL = left;
            lastR = right;
            p.fma(length / parts, along);
            pitch -= (0.7f + 1.15f * t) * 1.9f / parts;
        }
    }

    private static void leaflet(
            Shape s, Vector3f p, Vector3f along, Vector3f side, Vector3f up, float span, int way, int root, float t) {
        Vector3f n = new Vector3f(up).fma(0.35f * way, side).normalize();
        Vector3f tip = new Vector3f(p)
                .fma(way * span * 0.82f, side)
                .fma(span * 0.5f, along)
                .fma(-0.30f * span, up);
        Vector3f mid = new Vector3f(p)
                .fma(way * span * 0.40f, side)
                .fma(span * 0.10f, along)
                .fma(0.02f, up);
        s.sway(0.25f + 0.6f * t * t, 0.4f + 0.5f * t);
        int b = s.vertex(p.x, p.y, p.z, n.x, n.y, n.z);
        int m = s.vertex(mid.x, mid.y, mid.z, n.x, n.y, n.z);
        int e = s.vertex(tip.x, tip.y, tip.z, n.x, n.y, n.z);
        s.triangle(root, m, b).triangle(b, m, e);
    }

    /**
     * A broadleaved tree, about 6 m: crooked trunk, boughs, a crown of rounded tufts, lit from above.
     *
     * @param fineness 2 for one to stand under (5800 triangles), 1 for one to look at from some metres (1240), 0 from afar (480);
     *     from 40 m on see {@link DistantPlants}
     */
    public static Shape broadleaf(RandomGenerator r, int dark, int light, int fineness) {
        return broadleaf(r, dark, light, fineness, Foliage.leaves(fineness));
    }

    /** A tree in blossom: as {@link #broadleaf}, its crown covered with petals (4100 triangles with fineness 1). */
    public static Shape blossoming(RandomGenerator r, int dark, int light, int fineness) {
        return broadleaf(r, dark, light, fineness, PETALS);
    }

    private static Shape broadleaf(RandomGenerator r, int dark, int light, int fineness, int leaves) {
        Shape s = new Shape();
        float height = Foliage.between(r, 5.2f, 6.8f);
        List<Vector3f> path = new ArrayList<>();
        float x = 0;
        float z = 0;
        for (int i = 0; i <= 5; i++) {
            path.add(new Vector3f(x, height * 0.62f * i / 5 - 0.2f, z));
            x += Foliage.between(r, -0.16f, 0.16f);
            z += Foliage.between(r, -0.16f, 0.16f);
        }
        Foliage.trunk(s, path, 0.27f, 0.12f, 7, 0x4d4035, 0x6e5d4c);
        for (int i = 0; fineness > 1 && i < 4; i++) {
            float a = TURN * i / 4 + Foliage.between(r, 0, 1);
            Vector3f root = path.get(3 + i % 2);
            Vector3f end = new Vector3f(root).add(1.3f * (float) Math.cos(a), 1.2f, 1.3f * (float) Math.sin(a));
            Foliage.trunk(
                    s,
                    List.of(root, new Vector3f(root).lerp(end, 0.5f).add(0, 0.1f, 0), end),
                    0.1f,
                    0.04f,
                    5,
                    0x4d4035,
                    0x6e5d4c);
        }
        Vector3f heart = new Vector3f(x, height * 0.66f, z);
        int tufts = fineness > 1 ? 12 : 9;
        for (int i = 0; i < tufts; i++) {
            float a = TURN * i * 0.381966f;
            float up = 1 - 2f * i / (tufts - 1);
            float out = (float) Math.sqrt(Math.max(0.1f, 1 - up * up)) * Foliage.between(r, 1.2f, 1.75f);
            Vector3f at = new Vector3f(heart).add(out * (float) Math.cos(a), up * 1.35f, out * (float) Math.sin(a));
            float size = fineness > 1 ? Foliage.between(r, 0.85f, 1.25f) : Foliage.between(r, 1.0f, 1.4f);
            Foliage.tuft(s, r, at, size, heart, fineness, leaves, dark, light);
        }
        return s.at(0, 0, 0).closed();
    }

    /** A conifer, about 8 m: drooping tiers with jagged rims (430 triangles). */
    public static Shape conifer(RandomGenerator r, int dark, int light) {
        return Foliage.conifer(r, dark, light, 9, 11);
    }

    /** A low rounded bush, about 1 m (510 triangles). */
    public static Shape bush(RandomGenerator r, int dark, int light) {
        return Foliage.bush(r, dark, light, 1, Foliage.leaves(1));
    }

    /** A tuft of grass, about 0.4 m. */
    public static Shape grass(RandomGenerator r, int dark, int light, int blades) {
        Shape s = new Shape().translucent(0.5f);
        Vector3f low = Colours.of(dark);
        Vector3f high = Colours.of(light);
        for (int i = 0; i < blades; i++) {
            float a = Foliage.between(r, 0, TURN);
            float out = Foliage.between(r, 0, 0.16f);
            float h = Foliage.between(r, 0.22f, 0.45f);
            float bend = Foliage.between(r, 0.05f, 0.2f);
            float w = Foliage.between(r, 0.010f, 0.018f);
            float cos = (float) Math.cos(a);
            float sin = (float) Math.sin(a);
            float x = out * cos;
            float z = out * sin;
            Vector3f tipColour = Colours.mix(low, high, Foliage.between(r, 0.6f, 1));
            s.sway(0, 0).open(0.74f).colour(low);
            int left = s.vertex(x - w * sin, -0.03f, z + w * cos, 0, 1, 0);
            int right = s.vertex(x + w * sin, -0.03f, z - w * cos, 0, 1, 0);
            float mx = x + 0.35f * bend * cos;
            float mz = z + 0.35f * bend * sin;
            s.sway(0.08f, 0.15f).open(0.92f).colour(Colours.mix(low, tipColour, 0.6f));
            int midLeft = s.vertex(mx - 0.8f * w * sin, 0.6f * h, mz + 0.8f * w * cos, 0.2f * cos, 1, 0.2f * sin);
            int midRight = s.vertex(mx + 0.8f * w * sin, 0.6f * h, mz - 0.8f * w * cos, 0.2f * cos, 1, 0.2f * sin);
            s.sway(0.2f, 0.4f).open(1).colour(tipColour);
            int tip = s.vertex(x + bend * cos, h, z + bend * sin, 0.3f * cos, 1, 0.3f * sin);
            s.quad(left, right, midRight, midLeft).triangle(midLeft, midRight, tip);
        }
        return s;
    }

    /** A fern, about 0.7 m across: arching fronds with leaflets (144 triangles). */
    public static Shape fern(RandomGenerator r, int dark, int light) {
        return Foliage.fern(r, dark, light, 8);
    }

    /** A flower on a stem, about 0.35 m, of petals in this colour. */
    public static Shape flower(RandomGenerator r, int petals, int heart) {
        return flower(r, petals, heart, 0x5f8a3c);
    }

    /** A flower as {@link #flower}, its stem in this colour. */
    public static Shape flower(RandomGenerator r, int petals, int heart, int stem) {
        Shape s = new Shape().translucent(0.4f);
        float h = Foliage.between(r, 0.22f, 0.36f);
        s.colour(stem).sway(0.12f, 0.2f);
        for (int i = 0; i < 2; i++) {
            float dx = i == 0 ? 0.006f : 0;
            float dz = i == 0 ? 0 : 0.006f;
            int a = s.vertex(-dx, 0, -dz, 0, 1, 0);
            int b = s.vertex(dx, 0, dz, 0, 1, 0);
            int c = s.vertex(0, h, 0, 0, 1, 0);
            s.triangle(a, b, c);
        }
        int count = 6;
        for (int i = 0; i < count; i++) {
            float a = TURN * i / count;
            float b = TURN * (i + 0.5f) / count;
            float e = TURN * (i - 0.5f) / count;
            s.colour(heart).sway(0.14f, 0.25f).open(0.8f);
            int m = s.vertex(0, h, 0, 0, 1, 0);
            s.colour(petals).open(1);
            int left = s.vertex(0.035f * (float) Math.cos(e), h + 0.012f, 0.035f * (float) Math.sin(e), 0, 1, 0);
            int tip = s.vertex(0.062f * (float) Math.cos(a), h + 0.022f, 0.062f * (float) Math.sin(a), 0, 1, 0);
            int right = s.vertex(0.035f * (float) Math.cos(b), h + 0.012f, 0.035f * (float) Math.sin(b), 0, 1, 0);
            s.quad(m, right, tip, left);
        }
        return s;
    }

    /** A weathered stone, about 1 m across, with moss or sand where it looks up; of 20 · 4^fineness triangles. */
    public static Shape rock(RandomGenerator r, int stone, int top, int fineness) {
        Shape s = new Shape().colour(stone);
        Solids.ball(s, 0.5f, fineness);
        Noise noise = new Noise(r.nextLong());
        float flat = Foliage.between(r, 0.5f, 0.8f);
        s.reshape(0, (p, n) -> {
            float bump = 1
                    + 0.45f * noise.at(p.x * 2.2f, p.y * 2.2f, p.z * 2.2f)
                    + 0.16f * noise.at(p.x * 6, p.y * 6, p.z * 6);
            p.mul(bump, bump * flat, bump);
        });
        s.smooth(0);
        Vector3f base = Colours.of(stone);
        Vector3f cap = Colours.of(top);
        s.repaint((p, n, c) -> {
            float speck = 0.88f + 0.24f * noise.at(p.x() * 14, p.y() * 14, p.z() * 14);
            c.set(Colours.mix(base, cap, 0.8f * Colours.smooth(0.55f, 0.95f, n.y())))
                    .mul(speck);
        });
        for (int v = 0; v < s.vertexCount(); v++) {
            s.open(v, 0.45f + 0.55f * Colours.smooth(-0.25f, 0.25f, s.place(v).y));
        }
        return s.closed();
    }

    /** A bird with spread wings, span 1 m, looking along −z; its wings sway, so that wind in {@link Surface} beats them. */
    public static Shape bird(int body, int wing) {
        Shape s = new Shape().colour(body);
        s.at(new Matrix4f().rotateX((float) (-Math.PI / 2)).translate(0, -0.16f, 0));
        Solids.lathe(s, 7, 0, 0, 0.03f, 0.06f, 0.052f, 0.17f, 0.04f, 0.27f, 0.022f, 0.33f, 0, 0.39f);
        s.at(0, 0, 0);
        for (int way = -1; way <= 1; way += 2) {
            s.colour(body);
            int a = s.vertex(0.03f * way, 0.01f, -0.1f, 0, 1, 0);
            int b = s.vertex(0.03f * way, 0.01f, 0.07f, 0, 1, 0);
            s.colour(Colours.mix(Colours.of(body), Colours.of(wing), 0.4f));
            int c = s.vertex(0.26f * way, 0.09f, -0.13f, 0, 1, 0);
            int d = s.vertex(0.25f * way, 0.08f, 0.03f, 0, 1, 0);
            s.colour(wing);
            int e = s.vertex(0.52f * way, 0.03f, 0.03f, 0, 1, 0);
            s.quad(a, c, d, b).triangle(c, e, d);
        }
        return s;
    }
}
