package org.anodyne.plugins.neurofeedbackgarden;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Program;
import org.anodyne.scenery.Shape;
import org.joml.Vector3f;

/**
 * Flowers that open and close: their petals turn about the heart of the flower, each flower in its own time. Built on the lane,
 * drawn on the render thread.
 */
final class Flowers {
    private static final float TURN = (float) (2 * Math.PI);
    /** Marks the vertices of petals, and of what they hide when closed: what is glow for other shapes. */
    private static final float PETAL = 1;

    private static final float HEART = 0.4f;
    /** Flowers further away than this are left out, metres; and from which distance on they are drawn with fewer triangles. */
    private static final float FURTHEST = 30;

    private static final float SIMPLER = 3.5f;
    private static final float SIMPLEST = 7;
    /**
     * How much of a flower is drawn: which rows of vertices of petals and leaves, and how many whorls of petals and leaves at
     * most. All but the nearest are two vertices wide and begin in a point, which the petals of a whorl share.
     */
    private enum Detail {
        NEAR(3, 9, 0, 1, 2, 3, 4),
        MIDDLE(2, 9, 0, 2, 4),
        FAR(1, 2, 0, 3);

        private final int whorls;
        private final int leaves;
        private final int[] rows;

        Detail(int whorls, int leaves, int... rows) {
            this.whorls = whorls;
            this.leaves = leaves;
            this.rows = rows;
        }
    }

    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec3 place;
            layout(location = 1) in vec3 normal;
            layout(location = 2) in vec4 colour;  // alpha: 1 for a petal
            layout(location = 3) in vec4 nature;
            layout(location = 4) in vec4 stand;
            layout(location = 5) in vec4 turn;
            uniform mat4 toClip;
            uniform vec4 wind;
            uniform float bloom;
            uniform float heart;      // height of the petals' hinge
            out vec3 paint;
            vec3 turned(vec3 v) {
                return vec3(turn.y * v.x + turn.x * v.z, v.y, turn.y * v.z - turn.x * v.x);
            }
            void main() {
                float own = fract(turn.w * 7.31);
                float open = smoothstep(0.0, 1.0, clamp(1.45 * bloom - 0.45 * own, 0.0, 1.0));
                vec3 q = place;
                vec3 n = normal;
                vec3 c = colour.rgb;
                if (colour.a > 0.5) {
                    q.y -= heart;
                    float far = length(q);
                    float out_ = length(q.xz);
                    vec2 way = out_ > 1e-5 ? q.xz / out_ : vec2(0.0, 1.0);
                    float angle = atan(out_, q.y);
                    float now = angle * mix(0.46, 1.0, open);
                    far *= mix(0.80, 1.0, open);
                    q = vec3(way.x * sin(now), cos(now), way.y * sin(now)) * far;
                    q.y += heart;
                    float back = now - angle;
                    float along = dot(n.xz, way);
                    vec2 rest = n.xz - along * way;
                    float up = n.y * cos(back) - along * sin(back);
                    along = along * cos(back) + n.y * sin(back);
                    n = vec3(way.x * along + rest.x, up, way.y * along + rest.y);
                    c = mix(mix(c, vec3(0.42, 0.55, 0.30), 0.55), c, smoothstep(0.0, 0.6, open));
                }
                if (colour.a > 0.2 && colour.a < 0.5) {
                    q = vec3(q.x * open, heart + (q.y - heart) * open, q.z * open);
                }
                vec3 p = turned(q) * stand.w + stand.xyz;
                n = normalize(turned(n));
                float ahead = dot(p.xz, wind.xy) * 0.5 - wind.w * 1.1 + turn.w;
                float push = nature.x * (wind.z * (0.5 + 0.5 * sin(ahead) + 0.2 * sin(2.7 * ahead)));
                p += vec3(wind.x, -0.2, wind.y) * push;
                // A closed flower hangs its head.
                p.xz += (1.0 - open) * nature.x * 0.35 * vec2(sin(turn.w * 3.0), cos(turn.w * 3.0));
                p.y -= (1.0 - open) * nature.x * 0.22;
                vec3 way3 = normalize(p - eye);
                vec3 lit = seen(shade(c * turn.z, n, way3, nature.z, nature.w));
                paint = haze(lit, p);
                gl_Position = toClip * vec4(p, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec3 paint;
            out vec4 colour;
            void main() {
                colour = vec4(paint, 1.0);
            }
            """;

    /**
     * A kind of flower.
     *
     * @param height of the heart over the ground, metres
     * @param petals of one whorl
     * @param whorls one inside the other
     * @param length of a petal, metres
     * @param width of a petal as a part of its length
     * @param spread angle of an open petal from upright, degrees
     * @param inner colour at the heart
     * @param outer colour at the tip
     * @param heart colour of the middle
     * @param leaves at its foot
     */
    record Kind(
            float height,
            int petals,
            int whorls,
            float length,
            float width,
            float spread,
            int inner,
            int outer,
            int heart,
            int leaves) {}

    /** Petals that open less than this make a cup, degrees. */
    private static final float CUP = 45;

    private record Bed(Shape shape, float heart, Instances where, float nearest, float furthest) {}

    private final List<Bed> beds = new ArrayList<>();
    private final List<Mesh> meshes = new ArrayList<>();
    private Program program;

    /** Flowers of a kind at these places. */
    void add(Kind kind, Instances where) {
        if (where.count() > 0) {
            beds.add(new Bed(shape(kind, Detail.NEAR), kind.height(), where, 0, SIMPLER));
            beds.add(new Bed(shape(kind, Detail.MIDDLE), kind.height(), where, SIMPLER, SIMPLEST));
            beds.add(new Bed(shape(kind, Detail.FAR), kind.height(), where, SIMPLEST, FURTHEST));
        }
    }

    /** One flower of a kind, standing at the origin. */
    private static Shape shape(Kind k, Detail detail) {
        Shape s = new Shape();
        stem(s, k, detail);
        for (int w = 0; w < Math.min(detail.whorls, k.whorls()); w++) {
            float inside = 1 - 0.28f * w;
            float spread = (float) Math.toRadians(k.spread()) * (1 - 0.30f * w);
            int root = detail == Detail.NEAR ? -1 : root(s, k, spread, k.length() * inside);
            for (int i = 0; i < k.petals(); i++) {
                petal(s, k, TURN * (i + 0.5f * w) / k.petals(), spread, k.length() * inside, root, detail);
            }
        }
        heart(s, k, detail == Detail.NEAR ? 6 : 4);
        return s;
    }

    private static void stem(Shape s, Kind k, Detail detail) {
        s.glow(0).translucent(0.3f);
        float w = 0.006f;
        for (int i = 0; i < (detail == Detail.NEAR ? 2 : 1); i++) {
            float dx = i == 0 ? w : 0;
            float dz = i == 0 ? 0 : w;
            s.colour(0x46692f).open(0.6f).sway(0, 0);
            int a = s.vertex(-dx, -0.03f, -dz, 0, 0.8f, 0.6f);
            int b = s.vertex(dx, -0.03f, dz, 0, 0.8f, 0.6f);
            s.colour(0x6d9044).open(0.9f).sway(0.16f, 0);
            int c = s.vertex(dx * 0.7f, k.height(), dz * 0.7f, 0, 0.8f, 0.6f);
            int d = s.vertex(-dx * 0.7f, k.height(), -dz * 0.7f, 0, 0.8f, 0.6f);
            s.quad(a, b, c, d);
        }
        s.translucent(0.5f);
        for (int i = 0; i < Math.min(detail.leaves, k.leaves()); i++) {
            float a = TURN * i * 0.381966f;
            float cos = (float) Math.cos(a);
            float sin = (float) Math.sin(a);
            float length = k.height() * (0.55f + 0.12f * (i % 3));
            float wide = 0.10f * length;
            leaf(s, length, wide, cos, sin, detail);
        }
    }

    /** A leaf that rises and bends over, folded along its middle. */
    private static void leaf(Shape s, float length, float wide, float cos, float sin, Detail detail) {
        float[] out = {0, 0.25f, 0.55f, 0.82f, 1.0f};
        float[] up = {0, 0.42f, 0.68f, 0.70f, 0.58f};
        float[] half = {0.3f, 0.85f, 1, 0.62f, 0.03f};
        Vector3f low = Colours.of(0x36592a);
        Vector3f high = Colours.of(0x8bb052);
        int[] before = null;
        for (int i : detail.rows) {
            float t = i / (out.length - 1f);
            float x = out[i] * length;
            float w = half[i] * wide;
            s.open(0.5f + 0.5f * t).sway(0.09f * t * t, 0);
            int[] now = new int[3];
            for (int j = -1; j <= 1; j += detail == Detail.NEAR ? 1 : 2) {
                if (detail != Detail.NEAR && before == null) {
                    s.colour(low);
                    java.util.Arrays.fill(now, s.vertex(0, 0, 0, -0.4f * cos, 1, -0.4f * sin));
                    break;
                }
                float fold = j == 0 ? -0.25f * w : 0;
                s.colour(Colours.mix(low, high, j == 0 ? 0.75f * t : 0.12f + 0.8f * t));
                now[j + 1] = s.vertex(
                        x * cos - j * w * sin,
                        up[i] * length + fold,
                        x * sin + j * w * cos,
                        (t - 0.4f) * cos + 0.45f * j * sin,
                        1,
                        (t - 0.4f) * sin - 0.45f * j * cos);
            }
            if (before != null) {
                band(s, before, now, detail == Detail.NEAR);
            }
            before = now;
        }
    }

    /** Between two rows of three vertices, or of those the outer two. */
    private static void band(Shape s, int[] a, int[] b, boolean middle) {
        if (middle) {
            s.quad(a[0], a[1], b[1], b[0]).quad(a[1], a[2], b[2], b[1]);
        } else if (a[0] == a[2]) {
            s.triangle(a[0], b[2], b[0]);
        } else {
            s.quad(a[0], a[2], b[2], b[0]);
        }
    }

    /** Where the petals of a whorl begin. */
    private static int root(Shape s, Kind k, float spread, float length) {
        s.glow(PETAL)
                .translucent(0.55f)
                .sway(0.16f, 0)
                .colour(Colours.of(k.inner()))
                .open(0.62f);
        return s.vertex(0, k.height() + 0.06f * length * (float) Math.cos(0.55f * spread), 0, 0, 1, 0);
    }

    /** @param root the vertex that it begins with; below 0 it begins with a row of its own */
    private static void petal(Shape s, Kind k, float turn, float spread, float length, int root, Detail detail) {
        float cos = (float) Math.cos(turn);
        float sin = (float) Math.sin(turn);
        Vector3f inner = Colours.of(k.inner());
        Vector3f outer = Colours.of(k.outer());
        float[] along = {0.06f, 0.34f, 0.66f, 0.88f, 1.0f};
        float[] wide = {0.10f, 0.38f, 0.52f, 0.42f, 0.16f};
        s.glow(PETAL).translucent(0.55f).sway(0.16f, 0);
        int[] before = root < 0 ? null : new int[] {root, root, root};
        for (int i : detail.rows) {
            if (root >= 0 && i == 0) {
                continue;
            }
            float t = along[i];
            // A petal rises from the heart and bends outwards; those of a cup go out at once and then up.
            float angle = spread * (k.spread() < CUP ? 1.9f - 1.25f * t : 0.55f + 0.45f * t * t);
            float out = length * t * (float) Math.sin(angle);
            float up = length * t * (float) Math.cos(angle);
            s.colour(Colours.mix(inner, outer, t)).open(0.62f + 0.38f * t);
            int[] now = new int[3];
            for (int j = -1; j <= 1; j += detail == Detail.NEAR ? 1 : 2) {
                float half = j * wide[i] * k.width() * length;
                float cup = Math.abs(j) * 0.12f * length * wide[i];
                float x = out * cos - half * sin;
                float z = out * sin + half * cos;
                float nOut = -(float) Math.cos(angle);
                float side = -0.5f * j;
                now[j + 1] = s.vertex(
                        x,
                        k.height() + up + cup,
                        z,
                        nOut * cos - side * sin,
                        (float) Math.sin(angle) + 0.35f,
                        nOut * sin + side * cos);
            }
            if (before != null) {
                band(s, before, now, detail == Detail.NEAR);
            }
            before = now;
        }
    }

    private static void heart(Shape s, Kind k, int sides) {
        s.glow(HEART).translucent(0.1f).sway(0.16f, 0).open(0.9f);
        float r = 0.16f * k.length() + 0.004f;
        s.colour(Colours.of(k.heart()));
        int top = s.vertex(0, k.height() + 0.9f * r, 0, 0, 1, 0);
        s.colour(Colours.of(k.heart()).mul(0.75f));
        int[] rim = new int[sides];
        for (int i = 0; i < rim.length; i++) {
            float a = TURN * i / rim.length;
            float cos = (float) Math.cos(a);
            float sin = (float) Math.sin(a);
            rim[i] = s.vertex(r * cos, k.height() + 0.2f * r, r * sin, cos, 0.8f, sin);
        }
        for (int i = 0; i < rim.length; i++) {
            s.triangle(top, rim[(i + 1) % rim.length], rim[i]);
        }
    }

    void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        meshes.clear();
        beds.forEach(b -> meshes.add(Mesh.of(resources, b.shape(), b.where())));
    }

    /** Draws them, open so far: 0 buds to 1. */
    void draw(Eye eye, Air air, float bloom) {
        glEnable(GL_DEPTH_TEST);
        glDepthMask(true);
        glDisable(GL_BLEND);
        glDisable(GL_CULL_FACE);
        air.into(program.use(), eye);
        program.set("bloom", bloom);
        for (int i = 0; i < meshes.size(); i++) {
            program.set("heart", beds.get(i).heart());
            meshes.get(i).draw(eye, beds.get(i).nearest(), beds.get(i).furthest());
        }
    }
}
