package org.anodyne.plugins.bodyillusion;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Picture2D;
import org.joml.Vector3f;

/**
 * What lies on the table, as rods with round ends, and the picture of the shade that it throws on the table: how much of the
 * sun (red) and of the rest of the light (green) each place gets. Any thread.
 */
final class Shade {
    private static final int SIZE = 256;
    /** The sun is no point: at this distance from what shades it, the edge of a shadow is as wide. */
    private static final float SOFT = 0.05f;

    private static final float SHARPEST = 0.003f;
    /** From this far on nothing takes light of the sky away, metres. */
    private static final float REACH = 0.07f;

    private static final float FURTHEST = 1.0f;

    private record Rod(Vector3f from, Vector3f to, float radius, float endRadius) {}

    private final List<Rod> rods = new ArrayList<>();

    /** One more rod, thicker or thinner to its other end. */
    Shade add(Vector3f from, Vector3f to, float radius, float endRadius) {
        rods.add(new Rod(new Vector3f(from), new Vector3f(to), radius, endRadius));
        return this;
    }

    /** The picture for a sun in this direction. */
    Picture2D picture(Vector3f sunWay) {
        Picture2D out = new Picture2D(SIZE);
        for (int i = 0; i < SIZE * SIZE; i++) {
            float x = Room.TABLE_LEFT + (Room.TABLE_RIGHT - Room.TABLE_LEFT) * (i % SIZE + 0.5f) / SIZE;
            float z = Room.TABLE_FAR + (Room.TABLE_NEAR - Room.TABLE_FAR) * (i / SIZE + 0.5f) / SIZE;
            Vector3f place = new Vector3f(x, Room.TABLE, z);
            boolean rim = i % SIZE == 0 || i % SIZE == SIZE - 1 || i / SIZE == 0 || i / SIZE == SIZE - 1;
            float sun = 1;
            float sky = 1;
            for (Rod rod : rods) {
                // Nothing on the table is so high that its shadow were longer than this.
                if (!rim && place.distance(rod.from()) < FURTHEST) {
                    sun *= sunBy(rod, place, sunWay);
                    float near = distance(rod, place);
                    sky *= 1 - 0.62f * Colours.smooth(REACH, -0.004f, near) * Math.min(1, rod.radius() / 0.02f);
                }
            }
            out.set(i % SIZE, i / SIZE, 0, sun);
            out.set(i % SIZE, i / SIZE, 1, sky);
        }
        return out;
    }

    private static float distance(Rod rod, Vector3f p) {
        Vector3f along = new Vector3f(rod.to()).sub(rod.from());
        Vector3f w = new Vector3f(p).sub(rod.from());
        float s = Math.max(0, Math.min(1, w.dot(along) / along.lengthSquared()));
        return w.fma(-s, along).length() - (rod.radius() + s * (rod.endRadius() - rod.radius()));
    }

    /** How near the way from a place to the sun passes by the rod's middle line. */
    private static float sunBy(Rod rod, Vector3f p, Vector3f way) {
        Vector3f along = new Vector3f(rod.to()).sub(rod.from());
        Vector3f w = new Vector3f(p).sub(rod.from());
        float b = along.dot(way);
        float d = way.dot(w);
        float s = (along.dot(w) - d * b) / (along.lengthSquared() - b * b);
        s = Math.max(0, Math.min(1, s));
        float t = Math.max(0, s * b - d);
        float off = new Vector3f(along).mul(s).sub(w).fma(-t, way).length()
                - (rod.radius() + s * (rod.endRadius() - rod.radius()));
        float soft = SHARPEST + SOFT * t;
        return Colours.smooth(-soft, soft, off);
    }
}
