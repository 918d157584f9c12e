package org.anodyne.scenery;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.scene.Resources;
import org.joml.Matrix4f;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * A body as its owner sees it: arms, hands, legs and feet of rounded parts in the colours of skin and clothes, put where joints
 * are told to be. Built on any thread; drawn through {@link Surface}. Lengths are those of an adult of 1.7 m (engineering
 * defaults).
 */
public final class Figure {
    /** Upper arm, metres from joint to joint. */
    public static final float UPPER_ARM = 0.30f;
    /** Forearm, metres. */
    public static final float FOREARM = 0.26f;
    /** Thigh, metres. */
    public static final float THIGH = 0.42f;
    /** Shin, metres. */
    public static final float SHIN = 0.42f;

    /** The parts; each lies along +y of its matrix from one joint to the next. */
    public enum Part {
        /** From shoulder to elbow. */
        UPPER_ARM,
        /** From elbow to wrist. */
        FOREARM,
        /** From the wrist, fingers along +y, palm to +z; its thumb to +x. */
        HAND,
        /** From hip to knee. */
        THIGH,
        /** From knee to ankle. */
        SHIN,
        /** From the heel, toes along +y, sole to −z. */
        FOOT
    }

    private final Map<Part, Shape> shapes = new EnumMap<>(Part.class);
    private final Map<Part, Mesh> meshes = new EnumMap<>(Part.class);
    private final Matrix4f model = new Matrix4f();

    /**
     * Shapes of all parts.
     *
     * @param skin colour of hands and forearms, {@code 0xrrggbb}
     * @param sleeve colour of upper arms
     * @param trousers colour of legs
     * @param shoe colour of feet
     */
    public Figure(int skin, int sleeve, int trousers, int shoe) {
        shapes.put(Part.UPPER_ARM, limb(sleeve, UPPER_ARM, 0.058f, 0.062f, 0.050f));
        shapes.put(Part.FOREARM, limb(skin, FOREARM, 0.042f, 0.045f, 0.029f));
        shapes.put(Part.THIGH, limb(trousers, THIGH, 0.088f, 0.085f, 0.066f));
        shapes.put(Part.SHIN, limb(trousers, SHIN, 0.064f, 0.066f, 0.050f));
        shapes.put(Part.HAND, hand(skin));
        shapes.put(Part.FOOT, foot(shoe));
    }

    private static Shape limb(int colour, float length, float from, float middle, float to) {
        Shape s = new Shape().colour(colour);
        float round = 0.7f;
        Solids.lathe(
                s,
                16,
                0,
                -from * round,
                0.7f * from,
                -0.6f * from * round,
                from,
                0,
                middle,
                0.35f * length,
                0.55f * middle + 0.45f * to,
                0.75f * length,
                to,
                length,
                0.7f * to,
                length + 0.6f * to * round,
                0,
                length + to * round);
        return s;
    }

    private static Shape hand(int skin) {
        Shape s = new Shape().colour(skin);
        int from = s.vertexCount();
        s.at(0, 0.045f, 0);
        Solids.ball(s, 0.05f, 3);
        s.reshape(from, (p, n) -> p.set(p.x * 0.86f, 0.045f + (p.y - 0.045f) * 1.15f, p.z * 0.42f));
        s.smooth(from);
        float[] lengths = {0.068f, 0.078f, 0.072f, 0.055f};
        for (int i = 0; i < lengths.length; i++) {
            float x = 0.030f - 0.020f * i;
            finger(s, new Vector3f(x, 0.085f, 0), 0.12f - 0.09f * i, 0.28f, lengths[i], 0.0092f);
        }
        finger(s, new Vector3f(0.036f, 0.03f, 0.006f), 0.85f, 0.25f, 0.058f, 0.0105f);
        Vector3f warm = Colours.of(skin).mul(1.02f, 0.86f, 0.82f).min(new Vector3f(1));
        // Tips and knuckles are warmer.
        s.repaint((p, n, c) -> c.set(Colours.mix(c, warm, Colours.smooth(0.10f, 0.16f, p.y()))));
        return s.at(0, 0, 0);
    }

