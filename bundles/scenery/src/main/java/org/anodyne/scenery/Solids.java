package org.anodyne.scenery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/** Draws simple solids into a {@link Shape}, with its pen and at its place. All but ribbons and discs are closed. */
public final class Solids {
    private Solids() {}

    /** A box around the origin, with these lengths. */
    public static void box(Shape s, float width, float height, float depth) {
        float[][] axes = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
        Vector3f half = new Vector3f(width / 2, height / 2, depth / 2);
        for (float[] n : axes) {
            Vector3f normal = new Vector3f(n[0], n[1], n[2]);
            Vector3f u = new Vector3f(normal.y, normal.z, normal.x);
            Vector3f v = new Vector3f(normal).cross(u);
            int[] c = new int[4];
            for (int i = 0; i < 4; i++) {
                float a = i == 0 || i == 3 ? -1 : 1;
                float b = i < 2 ? -1 : 1;
                Vector3f p = new Vector3f(normal).fma(a, u).fma(b, v).mul(half);
                c[i] = s.vertex(p.x, p.y, p.z, normal.x, normal.y, normal.z);
            }
            s.quad(c[0], c[1], c[2], c[3]);
        }
    }

    /** A ball of triangles of much the same size: 20 × 4^fineness of them. */
    public static void ball(Shape s, float radius, int fineness) {
        float t = (float) ((1 + Math.sqrt(5)) / 2);
        float[][] corners = {
            {-1, t, 0}, {1, t, 0}, {-1, -t, 0}, {1, -t, 0}, {0, -1, t}, {0, 1, t},
            {0, -1, -t}, {0, 1, -t}, {t, 0, -1}, {t, 0, 1}, {-t, 0, -1}, {-t, 0, 1}
        };
        int[][] faces = {
            {0, 11, 5}, {0, 5, 1}, {0, 1, 7}, {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4}, {11, 10, 2}, {10, 7, 6},
            {7, 1, 8}, {3, 9, 4}, {3, 4, 2}, {3, 2, 6}, {3, 6, 8}, {3, 8, 9}, {4, 9, 5}, {2, 4, 11}, {6, 2, 10},
            {8, 6, 7}, {9, 8, 1}
        };
        Map<Vector3f, Integer> known = new HashMap<>();
        for (int[] f : faces) {
            divide(s, radius, fineness, known, unit(corners[f[0]]), unit(corners[f[1]]), unit(corners[f[2]]));
        }
    }

    private static Vector3f unit(float[] v) {
        return new Vector3f(v[0], v[1], v[2]).normalize();
    }

    private static void divide(
            Shape s, float radius, int more, Map<Vector3f, Integer> known, Vector3f a, Vector3f b, Vector3f c) {
        if (more == 0) {
            s.triangle(point(s, radius, known, a), point(s, radius, known, b), point(s, radius, known, c));
            return;
        }
        Vector3f ab = new Vector3f(a).add(b).normalize();
        Vector3f bc = new Vector3f(b).add(c).normalize();
        Vector3f ca = new Vector3f(c).add(a).normalize();
        divide(s, radius, more - 1, known, a, ab, ca);
        divide(s, radius, more - 1, known, b, bc, ab);
        divide(s, radius, more - 1, known, c, ca, bc);
        divide(s, radius, more - 1, known, ab, bc, ca);
    }

    private static int point(Shape s, float radius, Map<Vector3f, Integer> known, Vector3f at) {
        // Neighbours reach the same point by the same sums, but for the sign of a zero.
        Vector3f key = new Vector3f(at).add(0f, 0f, 0f);
        return known.computeIfAbsent(key, k -> s.vertex(at.x * radius, at.y * radius, at.z * radius, at.x, at.y, at.z));
    }

    /**
     * A solid turned about the y axis, from a profile of radius and height, from the bottom up; smooth. An end of radius 0
     * closes by itself, any other is closed by a flat lid.
     *
     * @param profile radius, height, radius, height …
     */
    public static void lathe(Shape s, int sides, float... profile) {
        int rings = profile.length / 2;
        int[][] v = new int[rings][];
        for (int i = 0; i < rings; i++) {
            int below = Math.max(0, i - 1);
            int above = Math.min(rings - 1, i + 1);
            float dr = profile[2 * above] - profile[2 * below];
            float dy = profile[2 * above + 1] - profile[2 * below + 1];
            v[i] = ring(s, sides, profile[2 * i], profile[2 * i + 1], dy, -dr);
        }
        for (int i = 0; i + 1 < rings; i++) {
            for (int k = 0; k < sides; k++) {
                int n = (k + 1) % sides;
                if (profile[2 * i] > 0) {
                    s.triangle(v[i][k], v[i + 1][n], v[i][n]);
                }
                if (profile[2 * i + 2] > 0) {
                    s.triangle(v[i][k], v[i + 1][k], v[i + 1][n]);
                }
            }
        }
        lid(s, sides, profile[0], profile[1], -1);
        lid(s, sides, profile[2 * rings - 2], profile[2 * rings - 1], 1);
    }

    private static int[] ring(Shape s, int sides, float radius, float y, float out, float up) {
        int[] v = new int[sides];
        for (int k = 0; k < sides; k++) {
            double angle = 2 * Math.PI * k / sides;
            float cos = (float) Math.cos(angle);
            float sin = (float) Math.sin(angle);
            v[k] = s.vertex(radius * cos, y, radius * sin, out * cos, up, out * sin);
        }
        return v;
    }

