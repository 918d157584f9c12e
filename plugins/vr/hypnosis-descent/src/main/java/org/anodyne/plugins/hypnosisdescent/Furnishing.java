package org.anodyne.plugins.hypnosisdescent;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Lights;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** What is on and in the rock: stair, lanterns, ferns, trees around the rim, crystals by the lake, hills outside. Any thread. */
final class Furnishing {
    private static final float TURN = (float) (2 * Math.PI);
    private static final float RISE = 0.22f;
    /** Height that the stair comes down in one turn, metres. */
    private static final float PITCH = 13;

    private static final float HILLS = 420;
    private static final int STEPS_OF_PIECE = 10;
    private static final int FERNS = 10;
    private static final int STARS = 170;

    private final Rock rock;
    private final SplittableRandom random;
    private final long seed;
    /** Lanterns of the rings, small lights of the stair, glow-worms and crystals. */
    final Lights lights = new Lights();

    Furnishing(Rock rock, long seed) {
        this.rock = rock;
        this.seed = seed;
        random = new SplittableRandom(seed ^ 0x5ea);
        for (Rock.Lantern l : rock.lanterns()) {
            Vector3f p = l.place();
            lights.add(p.x, p.y, p.z, 1.5f, new Vector3f(l.colour()).mul(0.9f), random.nextFloat());
        }
    }

    private static Vector3f around(float angle, float radius, float y) {
        return new Vector3f(radius * (float) Math.sin(angle), y, -radius * (float) Math.cos(angle));
    }

    /** A stair that winds down along the wall, in pieces, with a small light at every few steps. */
    List<Shape> stair() {
        List<Shape> out = new ArrayList<>();
        Shape s = null;
        int first = (int) ((Rock.EDGE - 1) / RISE);
        int last = (int) ((Rock.RIM - 1.5f) / RISE);
        for (int i = first; i < last; i++) {
            if (s == null || (i - first) % STEPS_OF_PIECE == 0) {
                s = new Shape();
                s.glow(1);
                out.add(s);
            }
            float y = RISE * i;
            float angle = 0.9f + TURN * y / PITCH;
            step(s, angle, TURN * RISE / PITCH * 0.56f, y);
            if (i % 2 == 0) {
                Vector3f p = around(angle, rock.radius(angle, y) - 1.42f, y + 0.1f);
                Vector3f hue =
                        new Vector3f(Rock.hue(1 - y / (float) Course.METRES)).lerp(new Vector3f(1, 0.9f, 0.7f), 0.4f);
                lights.add(p.x, p.y, p.z, 0.8f, hue.mul(0.66f), random.nextFloat());
            }
        }
        return out;
    }

    /** The lanterns themselves, one shape for each ring. */
    List<Shape> lanterns() {
        List<Shape> out = new ArrayList<>();
        Shape s = null;
        float height = -1;
        for (Rock.Lantern l : rock.lanterns()) {
            if (s == null || l.place().y != height) {
                height = l.place().y;
                s = new Shape();
                out.add(s);
            }
            s.glow(1).colour(Colours.mix(l.colour(), new Vector3f(1, 0.96f, 0.86f), 0.45f));
            s.at(new Matrix4f().translation(l.place()).translate(0, -0.16f, 0));
            Solids.lathe(s, 6, 0.05f, 0, 0.11f, 0.07f, 0.125f, 0.17f, 0.085f, 0.28f, 0.03f, 0.33f);
            s.glow(0.3f).colour(new Vector3f(l.colour()).mul(0.35f));
            s.at(new Matrix4f().translation(l.place()).translate(0, -0.5f, 0));
            Solids.cylinder(s, 0.05f, 0.13f, 0.34f, 6);
        }
        return out;
    }

