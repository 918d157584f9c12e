package org.anodyne.plugins.hypnosisdescent;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Vector3f;

/** The boat in which the participant sits, looking along −z to its bow: what stays still while the rock rises. Any thread. */
final class Boat {
    /** Where the lantern hangs that guides the breath. */
    static final Vector3f LANTERN = new Vector3f(0, 1.06f, -2.98f);

    private static final int RIBS = 40;
    private static final int PLANKS = 7;
    private static final float BOW = -3.1f;
    private static final float STERN = 1.5f;

    private Boat() {}

    private static float width(float t) {
        // Pointed at the bow (t = 0), broad amidships, blunt at the stern.
        float bow = (float) Math.pow(Math.min(1, t / 0.55f), 0.62);
        float stern = 1 - 0.38f * Colours.smooth(0.6f, 1, t);
        return 0.66f * bow * stern;
    }

    private static float gunwale(float t) {
        return 0.47f + 0.32f * (1 - t) * (1 - t) + 0.08f * t * t;
    }

    /** The hull inside and out, gunwales, thwarts, floor, and the stem with its hook. */
    static Shape shape(long seed) {
        Noise noise = new Noise(seed ^ 0xb0a7);
        Shape s = new Shape();
        hull(s, 1.0f, 0);
        hull(s, 0.93f, 0.30f);
        for (int side = -1; side <= 1; side += 2) {
            List<Vector3f> edge = new ArrayList<>();
            float[] radii = new float[RIBS + 1];
            for (int i = 0; i <= RIBS; i++) {
                float t = (float) i / RIBS;
                edge.add(new Vector3f(side * 0.965f * width(t), gunwale(t) + 0.012f, BOW + (STERN - BOW) * t));
                radii[i] = 0.034f;
            }
            s.colour(0x8d6f54).open(1);
            Solids.tube(s, edge, radii, 6);
        }
        s.colour(0x75593f).open(0.8f);
        for (float z : new float[] {-1.75f, -0.55f}) {
            float t = (z - BOW) / (STERN - BOW);
            s.at(0, 0.36f, z);
            Solids.box(s, 1.86f * width(t), 0.035f, 0.26f);
        }
        s.open(0.55f).colour(0x5f4a3a);
        for (int k = -2; k <= 2; k++) {
            s.at(0.15f * k, 0.175f, -0.75f);
            Solids.box(s, 0.135f, 0.02f, Math.abs(k) == 2 ? 2.0f : 2.9f);
        }
        s.at(0, 0, 0).open(0.95f).colour(0x80624a);
        List<Vector3f> stem = new ArrayList<>();
        float[] radii = new float[15];
        for (int i = 0; i <= 14; i++) {
            float t = i / 14f;
            float curl = Math.max(0, t - 0.55f) / 0.45f;
            stem.add(new Vector3f(
                    0,
                    -0.15f + 1.42f * t + 0.12f * (float) Math.sin(2.6 * curl),
                    BOW + 0.35f - 0.5f * (float) Math.sin(1.75 * t) + 0.30f * curl * curl));
            radii[i] = 0.055f - 0.032f * t;
        }
        Solids.tube(s, stem, radii, 7);
        s.repaint((p, n, c) -> {
            float grain =
                    noise.at(14 * p.x(), 18 * p.y(), 1.6f * p.z()) + 0.5f * noise.at(40 * p.x(), 40 * p.y(), 4 * p.z());
            c.mul(0.92f + 0.13f * grain);
        });
        return s;
    }

    private static void hull(Shape s, float scale, float lift) {
        int[] before = null;
        for (int i = 0; i <= RIBS; i++) {
            float t = (float) i / RIBS;
            int[] now = new int[2 * PLANKS + 1];
            for (int k = -PLANKS; k <= PLANKS; k++) {
                double a = Math.PI / 2 * k / PLANKS;
                float w = scale * width(t) * Math.signum(k) * (float) Math.pow(Math.abs(Math.sin(a)), 0.7);
                float drop = (float) Math.pow(Math.cos(a), 0.8);
                float y = gunwale(t) * scale - (gunwale(t) + 0.16f - lift) * drop;
                float shade = k % 2 == 0 ? 1 : 0.86f;
                s.colour(Colours.of(scale < 1 ? 0x7a614b : 0x604c3e).mul(shade));
                s.open(scale < 1 ? 0.85f - 0.4f * drop : 0.8f);
                now[k + PLANKS] = s.vertex(w, y, BOW + (STERN - BOW) * t, scale < 1 ? -w : w, 0.5f, 0.1f);
            }
            for (int k = 0; before != null && k < 2 * PLANKS; k++) {
                s.quad(before[k], before[k + 1], now[k + 1], now[k]);
            }
            before = now;
        }
    }
}