    private static void finger(Shape s, Vector3f root, float spread, float curl, float length, float radius) {
        Vector3f p = new Vector3f(root);
        float bend = 0.1f;
        List<Vector3f> path = new java.util.ArrayList<>();
        path.add(new Vector3f(p).add(0, -0.012f, 0));
        for (int i = 0; i <= 6; i++) {
            path.add(new Vector3f(p));
            p.add(
                    (float) (Math.sin(spread) * Math.cos(bend)) * length / 6,
                    (float) (Math.cos(spread) * Math.cos(bend)) * length / 6,
                    (float) Math.sin(bend) * length / 6);
            bend += curl / 3;
        }
        float[] radii = new float[path.size()];
        for (int i = 0; i < radii.length; i++) {
            float t = (float) i / (radii.length - 1);
            radii[i] = radius * (1.05f - 0.22f * t) * (i == radii.length - 1 ? 0.55f : 1);
        }
        Solids.tube(s, path, radii, 9);
    }

    private static Shape foot(int shoe) {
        Shape s = new Shape().colour(shoe).at(0, 0.10f, 0);
        Solids.ball(s, 0.1f, 3);
        s.reshape(0, (p, n) -> {
            float t = (p.y - 0.10f) / 0.1f;
            float width = 0.44f + 0.06f * t;
            float high = 0.55f - 0.20f * t;
            p.set(p.x * width, 0.08f + 0.135f * t, Math.max(-0.035f, p.z * high));
        });
        return s.smooth(0).at(0, 0, 0);
    }

    /** Gives it to the graphics card. */
    public void begin(Resources resources) {
        shapes.forEach((part, shape) -> meshes.put(part, Mesh.of(resources, shape)));
    }

    /** The shape of a part, for another use. */
    public Shape shape(Part part) {
        return shapes.get(part);
    }

    /** Draws a part from one joint towards another, turned about that line so that its z looks to {@code front}. */
    public void draw(Surface surface, Part part, Vector3fc from, Vector3fc to, Vector3fc front) {
        surface.put(along(from, to, front, model));
        meshes.get(part).draw();
    }

    /** Draws a part where a matrix puts it, for one that is mirrored or held by a tracked hand. */
    public void draw(Surface surface, Part part, Matrix4f where) {
        surface.put(where);
        meshes.get(part).draw();
    }

    /** The matrix that lays +y from one joint towards another, with z as near to {@code front} as can be. */
    public static Matrix4f along(Vector3fc from, Vector3fc to, Vector3fc front, Matrix4f into) {
        Vector3f y = new Vector3f(to).sub(from).normalize();
        Vector3f x = new Vector3f(y).cross(front).normalize();
        Vector3f z = new Vector3f(x).cross(y);
        return into.set(x.x, x.y, x.z, 0, y.x, y.y, y.z, 0, z.x, z.y, z.z, 0, from.x(), from.y(), from.z(), 1);
    }

    /**
     * Where the middle joint of two links is, by the law of cosines; a goal out of reach is pointed at.
     *
     * @param root where the first link begins
     * @param goal where the second is to end; moved within reach
     * @param towards to which side the middle joint goes
     */
    public static Vector3f middle(Vector3fc root, Vector3f goal, float first, float second, Vector3fc towards) {
        Vector3f way = new Vector3f(goal).sub(root);
        float least = Math.abs(first - second) + 1e-3f;
        float distance = Math.max(least, Math.min(first + second - 1e-3f, way.length()));
        way.normalize();
        goal.set(root).fma(distance, way);
        float along = (first * first - second * second + distance * distance) / (2 * distance);
        float aside = (float) Math.sqrt(Math.max(0, first * first - along * along));
        Vector3f side = new Vector3f(towards).fma(-way.dot(towards), way).normalize();
        return new Vector3f(root).fma(along, way).fma(aside, side);
    }
}
