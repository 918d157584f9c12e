package org.anodyne.plugins.bodyillusion;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Picture2D;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Vector3f;

/** A window down to the floor with two wings, what the sun makes of it inside, the garden that is seen through it. Any thread. */
final class Window {
    /** The part of the wall that the picture of the panes covers, metres: a little more than the window. */
    static final float LEFT = -1.80f;

    static final float LOW = -0.05f;
    static final float WIDE = 1.90f;
    static final float HIGH = 2.50f;
    /** The opening in the wall. */
    static final float FROM_X = -1.55f;

    static final float TO_X = -0.15f;
    static final float FROM_Y = 0.08f;
    static final float TO_Y = 2.25f;
    /** How far outside the garden is painted, and how large, metres. */
    private static final float AWAY = 2.6f;

    static final float GARDEN_WIDE = 6;
    static final float GARDEN_HIGH = 4.5f;
    /** Its lower left corner. */
    static final Vector3f GARDEN_AT = new Vector3f(-4.8f, -1.1f, Room.BACK - AWAY);

    private static final float MIDDLE = (FROM_X + TO_X) / 2;
    private static final int PANES = 256;
    private static final int LEAVES = 128;
    private static final int GARDEN = 256;
    /** Bars: middle x, middle y, half width, half height. */
    private static final float[][] BARS = {
        {MIDDLE, (FROM_Y + TO_Y) / 2, 0.045f, (TO_Y - FROM_Y) / 2},
        {FROM_X + 0.03f, (FROM_Y + TO_Y) / 2, 0.035f, (TO_Y - FROM_Y) / 2},
        {TO_X - 0.03f, (FROM_Y + TO_Y) / 2, 0.035f, (TO_Y - FROM_Y) / 2},
        {MIDDLE, TO_Y - 0.03f, (TO_X - FROM_X) / 2, 0.035f},
        {MIDDLE, FROM_Y + 0.06f, (TO_X - FROM_X) / 2, 0.065f},
        {MIDDLE, 0.86f, (TO_X - FROM_X) / 2, 0.014f},
        {MIDDLE, 1.56f, (TO_X - FROM_X) / 2, 0.014f}
    };

    private Window() {}

    /** How much sun comes through at each place, softened as by the size of the sun. */
    static Picture2D panes() {
        Picture2D out = new Picture2D(PANES);
        float soft = 0.016f;
        for (int i = 0; i < PANES * PANES; i++) {
            float x = LEFT + WIDE * (i % PANES + 0.5f) / PANES;
            float y = LOW + HIGH * (i / PANES + 0.5f) / PANES;
            float inside = Math.min(Math.min(x - FROM_X, TO_X - x), Math.min(y - FROM_Y, TO_Y - y));
            float light = Colours.smooth(-soft, soft, inside);
            for (float[] b : BARS) {
                float off = Math.max(Math.abs(x - b[0]) - b[2], Math.abs(y - b[1]) - b[3]);
                light *= Colours.smooth(-soft, soft, off);
            }
            out.set(i % PANES, i / PANES, 0, light);
        }
        return out;
    }

    /** Shadows of leaves outside: a picture that can be laid edge to edge. */
    static Picture2D leaves() {
        Picture2D out = new Picture2D(LEAVES);
        float[] tile = new Noise(41).tile(LEAVES, 5, 3);
        for (int i = 0; i < tile.length; i++) {
            out.set(i % LEAVES, i / LEAVES, 0, Colours.smooth(0.30f, 0.56f, tile[i]));
        }
        return out;
    }

    /** The garden, as the eye sees what it does not look at sharply. */
    static Picture2D garden() {
        Picture2D out = new Picture2D(GARDEN);
        Noise noise = new Noise(43);
        for (int i = 0; i < GARDEN * GARDEN; i++) {
            float x = (float) (i % GARDEN) / GARDEN;
            float y = (float) (i / GARDEN) / GARDEN;
            Vector3f c = Colours.ramp(1.7f * (y - 0.42f), 0xf4f0dc, 0xdcebf4, 0xb4d6f2);
            float cloud = noise.fbm(x * 4, y * 9, 3);
            c = Colours.mix(c, Colours.of(0xffffff), 0.7f * Colours.smooth(0.05f, 0.5f, cloud));
            // Three rows of trees, each nearer, darker and sharper.
            for (int row = 0; row < 3; row++) {
                float top = 0.66f - 0.10f * row + 0.16f * noise.fbm(x * (3.5f + 2 * row) + 9 * row, 0.3f + row, 4);
                float edge = 0.030f - 0.007f * row;
                float leaf = noise.fbm(x * (18 + 6 * row), y * (22 + 6 * row) + 5 * row, 3);
                Vector3f tree = Colours.ramp(
                        0.5f + 0.8f * leaf,
                        row == 0 ? 0x88a880 : row == 1 ? 0x5d8a4c : 0x3f6c36,
                        row == 0 ? 0xb4cc9c : row == 1 ? 0x8cb462 : 0x6f9c4c,
                        row == 0 ? 0xd8e4b8 : row == 1 ? 0xc4d682 : 0xacc86a);
                c = Colours.mix(c, tree, Colours.smooth(top + edge, top - edge, y));
            }
            float lawn = 0.25f + 0.02f * noise.fbm(x * 5, 4, 3);
            Vector3f grass = Colours.ramp(
                    0.5f + 0.7f * noise.fbm(x * 7, y * 34, 3) + 0.8f * (lawn - y), 0x5f8a3c, 0x8fb452, 0xc4d878);
            c = Colours.mix(c, grass, Colours.smooth(lawn + 0.012f, lawn - 0.012f, y));
            c = blossom(c, noise, x, y);
            for (int part = 0; part < 3; part++) {
                out.set(i % GARDEN, i / GARDEN, part, c.get(part));
            }
        }
        return out;
    }

