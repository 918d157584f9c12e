package org.anodyne.plugins.bodyillusion;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** What strokes: its tip at the origin, its handle upwards. Drawn on any thread. */
final class Tool {
    private Tool() {}

    /** A soft brush with a wooden handle, 20 cm. */
    static Shape brush() {
        Shape s = new Shape();
        s.colour(0x5a3a26);
        Solids.lathe(s, 18, 0, 0, 0.0035f, 0.004f, 0.0085f, 0.016f, 0.0105f, 0.028f, 0.0085f, 0.040f);
        Vector3f tip = Colours.of(0xe9d6b4);
        Vector3f root = Colours.of(0x6d4a30);
        s.repaint((p, n, c) -> {
            float hair = 0.5f + 0.5f * (float) Math.sin(26 * Math.atan2(p.z(), p.x()));
            c.set(Colours.mix(tip, root, Colours.smooth(0, 0.036f, p.y()))).mul(0.88f + 0.16f * hair);
        });
        s.colour(0xc9a24e);
        Solids.lathe(s, 18, 0.0090f, 0.038f, 0.0086f, 0.044f, 0.0080f, 0.060f, 0.0076f, 0.064f);
        s.colour(0x8c3f2e);
        Solids.lathe(
                s, 18, 0.0076f, 0.064f, 0.0092f, 0.085f, 0.0080f, 0.120f, 0.0058f, 0.165f, 0.0042f, 0.205f, 0.0022f,
                0.215f, 0, 0.218f);
        return s;
    }

    /** A white feather, 18 cm. */
    static Shape feather() {
        Shape s = new Shape().translucent(0.5f).open(0.95f);
        List<Vector3f> quill = new ArrayList<>();
        for (int i = 0; i <= 12; i++) {
            float t = i / 12f;
            quill.add(new Vector3f(0.03f * t * t, 0.18f * t, 0));
        }
        for (int side = -1; side <= 1; side += 2) {
            int[] before = null;
            for (int i = 0; i <= 12; i++) {
                float t = i / 12f;
                float wide = 0.021f
                        * (float) Math.pow(Math.sin(Math.PI * Math.min(1, 0.10f + 0.86f * t)), 0.7)
                        * (t > 0.85f ? 0.3f : 1);
                Vector3f p = quill.get(i);
                s.colour(Colours.mix(Colours.of(0xffffff), Colours.of(0xcfdcec), t));
                int in = s.vertex(p.x, p.y, p.z, 0.2f * side, 0.1f, 1);
                s.colour(0xf2f5fa);
                int out = s.vertex(p.x + side * wide, p.y - 0.4f * wide, p.z - 0.25f * wide, 0.6f * side, 0.2f, 1);
                if (before != null) {
                    s.quad(before[0], before[1], out, in);
                }
                before = new int[] {in, out};
            }
        }
        float[] radii = new float[13];
        java.util.Arrays.fill(radii, 0.0011f);
        s.colour(0xefe6d0).translucent(0);
        Solids.tube(s, quill, radii, 6);
        s.at(new Matrix4f());
        return s;
    }
}
