package org.anodyne.plugins.bodyillusion;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Limbs;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Vector3f;

/** A calm room with a table: floor, walls, a window with light, a plant, and the limb's soft shadow painted on the table. */
final class Room {
    /** Height of the table, metres. */
    static final float TABLE = 0.74f;
    /** Where the wrist lies: to the side of the middle and ahead, metres. */
    static final float WRIST_X = 0.13f;

    static final float WRIST_Z = -0.46f;
    /** Height of the wrist's middle over the table. */
    static final float WRIST_UP = 0.0205f;

    private static final float HALF = 2.4f;
    private static final float BACK = -2.6f;
    private static final float CEILING = 2.6f;

    private Room() {}

    /** A flat piece between four corners, divided so that light and shade can change on it. */
    private static void sheet(Shape s, int nu, int nv, Vector3f at, Vector3f u, Vector3f v) {
        Vector3f n = new Vector3f(u).cross(v);
        int[][] p = new int[nv + 1][nu + 1];
        for (int j = 0; j <= nv; j++) {
            for (int i = 0; i <= nu; i++) {
                Vector3f q = new Vector3f(at).fma((float) i / nu, u).fma((float) j / nv, v);
                p[j][i] = s.vertex(q.x, q.y, q.z, n.x, n.y, n.z);
            }
        }
        for (int j = 0; j < nv; j++) {
            for (int i = 0; i < nu; i++) {
                s.quad(p[j][i], p[j][i + 1], p[j + 1][i + 1], p[j + 1][i]);
            }
        }
    }

    /** Walls, floor, window and what stands there. */
    static Shape walls() {
        Shape s = new Shape();
        s.colour(0xe9e2d6);
        sheet(s, 30, 20, new Vector3f(-HALF, 0, BACK), new Vector3f(2 * HALF, 0, 0), new Vector3f(0, CEILING, 0));
        sheet(s, 24, 16, new Vector3f(-HALF, 0, 2), new Vector3f(0, 0, BACK - 2), new Vector3f(0, CEILING, 0));
        sheet(s, 24, 16, new Vector3f(HALF, 0, BACK), new Vector3f(0, 0, 2 - BACK), new Vector3f(0, CEILING, 0));
        s.colour(0xf3efe8);
        sheet(s, 4, 4, new Vector3f(-HALF, CEILING, BACK), new Vector3f(2 * HALF, 0, 0), new Vector3f(0, 0, 2 - BACK));
        s.colour(0xa9835c);
        sheet(s, 40, 40, new Vector3f(-HALF, 0, 2), new Vector3f(2 * HALF, 0, 0), new Vector3f(0, 0, BACK - 2));
        Noise noise = new Noise(5);
        s.repaint((p, n, c) -> {
            float corner = Math.min(Math.min(HALF - Math.abs(p.x()), p.z() - BACK), p.y() + 0.3f);
            float shade = 0.84f + 0.16f * Colours.smooth(0, 0.7f, corner);
            if (n.y() > 0.9f) {
                shade *= 0.9f + 0.14f * noise.at(p.x() * 9, p.z() * 0.8f);
            }
            // The window's light on the walls.
            float lit = Colours.smooth(2.2f, 0.3f, (float) Math.hypot(p.x() + 0.9f, p.y() - 1.4f));
            c.mul(shade).lerp(new Vector3f(1, 0.96f, 0.88f), 0.22f * lit);
        });
        window(s);
        s.colour(0xf7f4ee).glow(0).at(0, 0.05f, BACK + 0.012f);
        Solids.box(s, 2 * HALF, 0.10f, 0.02f);
        plant(s);
        return s.at(0, 0, 0);
    }

    private static void window(Shape s) {
        float x = -0.9f;
        float y = 1.45f;
        int from = s.vertexCount();
        s.colour(0xffffff).glow(0.9f);
        sheet(
                s,
                6,
                10,
                new Vector3f(x - 0.55f, y - 0.6f, BACK + 0.01f),
                new Vector3f(1.1f, 0, 0),
                new Vector3f(0, 1.2f, 0));
        s.repaint(
                from,
                (p, n, c) -> c.set(Colours.ramp((p.y() - y + 0.6f) / 1.2f, 0xa8c890, 0xd8e8d0, 0xcfe6f6, 0xb4d8f4)));
        s.glow(0).colour(0xf6f2ea);
        float[][] bars = {
            {0, 0.62f, 1.2f, 0.06f},
            {0, -0.62f, 1.28f, 0.07f},
            {-0.57f, 0, 0.06f, 1.24f},
            {0.57f, 0, 0.06f, 1.24f},
            {0, 0, 0.035f, 1.2f},
            {0, 0.1f, 1.1f, 0.03f}
        };
        for (float[] b : bars) {
            s.at(x + b[0], y + b[1], BACK + 0.03f);
            Solids.box(s, b[2], b[3], 0.05f);
        }
        s.at(0, 0, 0);
    }

