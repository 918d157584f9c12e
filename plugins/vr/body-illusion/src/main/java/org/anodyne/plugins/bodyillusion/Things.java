package org.anodyne.plugins.bodyillusion;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** What stands and lies about in the room, away from the arm: a cup, a book, a vase on the table, a plant, a shelf. Any thread. */
final class Things {
    private static final float TURN = (float) (2 * Math.PI);

    private Things() {}

    /** Cup and saucer, vase with twigs, book; on the side of the table that the arm does not lie on. Their shade is added. */
    static Shape onTable(int side, Shade shade) {
        Shape s = new Shape();
        cup(s, new Vector3f(-side * 0.30f, Room.TABLE, -0.62f), shade);
        vase(s, new Vector3f(-side * 0.50f, Room.TABLE, -0.86f), shade);
        book(s, new Vector3f(side * 0.47f, Room.TABLE, -0.80f), side * 0.30f, shade);
        return s.at(new Matrix4f());
    }

    private static void cup(Shape s, Vector3f at, Shade shade) {
        s.at(at.x, at.y, at.z).colour(0xe9e4da);
        Solids.lathe(
                s, 28, 0.030f, 0.001f, 0.045f, 0.004f, 0.068f, 0.011f, 0.072f, 0.014f, 0.068f, 0.0145f, 0.040f, 0.008f,
                0, 0.0075f);
        s.colour(0x6f9aa8);
        Solids.lathe(
                s, 28, 0.022f, 0.009f, 0.030f, 0.012f, 0.037f, 0.026f, 0.0405f, 0.045f, 0.0415f, 0.066f, 0.0405f,
                0.0675f, 0.0385f, 0.066f, 0.0375f, 0.045f, 0.034f, 0.028f, 0, 0.020f);
        s.colour(0x7a4a22);
        Matrix4f tea = new Matrix4f().translation(at.x, at.y + 0.056f, at.z);
        s.at(tea);
        Solids.disc(s, 0.038f, 24);
        s.colour(0x6f9aa8).at(at.x, at.y, at.z);
        List<Vector3f> handle = new ArrayList<>();
        float[] radii = new float[9];
        for (int i = 0; i < 9; i++) {
            double a = -1.25 + 2.5 * i / 8;
            handle.add(
                    new Vector3f(0.038f + 0.021f * (float) Math.cos(a), 0.038f + 0.018f * (float) Math.sin(a), 0.010f));
            radii[i] = 0.0042f;
        }
        Solids.tube(s, handle, radii, 8);
        shade.add(new Vector3f(at).add(0, 0.012f, 0), new Vector3f(at).add(0, 0.058f, 0), 0.030f, 0.040f);
        for (int i = 0; i < 10; i++) {
            float a = TURN * i / 10;
            float b = TURN * (i + 1) / 10;
            shade.add(
                    new Vector3f(at).add(0.062f * (float) Math.cos(a), 0.009f, 0.062f * (float) Math.sin(a)),
                    new Vector3f(at).add(0.062f * (float) Math.cos(b), 0.009f, 0.062f * (float) Math.sin(b)),
                    0.006f,
                    0.006f);
        }
    }