    private void step(Shape s, float angle, float half, float y) {
        float outer = rock.radius(angle, y) + 0.7f;
        float inner = rock.radius(angle, y) - 1.3f;
        Vector3f in = around(angle, -1, 0);
        Vector3f side = new Vector3f(in).cross(0, 1, 0);
        Vector3f up = new Vector3f(0, 1, 0);
        // Tread, riser, and the side towards the water, which goes down to the step below.
        face(
                s,
                up,
                1.9f,
                around(angle - half, outer, y),
                around(angle + half, outer, y),
                around(angle + half, inner, y),
                around(angle - half, inner, y));
        face(
                s,
                side,
                1.4f,
                around(angle - half, inner, y),
                around(angle - half, outer, y),
                around(angle - half, outer, y - RISE),
                around(angle - half, inner, y - RISE));
        face(
                s,
                in,
                1.4f,
                around(angle - half, inner, y),
                around(angle + half, inner, y),
                around(angle + half, inner, y - 0.42f),
                around(angle - half, inner, y - 0.42f));
        face(
                s,
                new Vector3f(in).mul(0.5f).add(0, -1, 0).normalize(),
                0.5f,
                around(angle - half, inner, y - 0.42f),
                around(angle + half, inner, y - 0.42f),
                around(angle + half, outer, y - 1.5f),
                around(angle - half, outer, y - 1.5f));
    }

    private void face(Shape s, Vector3f n, float open, Vector3f... corners) {
        int[] v = new int[corners.length];
        for (int i = 0; i < v.length; i++) {
            rock.paint(s, corners[i], n, open);
            v[i] = s.vertex(corners[i].x, corners[i].y, corners[i].z, n.x, n.y, n.z);
        }
        s.quad(v[0], v[1], v[2], v[3]);
    }

    /** Ferns on the ledge of a landing. */
    Instances ferns(int landing) {
        Instances out = new Instances();
        for (int i = 0; i < FERNS; i++) {
            float angle = TURN * (i + 0.9f * random.nextFloat()) / FERNS;
            float y = rock.landingHeight(landing) + 0.55f;
            Vector3f p = around(angle, rock.radius(angle, y) - 0.1f, y);
            out.add(p.x, p.y, p.z, 0.7f + 0.9f * random.nextFloat(), TURN * random.nextFloat(), 1);
        }
        return out;
    }

    /** Trees around the rim. */
    Instances trees() {
        Instances out = new Instances();
        for (int i = 0; i < 30; i++) {
            float angle = TURN * (i + 0.6f * random.nextFloat()) / 30;
            Vector3f p = around(angle, 14.5f + 5 * random.nextFloat(), Rock.RIM - 0.8f);
            out.add(p.x, p.y, p.z, 0.55f + 0.5f * random.nextFloat(), TURN * random.nextFloat(), 0.9f);
        }
        return out;
    }

    /** Grass and ferns that hang over the rim. */
    Instances rimFerns() {
        Instances out = new Instances();
        for (int i = 0; i < 70; i++) {
            float angle = TURN * random.nextFloat();
            Vector3f p = around(angle, rock.radius(angle, Rock.RIM) + 0.05f, Rock.RIM - 0.05f);
            out.add(p.x, p.y, p.z, 0.9f + 1.1f * random.nextFloat(), TURN * random.nextFloat(), 1);
        }
        return out;
    }

    /** Stones along the edge of the lake, and in the mouth. */
    Instances stones() {
        Instances out = new Instances();
        for (int i = 0; i < 90; i++) {
            float angle = TURN * (i + random.nextFloat()) / 90;
            float away = Math.min(angle, TURN - angle);
            if (away < 0.8f * Rock.MOUTH) {
                continue;
            }
            float r = 29 + 4.5f * random.nextFloat();
            Vector3f p = around(angle, r, -0.15f);
            out.add(
                    p.x,
                    p.y,
                    p.z,
                    0.8f + 2.2f * random.nextFloat() * random.nextFloat(),
                    TURN * random.nextFloat(),
                    0.8f);
        }
        return out;
    }