    private static void lid(Shape s, int sides, float radius, float y, int up) {
        if (radius <= 0) {
            return;
        }
        int[] v = ring(s, sides, radius, y, 0, up);
        int middle = s.vertex(0, y, 0, 0, up, 0);
        for (int k = 0; k < sides; k++) {
            int n = (k + 1) % sides;
            if (up > 0) {
                s.triangle(middle, v[n], v[k]);
            } else {
                s.triangle(middle, v[k], v[n]);
            }
        }
    }

    /** An upright cylinder or cone on the origin. */
    public static void cylinder(Shape s, float bottomRadius, float topRadius, float height, int sides) {
        lathe(s, sides, bottomRadius, 0, topRadius, height);
    }

    /** A capsule along y from a round end about the origin to one about (0, length, 0), thinner or thicker to its end. */
    public static void capsule(Shape s, float radius, float endRadius, float length, int sides) {
        int caps = Math.max(2, sides / 3);
        float[] profile = new float[4 * (caps + 1)];
        for (int i = 0; i <= caps; i++) {
            double angle = Math.PI / 2 * i / caps;
            profile[2 * i] = i == 0 ? 0 : radius * (float) Math.sin(angle);
            profile[2 * i + 1] = -radius * (float) Math.cos(angle);
            int j = 2 * (caps + 1 + i);
            profile[j] = i == caps ? 0 : endRadius * (float) Math.cos(angle);
            profile[j + 1] = length + endRadius * (float) Math.sin(angle);
        }
        lathe(s, sides, profile);
    }

    /** A tube along a path, with a radius for each of its points; its ends are closed by points. */
    public static void tube(Shape s, List<? extends Vector3fc> path, float[] radii, int sides) {
        int n = path.size();
        Vector3f side = new Vector3f();
        int[][] v = new int[n][sides];
        for (int i = 0; i < n; i++) {
            Vector3f along = direction(path, i);
            Vector3f up = Math.abs(along.y) > 0.9f ? new Vector3f(0, 0, 1) : new Vector3f(0, 1, 0);
            if (i == 0) {
                along.cross(up, side).normalize();
            } else {
                // The side of the ring before, kept square to the path, so that the tube is not twisted.
                side.fma(-side.dot(along), along).normalize();
            }
            Vector3f other = new Vector3f(side).cross(along);
            for (int k = 0; k < sides; k++) {
                double angle = 2 * Math.PI * k / sides;
                Vector3f d = new Vector3f(side).mul((float) Math.cos(angle)).fma((float) Math.sin(angle), other);
                Vector3f p = new Vector3f(path.get(i)).fma(radii[i], d);
                v[i][k] = s.vertex(p.x, p.y, p.z, d.x, d.y, d.z);
            }
        }
        for (int i = 0; i + 1 < n; i++) {
            for (int k = 0; k < sides; k++) {
                int m = (k + 1) % sides;
                s.quad(v[i][k], v[i + 1][k], v[i + 1][m], v[i][m]);
            }
        }
        point(s, path, v[0], 0, -1);
        point(s, path, v[n - 1], n - 1, 1);
    }

    private static void point(Shape s, List<? extends Vector3fc> path, int[] ring, int i, int way) {
        Vector3f n = direction(path, i).mul(way);
        Vector3fc p = path.get(i);
        int tip = s.vertex(p.x(), p.y(), p.z(), n.x, n.y, n.z);
        for (int k = 0; k < ring.length; k++) {
            int m = (k + 1) % ring.length;
            if (way > 0) {
                s.triangle(ring[k], tip, ring[m]);
            } else {
                s.triangle(ring[m], tip, ring[k]);
            }
        }
    }

    private static Vector3f direction(List<? extends Vector3fc> path, int i) {
        Vector3fc before = path.get(Math.max(0, i - 1));
        Vector3fc after = path.get(Math.min(path.size() - 1, i + 1));
        return new Vector3f(after).sub(before).normalize();
    }

    /**
     * A flat band along a path.
     *
     * @param up to which side it faces
     * @param widths of each of its points
     */
    public static void ribbon(Shape s, List<? extends Vector3fc> path, float[] widths, Vector3fc up) {
        int lastLeft = -1;
        int lastRight = -1;
        for (int i = 0; i < path.size(); i++) {
            Vector3f along = direction(path, i);
            Vector3f side = new Vector3f(along).cross(up).normalize();
            Vector3f n = new Vector3f(side).cross(along);
            Vector3fc p = path.get(i);
            float w = widths[i] / 2;
            int left = s.vertex(p.x() - w * side.x, p.y() - w * side.y, p.z() - w * side.z, n.x, n.y, n.z);
            int right = s.vertex(p.x() + w * side.x, p.y() + w * side.y, p.z() + w * side.z, n.x, n.y, n.z);
            if (i > 0) {
                s.quad(lastLeft, lastRight, right, left);
            }
            lastLeft = left;
            lastRight = right;
        }
    }

    /** A flat round plate, facing up. */
    public static void disc(Shape s, float radius, int sides) {
        lid(s, sides, radius, 0, 1);
    }
}
