package org.anodyne.plugins.bodyillusion;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Limbs;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Vector3f;

/** A calm room with a table before a window: walls, floor, table, the cloth under the arm. Any thread. */
final class Room {
    /** Height of the table, metres. */
    static final float TABLE = 0.74f;
    /** Where the wrist lies: to the side of the middle and ahead, metres. */
    static final float WRIST_X = 0.13f;

    static final float WRIST_Z = -0.46f;
    /** Height of the wrist's middle over the table. */
    static final float WRIST_UP = 0.0225f;

    static final float HALF = 2.4f;
    /** Where the wall with the window is. */
    static final float BACK = -2.4f;

    /** Edges of the table. */
    static final float TABLE_LEFT = -0.75f;

    static final float TABLE_RIGHT = 0.75f;
    static final float TABLE_NEAR = -0.12f;
    static final float TABLE_FAR = -1.04f;

    private static final float FRONT = 2;
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

    /** A piece of the wall with the window, from corner to corner. */
    private static void back(Shape s, float x0, float y0, float x1, float y1) {
        int nu = Math.max(1, Math.round((x1 - x0) / 0.3f));
        int nv = Math.max(1, Math.round((y1 - y0) / 0.3f));
        sheet(s, nu, nv, new Vector3f(x0, y0, BACK), new Vector3f(x1 - x0, 0, 0), new Vector3f(0, y1 - y0, 0));
    }

    /** Walls and ceiling with the opening for the window. */
    static Shape walls() {
        Shape s = new Shape().colour(0xe4ddd0);
        back(s, -HALF, 0, Window.FROM_X, CEILING);
        back(s, Window.TO_X, 0, HALF, CEILING);
        back(s, Window.FROM_X, Window.TO_Y, Window.TO_X, CEILING);
        back(s, Window.FROM_X, 0, Window.TO_X, Window.FROM_Y);
        float deep = FRONT - BACK;
        sheet(s, 14, 8, new Vector3f(-HALF, 0, FRONT), new Vector3f(0, 0, -deep), new Vector3f(0, CEILING, 0));
        sheet(s, 14, 8, new Vector3f(HALF, 0, BACK), new Vector3f(0, 0, deep), new Vector3f(0, CEILING, 0));
        sheet(s, 14, 8, new Vector3f(HALF, 0, FRONT), new Vector3f(-2 * HALF, 0, 0), new Vector3f(0, CEILING, 0));
        s.colour(0xf3efe8);
        sheet(s, 8, 8, new Vector3f(-HALF, CEILING, BACK), new Vector3f(2 * HALF, 0, 0), new Vector3f(0, 0, deep));
        for (int v = 0; v < s.vertexCount(); v++) {
            s.open(v, lightAt(s.place(v)));
        }
        s.colour(0xf0ebe2).open(0.9f);
        s.at((Window.TO_X + HALF) / 2, 0.05f, BACK + 0.008f);
        Solids.box(s, HALF - Window.TO_X, 0.10f, 0.016f);
        s.at((Window.FROM_X - HALF) / 2, 0.05f, BACK + 0.008f);
        Solids.box(s, Window.FROM_X + HALF, 0.10f, 0.016f);
        for (int i = -1; i <= 1; i += 2) {
            s.at(i * (HALF - 0.008f), 0.05f, (FRONT + BACK) / 2);
            Solids.box(s, 0.016f, 0.10f, deep);
        }
        return s.at(0, 0, 0);
    }

    /** How much of the light in the room reaches a place: more near the window, less in the corners. */
    private static float lightAt(Vector3f p) {
        float corner = Math.min(Math.min(HALF - Math.abs(p.x), FRONT - p.z), Math.min(p.z - BACK, CEILING - p.y));
        float low = Colours.smooth(-0.1f, 0.5f, p.y);
        float beside = (float) Math.hypot(Math.max(0, Math.abs(p.x + 0.85f) - 0.7f), p.z - BACK);
        return (0.80f + 0.20f * Colours.smooth(0, 0.6f, corner))
                * (0.84f + 0.16f * low)
                * (0.74f + 0.26f * Colours.smooth(4.0f, 0.4f, beside));
    }

    /** The floor. */
    static Shape floor() {
        Shape s = new Shape().colour(0xd8c8b4);
        float deep = FRONT - BACK;
        sheet(s, 16, 16, new Vector3f(-HALF, 0, FRONT), new Vector3f(2 * HALF, 0, 0), new Vector3f(0, 0, -deep));
        for (int v = 0; v < s.vertexCount(); v++) {
            Vector3f p = s.place(v);
            // Under the table it is darker.
            float over = Math.max(Math.abs(p.x) - TABLE_RIGHT, Math.abs(p.z - (TABLE_NEAR + TABLE_FAR) / 2) - 0.46f);
            s.open(v, lightAt(p) * (0.55f + 0.45f * Colours.smooth(-0.3f, 0.5f, over)));
        }
        return s;
    }