    private static void vase(Shape s, Vector3f at, Shade shade) {
        s.at(at.x, at.y, at.z).colour(0xd9cdb8);
        Solids.lathe(
                s, 28, 0.034f, 0, 0.048f, 0.012f, 0.058f, 0.045f, 0.053f, 0.085f, 0.034f, 0.118f, 0.024f, 0.140f,
                0.027f, 0.160f, 0.023f, 0.158f, 0.019f, 0.140f, 0, 0.120f);
        shade.add(new Vector3f(at).add(0, 0.035f, 0), new Vector3f(at).add(0, 0.085f, 0), 0.050f, 0.046f);
        shade.add(new Vector3f(at).add(0, 0.085f, 0), new Vector3f(at).add(0, 0.15f, 0), 0.040f, 0.024f);
        s.translucent(0.5f);
        for (int i = 0; i < 11; i++) {
            double a = i * 2.399;
            float out = 0.05f + 0.013f * (i % 5);
            float high = 0.30f + 0.028f * (i * 7 % 5);
            List<Vector3f> path = new ArrayList<>();
            float[] radii = new float[8];
            for (int k = 0; k < 8; k++) {
                float t = k / 7f;
                path.add(new Vector3f(
                        out * t * t * (float) Math.cos(a), 0.12f + high * t, out * t * t * (float) Math.sin(a)));
                radii[k] = 0.0016f;
            }
            s.colour(0x6f8a4c);
            Solids.tube(s, path, radii, 4);
            lavender(s, path);
        }
        s.translucent(0);
        shade.add(new Vector3f(at).add(0, 0.27f, 0), new Vector3f(at).add(0, 0.42f, 0), 0.030f, 0.034f);
    }

    /** Blossoms around the upper end of a stem. */
    private static void lavender(Shape s, List<Vector3f> path) {
        for (int k = 0; k < 26; k++) {
            float t = 0.52f + 0.48f * k / 25;
            float at = t * (path.size() - 1);
            int i = Math.min(path.size() - 2, (int) at);
            Vector3f p = new Vector3f(path.get(i)).lerp(path.get(i + 1), at - i);
            double a = k * 2.399;
            float r = 0.0085f * (1.1f - 0.6f * (t - 0.52f) / 0.48f);
            Vector3f out = new Vector3f((float) Math.cos(a), 0.5f, (float) Math.sin(a));
            Vector3f side = new Vector3f(-out.z, 0, out.x).mul(0.0042f);
            Vector3f tip = new Vector3f(p).fma(1.5f * r, out);
            s.colour(Colours.ramp((k * 5 % 7) / 6f, 0x6a58a4, 0x8672c0, 0xa894d8));
            int b = s.vertex(p.x + side.x, p.y - 0.002f, p.z + side.z, out.x, 0.4f, out.z);
            int c = s.vertex(p.x - side.x, p.y - 0.002f, p.z - side.z, out.x, 0.4f, out.z);
            int d = s.vertex(tip.x, tip.y + 0.003f, tip.z, out.x, 0.6f, out.z);
            s.triangle(b, c, d);
        }
    }

    private static void book(Shape s, Vector3f at, float turn, Shade shade) {
        Matrix4f where = new Matrix4f().translation(at).rotateY(turn);
        s.at(new Matrix4f(where).translate(0, 0.0145f, 0)).colour(0xf0e8d4);
        Solids.box(s, 0.128f, 0.022f, 0.188f);
        s.colour(0x44606a);
        s.at(new Matrix4f(where).translate(0, 0.0275f, 0));
        Solids.box(s, 0.140f, 0.003f, 0.200f);
        s.at(new Matrix4f(where).translate(0, 0.0018f, 0));
        Solids.box(s, 0.140f, 0.003f, 0.200f);
        s.at(new Matrix4f(where).translate(-0.0685f, 0.0146f, 0));
        Solids.box(s, 0.003f, 0.027f, 0.200f);
        s.colour(0xd8c48a);
        s.at(new Matrix4f(where).translate(0.004f, 0.0292f, -0.045f));
        Solids.box(s, 0.078f, 0.0006f, 0.020f);
        for (float x = -0.054f; x <= 0.0541f; x += 0.027f) {
            Vector3f a = where.transformPosition(new Vector3f(x, 0.014f, -0.086f));
            Vector3f b = where.transformPosition(new Vector3f(x, 0.014f, 0.086f));
            shade.add(a, b, 0.0155f, 0.0155f);
        }
    }

