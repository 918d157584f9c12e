package org.anodyne.scenery;

import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3f;

/** Makes the ground: fine near where one stands, coarse far away, in sectors that can be left out where they are not seen. */
public final class Terrain {
    /** The colour of the ground. */
    @FunctionalInterface
    public interface Cover {
        /** Colour at a place whose normal is known. */
        Vector3f colour(float x, float height, float z, Vector3f normal);
    }

    /** How much of the sky the ground sees: 1 in the open, less under trees. */
    @FunctionalInterface
    public interface Openness {
        /** At a place, 0 to 1. */
        float at(float x, float z);
    }

    /** A piece of a sector ends so many times as far away as it begins; the one about the eye has some rings. */
    private static final float CUT = 3;

    private static final float CUT_RINGS = 9;

    private Terrain() {}

    /**
     * The ground around a place in rings whose width grows with their distance. Where it lies lower than {@code floor}, and so
     * under water, it is left out. Each sector is cut across, too, so that what is behind the eye need not be drawn.
     *
     * @param inner where it begins, metres from the middle
     * @param radius how far it goes, metres
     * @param nearest width of the innermost rings, metres
     * @param rings how many rings
     * @param spokes how many places of a ring; a multiple of {@code sectors}
     */
    public static List<Shape> rings(
            Land land,
            Cover cover,
            Openness openness,
            float middleX,
            float middleZ,
            float inner,
            float radius,
            float nearest,
            int rings,
            int spokes,
            int sectors,
            float floor) {
        float growth = growth(radius - inner, nearest, rings);
        List<Shape> out = new ArrayList<>();
        int per = spokes / sectors;
        float first = Math.max(inner, CUT_RINGS * nearest);
        for (int sector = 0; sector < sectors; sector++) {
            Shape s = new Shape();
            int[] before = null;
            float away = inner;
            float step = nearest;
            float cut = CUT * first;
            boolean any = false;
            for (int ring = 0; ring <= rings; ring++) {
                if (away > cut && ring < rings) {
                    if (any) {
                        out.add(s);
                    }
                    Shape next = new Shape();
                    for (int k = 0; k <= per; k++) {
                        before[k] = next.copy(s, before[k]);
                    }
                    s = next;
                    any = false;
                    cut = CUT * away;
                }
                int[] now = new int[per + 1];
                for (int k = 0; k <= per; k++) {
                    double angle = 2 * Math.PI * (sector * per + k) / spokes;
                    float x = middleX + away * (float) Math.sin(angle);
                    float z = middleZ - away * (float) Math.cos(angle);
                    now[k] = vertex(s, land, cover, openness, x, z, Math.max(0.3f, Math.min(5, step * 0.4f)));
                }
                for (int k = 0; before != null && k < per; k++) {
                    if (above(s, floor, before[k], before[k + 1], now[k], now[k + 1])) {
                        s.quad(before[k], before[k + 1], now[k + 1], now[k]);
                        any = true;
                    }
                }
                before = now;
                away += step;
                step *= growth;
            }
            if (any) {
                out.add(s);
            }
        }
        return out;
    }

    private static boolean above(Shape s, float floor, int... corners) {
        for (int c : corners) {
            if (s.place(c).y > floor) {
                return true;
            }
        }
        return false;
    }

    private static int vertex(Shape s, Land land, Cover cover, Openness openness, float x, float z, float span) {
        float y = land.height(x, z);
        Vector3f n = land.normal(x, z, span);
        s.colour(cover.colour(x, y, z, n));
        // What lies lower than its surroundings sees less of the sky.
        float reach = 4 * span;
        float around = (land.height(x + reach, z)
                        + land.height(x - reach, z)
                        + land.height(x, z + reach)
                        + land.height(x, z - reach))
                / 4;
        float hollow = Math.max(-0.15f, Math.min(0.35f, (around - y) / reach));
        s.open(Math.max(0.2f, Math.min(1, openness.at(x, z) * (0.95f - hollow))));
        return s.vertex(x, y, z, n.x, n.y, n.z);
    }

    /** The factor by which each ring is wider than the one before it. */
    private static float growth(float radius, float nearest, int rings) {
        float low = 1;
        float high = 2;
        for (int i = 0; i < 40; i++) {
            float g = (low + high) / 2;
            double sum = g == 1 ? nearest * rings : nearest * (Math.pow(g, rings) - 1) / (g - 1);
            if (sum < radius) {
                low = g;
            } else {
                high = g;
            }
        }
        return low;
    }
}