    private static void plant(Shape s) {
        float x = 1.35f;
        float z = BACK + 0.5f;
        s.colour(0xc9b8a4).at(x, 0, z);
        Solids.lathe(s, 20, 0.13f, 0, 0.17f, 0.30f, 0.18f, 0.34f, 0.15f, 0.34f);
        s.translucent(0.4f);
        for (int i = 0; i < 15; i++) {
            double a = i * 2.399;
            float rise = 1.25f - 0.05f * i;
            float out = 0.10f + 0.028f * i;
            java.util.List<Vector3f> path = new java.util.ArrayList<>();
            float[] wide = new float[8];
            for (int k = 0; k < 8; k++) {
                float t = k / 7f;
                float o = out * t * (0.4f + 0.8f * t);
                path.add(new Vector3f(
                        o * (float) Math.cos(a),
                        0.32f + rise * (t - 0.35f * t * t * (out / 0.3f)),
                        o * (float) Math.sin(a)));
                wide[k] = 0.012f + 0.11f * (float) Math.sin(Math.PI * Math.min(1, 0.05f + 0.95f * t * t));
            }
            s.colour(Colours.mix(Colours.of(0x3f6b3a), Colours.of(0x7fa658), (i % 5) / 5f));
            Solids.ribbon(s, path, wide, new Vector3f((float) Math.cos(a), 0.6f, (float) Math.sin(a)));
        }
        s.translucent(0).at(0, 0, 0);
    }

    /** The table, with the shadow of a limb on this side. */
    static Shape table(int side) {
        Shape s = new Shape().colour(0xb98f66);
        float near = -0.12f;
        float far = -1.02f;
        sheet(s, 150, 110, new Vector3f(-0.75f, TABLE, near), new Vector3f(1.5f, 0, 0), new Vector3f(0, 0, far - near));
        Noise noise = new Noise(9);
        s.repaint((p, n, c) -> {
            float grain = noise.at(p.x() * 3 + 0.4f * noise.at(p.x() * 2, p.z() * 2), p.z() * 55);
            c.mul(0.94f + 0.10f * grain + 0.05f * noise.at(p.x() * 1.3f, p.z() * 9));
        });
        for (int v = 0; v < s.vertexCount(); v++) {
            s.open(v, 1 - 0.62f * shadow(s.place(v), side));
        }
        s.colour(0x9c754f).open(0.9f).at(0, TABLE - 0.02f, (near + far) / 2);
        Solids.box(s, 1.5f, 0.038f, near - far - 0.002f);
        s.colour(0x8d6a48);
        for (int i = 0; i < 4; i++) {
            s.at(i % 2 == 0 ? -0.66f : 0.66f, 0.36f, i < 2 ? near - 0.08f : far + 0.08f);
            Solids.box(s, 0.06f, 0.70f, 0.06f);
        }
        return s.at(0, 0, 0);
    }

    /** How dark the limb's shadow is on the table, 0 to 1: near the skin, and away from the window. */
    private static float shadow(Vector3f p, int side) {
        float along = p.z - WRIST_Z;
        float off = (p.x - side * WRIST_X) - 0.006f;
        float wide = along > 0 ? 0.030f + 0.05f * Math.min(along, 0.25f) : along > -0.11f ? 0.040f : 0.036f;
        float beyond = Math.max(0, Math.max(-along - 0.185f, along - 0.34f));
        float d = (float) Math.hypot(Math.max(0, Math.abs(off) - wide), beyond);
        return Colours.smooth(0.05f, -0.012f, d);
    }

    /** Colours of the sleeves by name. */
    static int cloth(String name) {
        return switch (name) {
            case "grey" -> 0x8a8d92;
            case "green" -> 0x5f8667;
            case "red" -> 0xa8504c;
            case "white" -> 0xe8e6e0;
            default -> 0x4f6d98;
        };
    }

    /** Colours of skin by name. */
    static int skin(String name) {
        return switch (name) {
            case "very-light" -> 0xf4d3c0;
            case "medium" -> 0xd9a680;
            case "tan" -> 0xbf8a62;
            case "brown" -> 0x8d5c3e;
            case "dark" -> 0x5c3b2a;
            default -> 0xe8bda0;
        };
    }

    /** What the arm looks like. */
    static Limbs.Look look(boolean female, String skin, String cloth) {
        float stature = female ? 1.65f : 1.78f;
        return new Limbs.Look(female, stature, skin(skin), cloth(cloth), 0x404a5c, 0x444444, 0x3a2a20);
    }
}