    /** A shelf with books and a bowl on the right wall, a framed picture beside the window. */
    static Shape shelf() {
        Shape s = new Shape();
        float x = Room.HALF - 0.14f;
        for (int row = 0; row < 2; row++) {
            float y = 1.15f + 0.42f * row;
            s.colour(0xa37a50).at(x, y, -0.9f);
            Solids.box(s, 0.26f, 0.028f, 1.5f);
            float z = -1.58f;
            for (int i = 0; z < -0.45f - 0.3f * row; i++) {
                float thick = 0.022f + 0.005f * (i * 7 % 4);
                float high = 0.19f + 0.018f * (i * 5 % 5);
                s.colour(Colours.ramp(
                        (i * 3 + row * 2) % 7 / 6f, 0x7a4a40, 0xc9b28a, 0x4f6a70, 0x8a8f6a, 0xd8d2c4, 0x5a5f80));
                s.at(x + 0.02f, y + 0.014f + high / 2, z);
                Solids.box(s, 0.15f, high, thick);
                z += thick + 0.002f;
            }
        }
        s.colour(0xb0746a).at(x, 1.584f, -0.38f);
        Solids.lathe(s, 24, 0.04f, 0, 0.09f, 0.03f, 0.11f, 0.07f, 0.105f, 0.07f, 0.08f, 0.03f, 0, 0.02f);
        s.colour(0x8a6a48).at(0.85f, 1.5f, Room.BACK + 0.015f);
        Solids.box(s, 0.62f, 0.80f, 0.025f);
        s.colour(0xf2eee4).at(0.85f, 1.5f, Room.BACK + 0.021f);
        Solids.box(s, 0.56f, 0.74f, 0.018f);
        Shape hills = new Shape();
        for (int i = 0; i < 4; i++) {
            int last = -1;
            Vector3f c = Colours.ramp(i / 3f, 0xd9dde0, 0xa8bcc4, 0x6f929c, 0x46686c);
            hills.colour(c);
            for (int k = 0; k <= 24; k++) {
                float u = -0.20f + 0.40f * k / 24;
                float h = 0.10f
                        - 0.085f * i
                        + 0.030f * (float) Math.sin(9 * u + 2.2 * i)
                        + 0.016f * (float) Math.sin(23 * u + i);
                int top = hills.vertex(u, h, 0.0006f * i, 0, 0, 1);
                hills.vertex(u, -0.26f, 0.0006f * i, 0, 0, 1);
                if (last >= 0) {
                    hills.quad(last, last + 1, top + 1, top);
                }
                last = top;
            }
        }
        s.add(hills, new Matrix4f().translation(-0.0f, 0, 0.012f));
        return s.at(new Matrix4f());
    }

    /** A plant with long leaves in a pot, in the right corner at the back. */
    static Shape plant() {
        Shape s = new Shape();
        float x = 1.55f;
        float z = Room.BACK + 0.55f;
        s.colour(0xb9785a).at(x, 0, z);
        Solids.lathe(s, 24, 0.14f, 0, 0.18f, 0.30f, 0.20f, 0.36f, 0.17f, 0.36f, 0.16f, 0.32f, 0, 0.31f);
        s.translucent(0.45f);
        for (int i = 0; i < 19; i++) {
            double a = i * 2.399;
            float rise = 1.35f - 0.045f * i;
            float out = 0.12f + 0.030f * i;
            List<Vector3f> path = new ArrayList<>();
            float[] wide = new float[10];
            for (int k = 0; k < 10; k++) {
                float t = k / 9f;
                float o = out * t * (0.4f + 0.8f * t);
                path.add(new Vector3f(
                        o * (float) Math.cos(a),
                        0.30f + rise * (t - 0.35f * t * t * (out / 0.3f)),
                        o * (float) Math.sin(a)));
                wide[k] = 0.012f + 0.10f * (float) Math.sin(Math.PI * Math.min(1, 0.05f + 0.95f * t * t));
            }
            s.colour(Colours.mix(Colours.of(0x35623a), Colours.of(0x7fa658), (i % 5) / 5f))
                    .open(0.9f);
            Solids.ribbon(s, path, wide, new Vector3f((float) Math.cos(a), 0.6f, (float) Math.sin(a)));
        }
        return s.translucent(0).at(new Matrix4f());
    }
}
