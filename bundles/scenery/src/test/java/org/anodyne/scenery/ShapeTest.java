package org.anodyne.scenery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class ShapeTest {
    /** Fails unless each edge belongs to two triangles that go along it in opposite directions, and the solid is not inside out. */
    static void assertClosed(Shape s) {
        Map<String, Integer> edges = new HashMap<>();
        double volume = 0;
        for (int t = 0; t < s.triangleCount(); t++) {
            Vector3f[] p = new Vector3f[3];
            for (int k = 0; k < 3; k++) {
                p[k] = s.place(s.corner(t, k));
            }
            volume += p[0].dot(new Vector3f(p[1]).cross(p[2])) / 6;
            for (int k = 0; k < 3; k++) {
                String a = key(p[k]);
                String b = key(p[(k + 1) % 3]);
                edges.merge(a.compareTo(b) < 0 ? a + b : b + a, a.compareTo(b) < 0 ? 1 : -1, Integer::sum);
            }
        }
        edges.forEach((edge, balance) -> assertEquals(0, balance, "open at " + edge));
        assertTrue(volume > 0, "inside out: volume " + volume);
    }

    private static String key(Vector3f p) {
        return "(" + Math.round(p.x * 2000) + "," + Math.round(p.y * 2000) + "," + Math.round(p.z * 2000) + ")";
    }

    static void assertUnitNormals(Shape s) {
        for (int v = 0; v < s.vertexCount(); v++) {
            assertEquals(1, s.normal(v).length(), 1e-4f);
        }
    }

    /** Fails unless normals point to where the triangles face. */
    private static void assertNormalsPointOut(Shape s) {
        for (int t = 0; t < s.triangleCount(); t++) {
            Vector3f a = s.place(s.corner(t, 0));
            Vector3f n =
                    s.place(s.corner(t, 1)).sub(a).cross(s.place(s.corner(t, 2)).sub(a));
            if (n.length() > 1e-6f) {
                for (int k = 0; k < 3; k++) {
                    // The flat end of a tube stands square to the normals of its last ring.
                    assertTrue(n.dot(s.normal(s.corner(t, k))) > -0.01f * n.length(), "triangle " + t);
                }
            }
        }
    }

    @Test
    void solidsAreClosedWithUnitNormals() {
        List<java.util.function.Consumer<Shape>> solids = List.of(
                s -> Solids.box(s, 1, 2, 3),
                s -> Solids.ball(s, 1.5f, 2),
                s -> Solids.cylinder(s, 1, 0.5f, 2, 9),
                s -> Solids.cylinder(s, 1, 0, 2, 9),
                s -> Solids.capsule(s, 0.3f, 0.2f, 1, 12),
                s -> Solids.tube(
                        s,
                        List.of(new Vector3f(), new Vector3f(0, 1, 0), new Vector3f(0.5f, 2, 0.3f)),
                        new float[] {0.2f, 0.15f, 0.1f},
                        7));
        for (var solid : solids) {
            Shape s = new Shape().at(new Matrix4f().translation(3, 1, 2).rotateX(0.4f));
            solid.accept(s);
            assertClosed(s);
            assertUnitNormals(s);
            assertNormalsPointOut(s);
        }
    }

    @Test
    void aShapeThatIsAddedKeepsItsColour() {
        Shape red = new Shape().colour(0xff0000);
        Solids.box(red, 1, 1, 1);
        Shape both = new Shape().colour(0x0000ff);
        both.add(red, new Matrix4f().translation(0, 5, 0));
        assertEquals(new Vector3f(1, 0, 0), both.colourOf(0));
        assertEquals(new Vector3f(0, 5, 0), both.middle());
        Solids.disc(both, 1, 8);
        assertEquals(new Vector3f(0, 0, 1), both.colourOf(both.vertexCount() - 1));
    }

    /** The furthest vertices of a piece of a sector are the nearest of the next, so that there is no gap. */
    private static void assertContinues(Shape piece, Shape next) {
        Set<Vector3f> begins = new HashSet<>();
        for (int v = 0; v < next.vertexCount(); v++) {
            begins.add(next.place(v));
        }
        double end = 0;
        for (int v = 0; v < piece.vertexCount(); v++) {
            end = Math.max(end, Math.hypot(piece.place(v).x, piece.place(v).z));
        }
        int shared = 0;
        for (int v = 0; v < piece.vertexCount(); v++) {
            Vector3f p = piece.place(v);
            if (Math.hypot(p.x, p.z) > end - 1e-3) {
                assertTrue(begins.contains(p), "a gap at " + p);
                shared++;
            }
        }
        assertEquals(48 / 4 + 1, shared);
    }

    @Test
    void groundHasUnitNormalsAndLeavesOutWhatIsUnderWater() {
        Land hill = (x, z) -> 20 - 0.4f * (float) Math.hypot(x, z);
        List<Shape> all =
                Terrain.rings(hill, (x, h, z, n) -> new Vector3f(0.5f), (x, z) -> 1, 0, 0, 0, 200, 0.5f, 30, 48, 4, -2);
        assertEquals(4 * 3, all.size(), "four sectors of three pieces each");
        for (int i = 0; i < all.size(); i++) {
            if (i % 3 < 2) {
                assertContinues(all.get(i), all.get(i + 1));
            }
        }
        for (Shape s : all) {
            assertUnitNormals(s);
            for (int t = 0; t < s.triangleCount(); t++) {
                assertTrue(s.place(s.corner(t, 0)).y > -12);
                assertTrue(s.normal(s.corner(t, 1)).y > 0.9f);
            }
        }
    }
}
