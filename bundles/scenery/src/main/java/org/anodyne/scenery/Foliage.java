package org.anodyne.scenery;

import java.util.List;
import java.util.random.RandomGenerator;
import org.joml.Vector3f;

/** What plants near and far are put together from: trunks, tufts of leaves, tiers. Any thread. */
final class Foliage {
    private static final float TURN = (float) (2 * Math.PI);

    private Foliage() {}

    static float between(RandomGenerator r, float low, float high) {
        return low + (high - low) * r.nextFloat();
    }

    static int trunk(Shape s, List<Vector3f> path, float bottom, float top, int sides, int dark, int light) {
        int from = s.vertexCount();
        float[] radii = new float[path.size()];
        for (int i = 0; i < radii.length; i++) {
            float t = (float) i / (radii.length - 1);
            radii[i] = bottom + (top - bottom) * (float) Math.sqrt(t);
        }
        s.glow(0).translucent(0).open(0.85f).sway(0, 0);
        Solids.tube(s, path, radii, sides);
        Vector3f a = Colours.of(dark);
        Vector3f b = Colours.of(light);
        s.repaint(from, (p, n, c) -> c.set(Colours.mix(a, b, 0.5f + 0.5f * (float) Math.sin(9 * p.y() + 3 * n.x()))));
        return from;
    }

    /** A rounded heap of leaves: a dented ball whose normals look away from the middle of the crown. */
    static void tuft(
            Shape s,
            RandomGenerator r,
            Vector3f at,
            float radius,
            Vector3f heart,
            int fineness,
            int leaves,
            int dark,
            int light) {
        int from = s.vertexCount();
        Noise noise = new Noise(r.nextLong());
        s.sway(0.16f, 0.35f).translucent(0.3f).open(1).colour(light).at(0, 0, 0);
        Shape ball = new Shape();
        Solids.ball(ball, 1, fineness);
        Vector3f low = Colours.of(dark);
        Vector3f high = Colours.of(light);
        for (int v = 0; v < ball.vertexCount(); v++) {
            Vector3f p = ball.place(v);
            float bump = 1 + 0.38f * noise.at(p.x * 2.3f, p.y * 2.3f, p.z * 2.3f);
            bump += 0.22f * noise.at(p.x * 6.1f, p.y * 6.1f, p.z * 6.1f);
            Vector3f q = new Vector3f(p)
                    .mul(radius * bump, 0.8f * radius * bump, radius * bump)
                    .add(at);
            Vector3f away =
                    new Vector3f(q).sub(heart).normalize().mul(0.7f).add(p).normalize();
            float lift = Colours.smooth(-0.8f, 1.0f, 0.5f * p.y + 0.5f * (q.y - heart.y) / 1.6f);
            float speck = 0.5f + 0.5f * noise.at(p.x * 9, p.y * 9, p.z * 9);
            s.colour(Colours.mix(low, high, 0.72f * lift + 0.38f * speck - 0.05f));
            s.open(0.5f + 0.5f * Colours.smooth(0.72f, 1.15f, bump) * (0.45f + 0.55f * lift) + 0.12f * lift);
            s.vertex(q.x, q.y, q.z, away.x, away.y, away.z);
        }
        leaves(s, r, from, leaves, radius * (fineness > 1 ? 0.12f : 0.155f), at);
        for (int t = 0; t < ball.triangleCount(); t++) {
            s.triangle(from + ball.corner(t, 0), from + ball.corner(t, 1), from + ball.corner(t, 2));
        }
    }

    static int leaves(int fineness) {
        return fineness > 1 ? 96 : fineness > 0 ? 56 : 16;
    }

    /** Single leaves that stand out of a heap whose vertices begin here, so that its outline is leafy. */
    static void leaves(Shape s, RandomGenerator r, int from, int count, float size, Vector3f middle) {
        int vertices = s.vertexCount() - from;
        for (int i = 0; i < count; i++) {
            int v = from + r.nextInt(vertices);
            Vector3f p = s.place(v);
            Vector3f out = new Vector3f(p).sub(middle).normalize();
            Vector3f way = new Vector3f(between(r, -1, 1), between(r, -1, 0.6f), between(r, -1, 1))
                    .add(out)
                    .normalize();
            Vector3f side = new Vector3f(way).cross(out).normalize().mul(0.5f * size);
            Vector3f n = s.normal(v);
            s.colour(s.colourOf(v).mul(between(r, 0.78f, 1.32f)))
                    .open(Math.min(1, s.openness(v) + 0.1f))
                    .sway(0.2f, 0.7f);
            Vector3f q = new Vector3f(p).fma(size * 0.6f, way);
            int a = s.vertex(
                    p.x - 0.3f * size * way.x, p.y - 0.3f * size * way.y, p.z - 0.3f * size * way.z, n.x, n.y, n.z);
            int b = s.vertex(q.x - side.x, q.y - side.y, q.z - side.z, n.x, n.y, n.z);
            int c = s.vertex(
                    p.x + 1.5f * size * way.x, p.y + 1.5f * size * way.y, p.z + 1.5f * size * way.z, n.x, n.y, n.z);
            int d = s.vertex(q.x + side.x, q.y + side.y, q.z + side.z, n.x, n.y, n.z);
            // Seen from outside only.
            s.quad(a, d, c, b);
        }
    }

