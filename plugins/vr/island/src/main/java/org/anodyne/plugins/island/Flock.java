package org.anodyne.plugins.island;

import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;
import org.joml.Matrix4f;

/** Gulls that circle far out, now gliding, now beating their wings. Thread: the render thread, but for making it. */
final class Flock {
    private static final int BIRDS = 9;

    private final Shape shape = Plants.bird(0xf2efe9, 0x6d7078);
    private final float[][] ways = new float[BIRDS][];
    private final Matrix4f place = new Matrix4f();
    private Mesh mesh;

    Flock(long seed) {
        SplittableRandom r = new SplittableRandom(seed ^ 0xf1);
        for (int i = 0; i < BIRDS; i++) {
            ways[i] = new float[] {
                -25 + 50 * r.nextFloat(),
                9 + 12 * r.nextFloat(),
                -45 - 40 * r.nextFloat(),
                10 + 20 * r.nextFloat(),
                (0.10f + 0.06f * r.nextFloat()) * (r.nextBoolean() ? 1 : -1),
                6.28f * r.nextFloat()
            };
        }
    }

    void begin(Resources resources) {
        mesh = Mesh.of(resources, shape);
    }

    void draw(Surface surface, float time) {
        for (float[] w : ways) {
            float a = w[5] + w[4] * time;
            float beat = Math.max(0, (float) Math.sin(0.5f * time + w[5])) * (float) Math.sin(9 * time + 5 * w[5]);
            float bank = 0.35f * Math.signum(w[4]);
            place.translation(
                            w[0] + w[3] * (float) Math.cos(a),
                            w[1] + 1.2f * (float) Math.sin(0.4f * time + w[5]),
                            w[2] + w[3] * (float) Math.sin(a))
                    .rotateY(w[4] > 0 ? (float) Math.PI - a : -a)
                    .rotateZ(-bank)
                    .scale(1.3f, 1.3f * (0.6f + 2.4f * beat), 1.3f);
            surface.put(place);
            mesh.draw();
        }
    }
}
