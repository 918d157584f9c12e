package org.anodyne.plugins.goaltraining;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glEnable;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Air;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Lights;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Water;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/**
 * Paper lanterns: the target, and all that were reached, which glide out and stay on the lake as the score; one that was missed
 * drifts up and away. Thread: the render thread, but for making it.
 */
final class Lanterns {
    private static final float GROWING_SECONDS = 0.35f;
    private static final float FIRST_SIZE = 0.25f;
    private static final float GLIDING_SECONDS = 5;
    private static final float DRIFTING_SECONDS = 4;
    /** Size of those on the lake, metres, so that they are seen from the terrace. */
    private static final float ON_LAKE = 0.30f;
    /** How many are drawn as solids at most; the others are lights. */
    private static final int SOLID = 70;

    /** Seen from nearer than so many of its sizes, a lantern is drawn with the hoops under its paper. */
    private static final float FINE = 25;

    private static final int HOOPS = 9;
    /** How wide the light is that the target throws on the stone, metres. */
    private static final float POOL = 1.3f;

    private static final float GOLDEN = 2.399963f;
    private static final int[] PAPER = {0xffb45c, 0xff9a7a, 0xffd07a, 0xf0a0c0, 0xd8b4ff};

    private final Shape paper = shape(18, 14);
    private final Shape finePaper = shape(36, 44);
    private final Shape pool = pool();
    private final Lights lights = new Lights();
    private final List<One> all = new ArrayList<>();
    private final Matrix4f place = new Matrix4f();
    private Mesh mesh;
    private Mesh fineMesh;
    private Mesh poolMesh;
    private One target;
    private float held;
    private int onLake;

    /** One lantern on its way. */
    private static final class One {
        final Vector3f from;
        final Vector3f to;
        final Vector3f at = new Vector3f();
        final Vector3f colour;
        final float size;
        float endSize;
        float seconds;
        float lasts;
        float strength = 1;
        boolean fades;

        One(Vector3f from, float size, Vector3f colour) {
            this.from = from;
            this.to = new Vector3f(from);
            at.set(from);
            this.size = size;
            this.endSize = size;
            this.colour = colour;
        }
    }

    /** Paper over hoops, lit from a flame a little below its middle, with a rim of wood at both ends. */
    private static Shape shape(int around, int rows) {
        Shape s = new Shape();
        float[] outline = new float[2 * (rows + 1)];
        for (int i = 0; i <= rows; i++) {
            float y = -0.94f + 1.90f * i / rows;
            float bulge = rows > 2 * HOOPS ? 0.022f * Math.abs((float) Math.sin(Math.PI * HOOPS * i / rows)) : 0;
            float wide = (float) Math.sqrt(Math.max(0, 1 - Math.pow((y - 0.04f) / 1.02f, 2)));
            outline[2 * i] = 0.40f + 0.58f * wide + bulge;
            outline[2 * i + 1] = y;
        }
        s.glow(0.94f).colour(0xffffff);
        Solids.lathe(s, around, outline);
        s.repaint((p, n, c) -> {
            float flame = (float) Math.exp(-2.3f * (p.y() + 0.28f) * (p.y() + 0.28f));
            float hoop = rows > 2 * HOOPS ? Math.abs((float) Math.sin(Math.PI * HOOPS * (p.y() + 0.94f) / 1.90f)) : 1;
            float paper = 0.80f + 0.20f * Colours.smooth(0, 0.45f, hoop);
            Vector3f outer = new Vector3f(0.66f, 0.50f, 0.40f);
            c.set(outer.lerp(new Vector3f(1, 0.97f, 0.88f), flame).mul(paper));
        });
        s.glow(0.15f).colour(0x5a4634);
        s.at(0, -0.98f, 0);
        Solids.cylinder(s, 0.43f, 0.43f, 0.09f, 12);
        s.at(0, 0.94f, 0);
        Solids.cylinder(s, 0.43f, 0.40f, 0.08f, 12);
        return s.at(0, 0, 0);
    }

    /** A round patch of light, black at its edge: it is added to what it falls on. */
    private static Shape pool() {
        Shape s = new Shape().glow(1);
        float[] radii = {0, 0.18f, 0.36f, 0.55f, 0.77f, 1};
        int around = 30;
        int[] before = new int[around];
        for (float r : radii) {
            float fall = (1 - r) * (1 - r) / (1 + 4 * r * r);
            s.colour(new Vector3f(fall));
            int[] now = new int[around];
            for (int i = 0; i < around; i++) {
                double a = 2 * Math.PI * i / around;
                now[i] = s.vertex(r * (float) Math.cos(a), 0, r * (float) Math.sin(a), 0, 1, 0);
            }
            for (int i = 0; r > 0 && i < around; i++) {
                int k = (i + 1) % around;
                s.quad(before[i], before[k], now[k], now[i]);
            }
            before = now;
        }
        return s;
    }

