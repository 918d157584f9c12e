package org.anodyne.plugins.neurofeedbackgarden;

import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** Butterflies over the beds and birds over the trees. They come and go one after another. Thread: the render thread. */
final class Wings {
    private static final int BUTTERFLIES = 11;
    private static final int BIRDS = 7;
    private static final int[][] DRESSES = {{0xf59a2c, 0x3a2418}, {0x6fa8f0, 0x22345c}, {0xfff3c8, 0xc89a4a}};
    /** Butterflies come from this far up and behind the hedge, metres. */
    private static final Vector3f FROM = new Vector3f(0, 5, -16);

    private static final Vector3f WHITE = new Vector3f(1);

    private final Shape[] shapes = new Shape[DRESSES.length];
    private final Mesh[] meshes = new Mesh[DRESSES.length];
    private final float[][] ways = new float[BUTTERFLIES][];
    private final float[][] flights = new float[BIRDS][];
    private final Shape bird = Plants.bird(0x4a4652, 0x2c2a34);
    private final Matrix4f place = new Matrix4f();
    private final Ground land;
    private Mesh birdMesh;

    Wings(Ground land, long seed) {
        this.land = land;
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = wing(DRESSES[i][0], DRESSES[i][1]);
        }
        SplittableRandom r = new SplittableRandom(seed ^ 0xb7);
        for (int i = 0; i < BUTTERFLIES; i++) {
            float z = i < 4 ? -2.4f - 1.4f * r.nextFloat() : -3 - 8 * r.nextFloat();
            float x = land.pathX(z) + (r.nextBoolean() ? 1 : -1) * (0.6f + 1.6f * r.nextFloat());
            ways[i] =
                    new float[] {x, z, 0.5f + 0.5f * r.nextFloat(), 0.30f + 0.25f * r.nextFloat(), 6.28f * r.nextFloat()
                    };
        }
        for (int i = 0; i < BIRDS; i++) {
            flights[i] = new float[] {
                -12 + 24 * r.nextFloat(),
                9 + 5 * r.nextFloat(),
                -34 - 16 * r.nextFloat(),
                9 + 9 * r.nextFloat(),
                (0.16f + 0.08f * r.nextFloat()) * (r.nextBoolean() ? 1 : -1),
                6.28f * r.nextFloat()
            };
        }
    }

    /** The right pair of wings, 5 cm, with half the body. */
    private static Shape wing(int light, int dark) {
        Shape s = new Shape().translucent(0.6f);
        s.colour(light);
        int root = s.vertex(0, 0, 0, 0, 1, 0);
        int mid = s.vertex(0.028f, 0, -0.012f, 0, 1, 0);
        int low = s.vertex(0.022f, 0, 0.016f, 0, 1, 0);
        s.colour(Colours.mix(Colours.of(light), Colours.of(dark), 0.75f));
        int tip = s.vertex(0.046f, 0, -0.032f, 0, 1, 0);
        int edge = s.vertex(0.048f, 0, -0.010f, 0, 1, 0);
        int inner = s.vertex(0.030f, 0, 0.004f, 0, 1, 0);
        int foot = s.vertex(0.030f, 0, 0.032f, 0, 1, 0);
        int end = s.vertex(0.010f, 0, 0.030f, 0, 1, 0);
        int front = s.vertex(0.014f, 0, -0.024f, 0, 1, 0);
        s.triangle(root, mid, front)
                .triangle(front, mid, tip)
                .triangle(mid, edge, tip)
                .triangle(root, inner, mid);
        s.triangle(mid, inner, edge)
                .triangle(root, low, inner)
                .triangle(low, foot, inner)
                .triangle(root, end, low);
        s.triangle(low, end, foot);
        s.colour(0x2a2420).translucent(0);
        int a = s.vertex(0, 0.002f, -0.022f, 0, 1, 0);
        int b = s.vertex(0.003f, 0.002f, 0, 0, 1, 0);
        int c = s.vertex(0, 0.002f, 0.026f, 0, 1, 0);
        s.triangle(a, c, b);
        return s;
    }

    void begin(Resources resources) {
        for (int i = 0; i < shapes.length; i++) {
            meshes[i] = Mesh.of(resources, shapes[i]);
        }
        birdMesh = Mesh.of(resources, bird);
    }

    /** Where a butterfly is at a time, when it has come fully. */
    private Vector3f at(float[] w, float time) {
        float t = time * w[3] + w[4];
        float x = w[0] + 0.9f * (float) Math.sin(t) + 0.35f * (float) Math.sin(2.3f * t + w[4]);
        float z = w[1] + 0.7f * (float) Math.cos(0.8f * t + w[4]);
        float y = land.height(x, z) + 0.55f + w[2] * (0.55f + 0.45f * (float) Math.sin(1.7f * t));
        return new Vector3f(x, y + 0.04f * (float) Math.sin(7 * time + w[4]), z);
    }

    /** How far one of many has come when this part of all is to be there: 0 away to 1. */
    static float come(float part, int number, int count) {
        return Colours.smooth(0, 1, Math.max(0, Math.min(1, part * (count + 2) / 3f - number / 3f)));
    }

    void draw(Surface surface, float time, float butterflies, float birds) {
        surface.tint(WHITE, 0);
        for (int i = 0; i < BUTTERFLIES; i++) {
            float here = come(butterflies, i, BUTTERFLIES);
            if (here <= 0) {
                continue;
            }
            Vector3f p = at(ways[i], time);
            Vector3f q = at(ways[i], time + 0.1f).sub(p);
            float heading = (float) Math.atan2(-q.x, -q.z);
            p.fma(1 - here, FROM);
            // Wings beat, and rest open for moments.
            float rest = Colours.smooth(0.3f, 0.8f, (float) Math.sin(0.9f * time + 3 * i));
            float beat = 0.55f + (0.75f - 0.5f * rest) * (float) Math.sin(19 * time + 2 * i);
            for (int side = -1; side <= 1; side += 2) {
                place.translation(p)
                        .rotateY(heading)
                        .rotateX(0.35f)
                        .scale(1.35f * side, 1.35f, 1.35f)
                        .rotateZ(beat);
                surface.put(place);
                meshes[i % meshes.length].draw();
            }
        }
        for (int i = 0; i < BIRDS; i++) {
            float here = come(birds, i, BIRDS);
            if (here > 0) {
                bird(surface, flights[i], time, here);
            }
        }
        surface.put(new Matrix4f());
    }

    private void bird(Surface surface, float[] w, float time, float here) {
        float a = w[5] + w[4] * time;
        float beat = Math.max(0, (float) Math.sin(0.6f * time + w[5])) * (float) Math.sin(11 * time + 5 * w[5]);
        place.translation(
                        w[0] + w[3] * (float) Math.cos(a) + 60 * (1 - here),
                        w[1] + 1.2f * (float) Math.sin(0.4f * time + w[5]) + 12 * (1 - here),
                        w[2] + w[3] * (float) Math.sin(a) - 30 * (1 - here))
                .rotateY(w[4] > 0 ? (float) Math.PI - a : -a)
                .rotateZ(-0.35f * Math.signum(w[4]))
                .scale(0.8f, 0.8f * (0.6f + 2.4f * beat), 0.8f);
        surface.put(place);
        birdMesh.draw();
    }
}
