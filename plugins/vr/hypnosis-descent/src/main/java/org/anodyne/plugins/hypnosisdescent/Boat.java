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
            s.colour(0xb48d62).open(1);
            Solids.tube(s, edge, radii, 6);
        }
        ribs(s);
        s.colour(0xa07a52).open(0.9f);
        for (float z : new float[] {-1.75f, -0.55f}) {
            float t = (z - BOW) / (STERN - BOW);
            s.at(0, 0.36f, z);
            Solids.box(s, 1.86f * width(t), 0.035f, 0.26f);
        }
        s.open(0.7f).colour(0x7d6045);
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

    /** Frames inside the hull, from gunwale to gunwale. */
    private static void ribs(Shape s) {
        s.colour(0x6b5038).open(0.8f);
        for (float t = 0.22f; t < 0.97f; t += 0.105f) {
            List<Vector3f> path = new ArrayList<>();
            float[] radii = new float[2 * PLANKS + 1];
            for (int k = -PLANKS; k <= PLANKS; k++) {
                path.add(inside(0.915f, 0.31f, t, k));
                radii[k + PLANKS] = 0.019f;
            }
            Solids.tube(s, path, radii, 5);
        }
    }

    /** A place on a shell of the hull. @param k plank, counted from the keel to both sides */
    private static Vector3f inside(float scale, float lift, float t, int k) {
        double a = Math.PI / 2 * k / PLANKS;
        float w = scale * width(t) * Math.signum(k) * (float) Math.pow(Math.abs(Math.sin(a)), 0.7);
        float drop = (float) Math.pow(Math.cos(a), 0.8);
        return new Vector3f(w, gunwale(t) * scale - (gunwale(t) + 0.16f - lift) * drop, BOW + (STERN - BOW) * t);
    }

    private static void hull(Shape s, float scale, float lift) {
        int[] before = null;
        for (int i = 0; i <= RIBS; i++) {
            float t = (float) i / RIBS;
            int[] now = new int[2 * PLANKS + 1];
            for (int k = -PLANKS; k <= PLANKS; k++) {
                double a = Math.PI / 2 * k / PLANKS;
                float drop = (float) Math.pow(Math.cos(a), 0.8);
                Vector3f p = inside(scale, lift, t, k);
                float shade = k % 2 == 0 ? 1.06f : 0.74f;
                s.colour(Colours.of(scale < 1 ? 0x94724f : 0x604c3e).mul(shade));
                s.open(scale < 1 ? 0.85f - 0.4f * drop : 0.8f);
                now[k + PLANKS] = s.vertex(p.x, p.y, p.z, scale < 1 ? -p.x : p.x, 0.5f, 0.1f);
            }
            for (int k = 0; before != null && k < 2 * PLANKS; k++) {
                s.quad(before[k], before[k + 1], now[k + 1], now[k]);
            }
            before = now;
        }
    }
}
