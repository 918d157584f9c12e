package org.anodyne.plugins.virtualwalking;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * The ground along the path in pieces, each fine for when it is near and coarse for when it is far, drawn again and again along
 * the way. Made on the lane, drawn on the render thread.
 */
final class Strip {
    private static final float PIECE = 20;
    private static final float FINE = 0.8f;
    private static final float COARSE = 5;
    /** Pieces whose middle is further away than this are coarse; those beyond the second distance are left out, metres. */
    private static final float NEAR = 38;

    private static final float FURTHEST = 420;
    /** Columns to one side of the path, metres. */
    private static final float[] ACROSS = {
        0.25f, 0.5f, 0.7f, 0.85f, 1.0f, 1.15f, 1.3f, 1.5f, 1.8f, 2.2f, 2.8f, 3.6f, 4.6f, 6, 8, 10.5f, 13.5f, 17, 21, 26,
        34, 45, 60, 85, 120
    };

    private final Way land;
    private final Planting plants;
    private final List<Shape> fine = new ArrayList<>();
    private final List<Shape> coarse = new ArrayList<>();
    private final List<Mesh> fineMeshes = new ArrayList<>();
    private final List<Mesh> coarseMeshes = new ArrayList<>();
    private final Matrix4f shift = new Matrix4f();

    Strip(Way land, Planting plants) {
        this.land = land;
        this.plants = plants;
        for (float z = 0; z > -Way.LENGTH; z -= PIECE) {
            fine.add(piece(z, FINE));
            coarse.add(piece(z, COARSE));
        }
    }

    private Shape piece(float from, float step) {
        Shape s = new Shape();
        int rows = Math.round(PIECE / step);
        int[] before = null;
        for (int row = 0; row <= rows; row++) {
            float z = from - PIECE * row / rows;
            int[] now = new int[2 * ACROSS.length + 1];
            for (int i = 0; i < now.length; i++) {
                int k = i - ACROSS.length;
                float x = k == 0 ? 0 : Math.signum(k) * ACROSS[Math.abs(k) - 1];
                now[i] = vertex(s, x, z);
            }
            for (int i = 0; before != null && i + 1 < now.length; i++) {
                s.quad(before[i], before[i + 1], now[i + 1], now[i]);
            }
            before = now;
        }
        return s;
    }

    /** @param beside metres to the right of the path's middle */
    private int vertex(Shape s, float beside, float z) {
        float x = beside + Way.middle(z);
        float y = land.height(x, z);
        Vector3f n = land.normal(x, z, Math.max(0.3f, 0.1f * Math.abs(beside)));
        s.colour(land.cover(x, y, z, n)).open(Math.max(0.2f, plants.openness(x, z)));
        return s.vertex(x, y, z, n.x, n.y, n.z);
    }

    void begin(Resources resources) {
        fineMeshes.clear();
        coarseMeshes.clear();
        fine.forEach(s -> fineMeshes.add(Mesh.of(resources, s)));
        coarse.forEach(s -> coarseMeshes.add(Mesh.of(resources, s)));
    }

    void draw(Eye eye, Surface surface) {
        Vector3f middle = new Vector3f();
        for (int lap = 1; lap >= -1; lap--) {
            for (int i = 0; i < fineMeshes.size(); i++) {
                middle.set(fineMeshes.get(i).middle()).add(0, 0, lap * Way.LENGTH);
                float away = Math.abs(middle.z - eye.position().z());
                if (away < FURTHEST && eye.sees(middle, fineMeshes.get(i).radius())) {
                    surface.put(shift.translation(0, 0, lap * Way.LENGTH));
                    (away < NEAR ? fineMeshes : coarseMeshes).get(i).draw();
                }
            }
        }
        surface.put(shift.identity());
    }
}