    /** A bed of flowers before the trees, round spots out of focus. */
    private static Vector3f blossom(Vector3f under, Noise noise, float x, float y) {
        Vector3f c = under;
        float cell = 0.018f;
        int column = (int) (x / cell);
        int row = (int) (y / cell);
        for (int i = -1; i <= 1; i++) {
            for (int k = -1; k <= 1; k++) {
                int a = column + i;
                int b = row + k;
                float px = (a + noise.cell(a, b, 1)) * cell;
                float py = (b + noise.cell(a, b, 2)) * cell;
                boolean bed = Math.abs(py - 0.275f - 0.05f * noise.at(px * 6, 2)) < 0.035f;
                if (!bed || noise.cell(a, b, 3) > 0.75f) {
                    continue;
                }
                float d = (float) Math.hypot(x - px, y - py);
                Vector3f bloom = Colours.ramp(noise.cell(a, b, 4), 0xf4a0b8, 0xfff2e0, 0xf2c85a, 0xc89ae0);
                c = Colours.mix(c, bloom, 0.85f * Colours.smooth(0.62f * cell, 0.22f * cell, d));
            }
        }
        return c;
    }

    /** The garden's canvas, from the origin to the right and up. */
    static Shape view() {
        Shape s = new Shape().colour(0xffffff).glow(1);
        int a = s.vertex(0, 0, 0, 0, 0, 1);
        int b = s.vertex(GARDEN_WIDE, 0, 0, 0, 0, 1);
        int c = s.vertex(GARDEN_WIDE, GARDEN_HIGH, 0, 0, 0, 1);
        int d = s.vertex(0, GARDEN_HIGH, 0, 0, 0, 1);
        return s.quad(a, b, c, d);
    }

    /** Wings, sill, curtains. */
    static Shape frame() {
        Shape s = new Shape().colour(0xf4f0e8);
        for (float[] b : BARS) {
            s.at(b[0], b[1], Room.BACK - 0.03f);
            Solids.box(s, 2 * b[2], 2 * b[3], 0.045f);
        }
        s.colour(0xb99a6c).at(MIDDLE + 0.075f, 1.02f, Room.BACK + 0.005f);
        Solids.box(s, 0.018f, 0.11f, 0.02f);
        s.at(0, 0, 0);
        curtain(s, FROM_X - 0.34f, FROM_X + 0.10f);
        curtain(s, TO_X - 0.10f, TO_X + 0.34f);
        s.colour(0xcbb68f).open(1).translucent(0);
        s.at(MIDDLE, TO_Y + 0.13f, Room.BACK + 0.09f);
        Solids.box(s, TO_X - FROM_X + 0.9f, 0.024f, 0.024f);
        return s.at(0, 0, 0);
    }

    /** A curtain in folds, which the light comes through. */
    private static void curtain(Shape s, float from, float to) {
        int columns = 64;
        int rows = 10;
        int[][] v = new int[rows + 1][columns + 1];
        s.colour(0xf2ead8).translucent(0.55f);
        for (int j = 0; j <= rows; j++) {
            float y = 0.03f + (TO_Y + 0.10f) * j / rows;
            for (int i = 0; i <= columns; i++) {
                float t = (float) i / columns;
                double phase = 2 * Math.PI * 5.5 * t + 0.5 * Math.sin(3 * y);
                float deep = 0.030f * (float) Math.sin(phase);
                float slope = 0.030f * (float) (2 * Math.PI * 5.5 * Math.cos(phase)) / (to - from);
                s.open(0.62f + 0.38f * (0.5f + 0.5f * (float) Math.sin(phase)));
                v[j][i] = s.vertex(from + (to - from) * t, y, Room.BACK + 0.09f + deep, -slope, 0, 1);
            }
        }
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < columns; i++) {
                s.quad(v[j][i], v[j][i + 1], v[j + 1][i + 1], v[j + 1][i]);
            }
        }
        s.translucent(0).open(1);
    }
}