    /** Clusters of glowing crystals among the stones. */
    Shape crystals() {
        Shape s = new Shape();
        int[] hues = {0x5fe0d0, 0x7f9cff, 0xb28cf5, 0x6fd0ff};
        for (int i = 0; i < 30; i++) {
            float angle = Rock.MOUTH * 1.12f + (TURN - 2.24f * Rock.MOUTH) * (i + 0.7f * random.nextFloat()) / 30;
            Vector3f p = around(angle, 24.5f + 4.5f * random.nextFloat(), -0.1f);
            Vector3f hue = Colours.of(hues[random.nextInt(hues.length)]);
            int spikes = 3 + random.nextInt(4);
            for (int k = 0; k < spikes; k++) {
                float height = 0.5f + 1.3f * random.nextFloat();
                float thick = 0.10f + 0.10f * random.nextFloat();
                s.at(new Matrix4f()
                        .translation(p)
                        .rotateY(TURN * random.nextFloat())
                        .rotateZ(0.15f + 0.5f * random.nextFloat()));
                s.glow(0.9f).colour(new Vector3f(hue).mul(0.55f + 0.35f * random.nextFloat()));
                Solids.lathe(s, 6, thick, -0.2f, thick * 1.1f, 0.62f * height, 0, height);
            }
            lights.add(p.x, 0.45f, p.z, 2.6f, new Vector3f(hue).mul(0.75f), random.nextFloat());
        }
        s.at(0, 0, 0);
        return s;
    }

    /** Gives the glow-worms their lights. */
    void glowWorms() {
        for (Vector3f w : rock.worms()) {
            float b = random.nextFloat();
            lights.add(
                    w.x,
                    w.y,
                    w.z,
                    0.30f + 0.35f * b * b,
                    Colours.mix(Colours.of(0x6fd8ff), Colours.of(0xd4f6ff), b).mul(0.5f + 0.5f * b),
                    random.nextFloat());
        }
    }

    /** Stars in the mouth of the grotto, behind the hills. */
    void stars() {
        for (int i = 0; i < STARS; i++) {
            float angle = 1.5f * Rock.MOUTH * (2 * random.nextFloat() - 1);
            float bright = random.nextFloat() * random.nextFloat();
            Vector3f p = around(angle, 1.2f * HILLS, HILLS * (0.05f + 0.45f * random.nextFloat()));
            Vector3f c = new Vector3f(0.85f + 0.15f * random.nextFloat(), 0.9f, 1).mul(1 + 2.5f * bright);
            lights.add(p.x, p.y, p.z, 4 + 4 * bright, c, random.nextFloat());
        }
    }

    /** Hills far off across the open water. */
    Shape hills() {
        Shape s = new Shape();
        Noise noise = new Noise(seed ^ 0x4117);
        for (int range = 0; range < 2; range++) {
            float away = HILLS * (range == 0 ? 1 : 0.62f);
            int last = -1;
            for (int i = 0; i <= 120; i++) {
                float angle = -1.1f + 2.2f * i / 120;
                float h = range == 0
                        ? 20 + 34 * Math.abs(noise.fbm(4 * angle, 2.5f, 4))
                        : 26
                                * Math.max(
                                        -0.2f,
                                        noise.fbm(3 * angle + 7, 9.5f, 4) - 0.18f * (float) Math.cos(2.6 * angle));
                s.colour(range == 0 ? 0x39466e : 0x222c50).glow(0.75f);
                Vector3f p = around(angle, away, h);
                int top = s.vertex(p.x, p.y, p.z, 0, 0.4f, 1);
                s.colour(range == 0 ? 0x4a5a86 : 0x2c3a62);
                int foot = s.vertex(p.x, -3, p.z, 0, 0.4f, 1);
                if (last >= 0) {
                    s.quad(last + 1, foot, top, last);
                }
                last = top;
            }
        }
        return s;
    }

    /** A stone. */
    Shape stone() {
        return Plants.rock(random, 0x4b5266, 0x3f5f66, 2);
    }

    /** A fern. */
    Shape fern() {
        return Plants.fern(random, 0x2f5a3c, 0x8fc07a);
    }

    /** A conifer. */
    Shape tree() {
        return Plants.conifer(random, 0x1f3a30, 0x4f7050);
    }
}