    void begin(Resources resources) {
        mesh = Mesh.of(resources, paper);
        fineMesh = Mesh.of(resources, finePaper);
        poolMesh = Mesh.of(resources, pool);
        lights.clear();
        lights.begin(resources);
        all.clear();
        target = null;
        onLake = 0;
    }

    /** A target appears here. */
    void show(Vector3f at, float radius, int number) {
        target = new One(new Vector3f(at), radius, Colours.of(PAPER[number % PAPER.length]));
    }

    /** Whether there is a target. */
    boolean waiting() {
        return target != null;
    }

    /** Where the target is. */
    Vector3f at() {
        return target.at;
    }

    /** The target was reached: it glides out onto the lake. */
    void reached() {
        One one = target;
        target = null;
        int k = onLake++;
        float away = 8 + 4.2f * (float) Math.sqrt(k) + 1.7f * (k % 3);
        float angle = 0.62f * (float) Math.sin(GOLDEN * k + 0.4f);
        one.to.set(away * (float) Math.sin(angle), 0.9f * ON_LAKE, -away * (float) Math.cos(angle));
        one.endSize = ON_LAKE;
        one.lasts = GLIDING_SECONDS;
        one.seconds = 0;
        all.add(one);
    }

    /** The target was missed: it drifts up and fades. */
    void missed() {
        One one = target;
        target = null;
        one.to.add(0.3f, 2.2f, -1.4f);
        one.lasts = DRIFTING_SECONDS;
        one.seconds = 0;
        one.fades = true;
        all.add(one);
    }

    /** Goes on; {@code holding} 0 to 1 while a hand is there. */
    void advance(float seconds, float holding, Water water) {
        held += (holding - held) * Math.min(1, 8 * seconds);
        if (target != null) {
            target.seconds += seconds;
        }
        all.removeIf(o -> o.fades && o.seconds > o.lasts);
        for (One o : all) {
            o.seconds += seconds;
            float t = Colours.smooth(0, o.lasts, o.seconds);
            o.at.set(o.from).lerp(o.to, t);
            if (o.fades) {
                o.strength = 1 - t;
            } else {
                o.at.y += 2.2f * t * (1 - t) + t * water.height(o.at.x, o.at.z);
            }
        }
    }

    private float size(One o) {
        if (o == target) {
            float grown = FIRST_SIZE + (1 - FIRST_SIZE) * Colours.smooth(0, GROWING_SECONDS, o.seconds);
            return o.size * grown * (1 + 0.12f * held);
        }
        float t = Colours.smooth(0, o.lasts, o.seconds);
        return o.fades ? o.size * (1 - t) : o.size + (o.endSize - o.size) * t;
    }

    /** The lanterns themselves. */
    void draw(Eye eye, Surface surface) {
        int first = Math.max(0, all.size() - SOLID);
        for (int i = first; i < all.size(); i++) {
            solid(eye, surface, all.get(i), 0.95f);
        }
        if (target != null) {
            solid(eye, surface, target, 1 + 0.25f * held);
        }
    }

    private void solid(Eye eye, Surface surface, One o, float bright) {
        float size = size(o);
        if (size < 0.004f || !eye.sees(o.at, size)) {
            return;
        }
        surface.tint(new Vector3f(o.colour).mul(1.25f * bright * (0.4f + 0.6f * o.strength)), 0);
        surface.put(place.translation(o.at).scale(size));
        (eye.position().distance(o.at) < FINE * size ? fineMesh : mesh).draw();
    }

    /** The target's light on the stone below it, the less the higher it hangs. */
    void light(Surface surface, float floor, float night) {
        if (target == null) {
            return;
        }
        float above = Math.max(0.1f, target.at.y - floor);
        float much = (0.10f + 0.30f * night) * (1 + 0.3f * held) / (0.6f + above * above);
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE);
        glDepthMask(false);
        surface.tint(new Vector3f(target.colour).mul(much), 0);
        surface.put(place.translation(target.at.x, floor + 0.012f, target.at.z).scale(POOL * (0.7f + 0.5f * above)));
        poolMesh.draw();
        glDepthMask(true);
        glDisable(GL_BLEND);
        surface.tint(new Vector3f(1), 0).put(place.identity());
    }

    /** What shines around them, {@code night} 0 to 1; and their image in the water. */
    void shine(Eye eye, Air air, float night, boolean mirrored) {
        lights.clear();
        float strength = 0.25f + 0.5f * night;
        for (One o : all) {
            lights.add(o.at.x, o.at.y, o.at.z, 5.5f * size(o), new Vector3f(o.colour).mul(strength * o.strength), 0.3f);
        }
        if (target != null && !mirrored) {
            Vector3f c = new Vector3f(target.colour).mul(strength * (0.8f + 0.6f * held));
            lights.add(target.at.x, target.at.y, target.at.z, 5.5f * size(target), c, 0.3f);
        }
        Vector3f here = new Vector3f();
        if (mirrored) {
            lights.drawMirrored(eye, air, here, 1);
        } else {
            lights.draw(eye, air, here, 1);
        }
    }
}