    /** The table's top, whose picture of boards is laid on by {@link Daylight}. */
    static Shape tableTop() {
        Shape s = new Shape().colour(0xffffff);
        sheet(
                s,
                6,
                4,
                new Vector3f(TABLE_LEFT, TABLE, TABLE_NEAR),
                new Vector3f(TABLE_RIGHT - TABLE_LEFT, 0, 0),
                new Vector3f(0, 0, TABLE_FAR - TABLE_NEAR));
        return s;
    }

    /** Edge and legs of the table. */
    static Shape tableLegs() {
        Shape s = new Shape().colour(0xd8cbbb).open(0.9f);
        float middle = (TABLE_NEAR + TABLE_FAR) / 2;
        s.at(0, TABLE - 0.0165f, middle);
        Solids.box(s, TABLE_RIGHT - TABLE_LEFT, 0.032f, TABLE_NEAR - TABLE_FAR);
        s.open(0.7f);
        for (int i = 0; i < 4; i++) {
            s.at(i % 2 == 0 ? -0.66f : 0.66f, 0.355f, i < 2 ? TABLE_NEAR - 0.08f : TABLE_FAR + 0.08f);
            Solids.box(s, 0.06f, 0.71f, 0.06f);
        }
        return s.at(0, 0, 0);
    }

    /** A linen cloth under the arm on this side, with a darker hem. */
    static Shape cloth(int side) {
        Shape s = new Shape();
        float left = side * WRIST_X - 0.20f;
        float far = -0.80f;
        float near = TABLE_NEAR - 0.03f;
        float up = TABLE + 0.0012f;
        s.colour(0x9fb0a4);
        sheet(s, 1, 1, new Vector3f(left, up, near), new Vector3f(0.40f, 0, 0), new Vector3f(0, 0, far - near));
        s.colour(0xe9e3d4);
        float hem = 0.016f;
        sheet(
                s,
                4,
                6,
                new Vector3f(left + hem, up + 0.0006f, near - hem),
                new Vector3f(0.40f - 2 * hem, 0, 0),
                new Vector3f(0, 0, far - near + 2 * hem));
        return s;
    }

    /** The arm on this side as rods, for its shadow; in the world, the wrist turned by {@code turn}. */
    static void armShade(Shade shade, int side, float scale, float turn) {
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        float[][] rods = {
            // From x, y, z to x, y, z before the wrist, radii; for the right hand, thumb towards −x.
            {0, 0.010f, 0.26f, 0, 0.008f, 0.14f, 0.045f, 0.041f},
            {0, 0.006f, 0.14f, 0, 0.000f, 0.00f, 0.041f, 0.024f},
            {0, 0.000f, 0.00f, 0, -0.001f, -0.09f, 0.024f, 0.015f},
            {-0.018f, -0.001f, -0.02f, -0.028f, -0.002f, -0.09f, 0.018f, 0.014f},
            {0.016f, -0.001f, -0.02f, 0.024f, -0.002f, -0.085f, 0.017f, 0.013f},
            {-0.030f, -0.002f, -0.09f, -0.038f, -0.008f, -0.170f, 0.010f, 0.008f},
            {-0.010f, 0.001f, -0.09f, -0.012f, -0.008f, -0.182f, 0.010f, 0.008f},
            {0.010f, 0.001f, -0.09f, 0.015f, -0.008f, -0.173f, 0.010f, 0.008f},
            {0.029f, -0.002f, -0.08f, 0.040f, -0.009f, -0.145f, 0.009f, 0.007f},
            {-0.030f, -0.004f, -0.03f, -0.068f, -0.008f, -0.095f, 0.014f, 0.009f}
        };
        for (float[] r : rods) {
            Vector3f[] ends = new Vector3f[2];
            for (int e = 0; e < 2; e++) {
                float x = side * r[3 * e] * scale;
                float z = r[3 * e + 2] * scale;
                ends[e] = new Vector3f(
                        side * WRIST_X + cos * x + sin * z,
                        TABLE + WRIST_UP + r[3 * e + 1] * scale,
                        WRIST_Z - sin * x + cos * z);
            }
            shade.add(ends[0], ends[1], r[6] * scale, r[7] * scale);
        }
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