    static Shape conifer(RandomGenerator r, int dark, int light, int tiers, int points) {
        boolean near = tiers > 5;
        Shape s = new Shape();
        float height = between(r, 7, 9);
        trunk(
                s,
                List.of(
                        new Vector3f(0, -0.2f, 0),
                        new Vector3f(0, height * 0.5f, 0),
                        new Vector3f(0, height * 0.94f, 0)),
                0.2f,
                0.03f,
                near ? 6 : 3,
                0x443629,
                0x5d4b3a);
        Vector3f low = Colours.of(dark);
        Vector3f high = Colours.of(light);
        for (int i = 0; i < tiers; i++) {
            float t = (float) i / tiers;
            float y = height * (0.14f + 0.80f * t);
            float radius = (1.75f * (1 - t) + 0.16f) * between(r, 0.9f, 1.1f);
            float rise = height * (near ? 0.17f : 0.30f) * (1.15f - 0.5f * t);
            s.open(0.9f).translucent(0.12f).sway(0.1f + 0.25f * t, 0.15f).colour(Colours.mix(low, high, 0.5f));
            int tip = s.vertex(0, y + rise, 0, 0, 1, 0);
            int[] rim = new int[2 * points];
            for (int k = 0; k < rim.length; k++) {
                float a = TURN * (k + between(r, -0.25f, 0.25f)) / rim.length;
                boolean out = k % 2 == 0;
                float d = radius * (out ? between(r, 0.92f, 1.12f) : 0.66f);
                s.colour(Colours.mix(low, high, out ? between(r, 0.6f, 1) : 0.1f))
                        .open(out ? 1 : 0.5f);
                float drop = out ? -0.16f * radius : 0.05f;
                rim[k] = s.vertex(
                        d * (float) Math.cos(a), y + drop, d * (float) Math.sin(a), (float) Math.cos(a), 0.75f, (float)
                                Math.sin(a));
            }
            s.colour(low).open(0.25f);
            int under = near ? s.vertex(0, y + 0.25f * rise, 0, 0, -1, 0) : tip;
            for (int k = 0; k < rim.length; k++) {
                int next = rim[(k + 1) % rim.length];
                s.triangle(tip, next, rim[k]);
                if (near) {
                    s.triangle(under, rim[k], next);
                }
            }
        }
        return s.closed();
    }

    static Shape bush(RandomGenerator r, int dark, int light, int fineness, int leaves) {
        Shape s = new Shape();
        Vector3f heart = new Vector3f(0, 0.1f, 0);
        for (int i = 0; i < 4; i++) {
            float a = TURN * i / 4 + between(r, 0, 1);
            Vector3f at =
                    new Vector3f(0.38f * (float) Math.cos(a), between(r, 0.2f, 0.45f), 0.38f * (float) Math.sin(a));
            tuft(s, r, at, between(r, 0.35f, 0.55f), heart, fineness, leaves, dark, light);
        }
        return s.at(0, 0, 0).closed();
    }

    /** Nine arching fronds; each part of one has a leaflet on either side. */
    static Shape fern(RandomGenerator r, int dark, int light, int parts) {
        Shape s = new Shape().translucent(0.45f);
        int fronds = 9;
        for (int i = 0; i < fronds; i++) {
            float a = TURN * i / fronds + between(r, -0.2f, 0.2f);
            float length = between(r, 0.55f, 0.85f);
            Vector3f flat = new Vector3f((float) Math.cos(a), 0, (float) Math.sin(a));
            Vector3f side = new Vector3f(-flat.z, 0, flat.x);
            Vector3f p = new Vector3f();
            float pitch = 1.15f;
            int spine = -1;
            for (int k = 0; k <= parts; k++) {
                float t = Math.min(1, (float) k / (parts - 1));
                Vector3f along = new Vector3f(flat).mul((float) Math.cos(pitch)).add(0, (float) Math.sin(pitch), 0);
                s.open(0.72f + 0.28f * t)
                        .sway(0.05f + 0.1f * t, 0.2f * t)
                        .colour(Colours.mix(Colours.of(dark), Colours.of(light), t));
                int next = s.vertex(p.x, p.y, p.z, 0, 1, 0);
                if (k > 0) {
                    float w = 0.17f * (float) Math.sin(Math.PI * (0.15f + 0.8f * (k - 1) / (parts - 1))) * length;
                    Vector3f root = s.place(spine);
                    for (int way = -1; way <= 1; way += 2) {
                        Vector3f q = new Vector3f(root).fma(way * w, side).fma(0.06f, along);
                        int tip = s.vertex(q.x, q.y - 0.02f, q.z, 0.3f * way * side.x, 1, 0.3f * way * side.z);
                        s.triangle(spine, tip, next);
                    }
                }
                spine = next;
                p.fma(length / parts, along);
                pitch -= 0.22f * 8 / parts;
            }
        }
        return s;
    }
}
