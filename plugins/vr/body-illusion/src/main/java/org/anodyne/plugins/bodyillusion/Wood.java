package org.anodyne.plugins.bodyillusion;

import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Picture2D;
import org.joml.Vector3f;

/** Pictures of boards, cloth and plaster, which can be laid edge to edge. Any thread. */
final class Wood {
    private static final int BOARDS = 4;
    private static final int SIZE = 512;
    private static final int SMALL = 128;

    private Wood() {}

    /** Boards along x, four of them one beside the other, each with a grain of its own. */
    static Picture2D boards() {
        Picture2D out = new Picture2D(SIZE);
        Noise noise = new Noise(61);
        Vector3f pale = Colours.of(0xd2aa78);
        Vector3f dark = Colours.of(0x94683c);
        for (int i = 0; i < SIZE * SIZE; i++) {
            float y = (i / SIZE + 0.5f) / SIZE * BOARDS;
            int board = (int) y;
            float across = y - board;
            // Each board begins somewhere else, so that their ends do not lie in a row.
            float x = (i % SIZE + 0.5f) / SIZE + 0.37f * board;
            float along = x - (int) x;
            float wave = noise.at(along * 2.2f + 9 * board, across * 1.6f);
            float ring = (float) Math.sin(2 * Math.PI * (7 * across + 2.6f * wave));
            float pore = noise.fbm(along * 5 + 5 * board, (across + 3 * board) * 46, 3);
            float part = 0.30f + 0.16f * ring + 0.30f * pore + 0.30f * (noise.cell(board, 3, 1) - 0.5f);
            float edge = Math.min(across, 1 - across);
            float end = Math.min(along, 1 - along);
            float gap = Colours.smooth(0.004f, 0.020f, edge) * Colours.smooth(0.0005f, 0.0025f, end);
            Vector3f c = Colours.mix(pale, dark, part).mul(0.62f + 0.38f * gap);
            for (int k = 0; k < 3; k++) {
                out.set(i % SIZE, i / SIZE, k, c.get(k));
            }
        }
        return out;
    }

    /** Linen: threads over and under each other. */
    static Picture2D linen() {
        Picture2D out = new Picture2D(SMALL);
        Noise noise = new Noise(62);
        int threads = 16;
        for (int i = 0; i < SMALL * SMALL; i++) {
            float x = (i % SMALL + 0.5f) / SMALL * threads;
            float y = (i / SMALL + 0.5f) / SMALL * threads;
            boolean over = ((int) x + (int) y) % 2 == 0;
            float round = over ? (float) Math.sin(Math.PI * (y - (int) y)) : (float) Math.sin(Math.PI * (x - (int) x));
            float tone = noise.cell(over ? (int) y : 40 + (int) x, 7, 2);
            float light = 0.80f + 0.15f * round + 0.05f * tone;
            for (int k = 0; k < 3; k++) {
                out.set(i % SMALL, i / SMALL, k, light);
            }
        }
        return out;
    }

    /** Plaster or stoneware: nearly white, a little uneven. */
    static Picture2D plain() {
        Picture2D out = new Picture2D(SMALL);
        float[] fine = new Noise(63).tile(SMALL, 24, 3);
        float[] coarse = new Noise(64).tile(SMALL, 6, 4);
        for (int i = 0; i < SMALL * SMALL; i++) {
            float light = 0.955f + 0.045f * (0.6f * fine[i] + 0.4f * coarse[i]);
            for (int k = 0; k < 3; k++) {
                out.set(i % SMALL, i / SMALL, k, light);
            }
        }
        return out;
    }

    /** Unevenness of skin: fine in red, coarse in green. */
    static Picture2D pores() {
        Picture2D out = new Picture2D(SMALL);
        float[] fine = new Noise(65).tile(SMALL, 20, 3);
        float[] coarse = new Noise(66).tile(SMALL, 8, 4);
        for (int i = 0; i < SMALL * SMALL; i++) {
            out.set(i % SMALL, i / SMALL, 0, fine[i]);
            out.set(i % SMALL, i / SMALL, 1, coarse[i]);
        }
        return out;
    }
}
