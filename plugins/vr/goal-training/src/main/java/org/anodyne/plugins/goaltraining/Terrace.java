package org.anodyne.plugins.goaltraining;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.DistantPlants;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Land;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.anodyne.scenery.Surface;
import org.anodyne.scenery.Terrain;
import org.joml.Matrix4f;
import org.joml.Vector3f;

/** The place: a round terrace of stone over a lake, flowers, trees, mountains. Built on the lane, drawn on the render thread. */
final class Terrace {
    /** Height of its floor above the lake, metres. */
    static final float FLOOR = 0.75f;

    private static final float TURN = (float) (2 * Math.PI);
    /** From this distance on trees are drawn with far fewer triangles, metres. */
    private static final float WOOD = 70;

    private static final float RADIUS = 3.1f;
    private static final float STONE_HEIGHT = 0.16f;
    private static final int RINGS = 6;

    /** Where something may stand: its likelihood, 0 to 1. */
    private interface Where {
        float likely(float x, float z, float height);
    }

    private record Bed(Shape shape, Instances where, float nearest, float furthest, boolean closed) {}

    private record Drawn(Mesh mesh, Bed bed) {}

    private final Noise noise;
    private final SplittableRandom random;
    private final Land land;
    private final List<Shape> grounds;
    private final List<Bed> beds = new ArrayList<>();
    private final Shape stones;
    private final List<Drawn> drawn = new ArrayList<>();
    private final List<Mesh> ground = new ArrayList<>();
    private Mesh terrace;

    Terrace(long seed) {
        noise = new Noise(seed);
        random = new SplittableRandom(seed ^ 0x7e);
        land = this::height;
        grounds = new ArrayList<>(
                Terrain.rings(land, this::cover, (x, z) -> open(x, z), 0, 0, 0, 110, 0.4f, 44, 120, 12, -5));
        grounds.addAll(Terrain.rings(land, this::cover, (x, z) -> 1, 0, 0, 110, 950, 2.8f, 60, 252, 18, -5));
        plant();
        stones = stones();
    }

    /** The ground. */
    Land land() {
        return land;
    }

    private float height(float x, float z) {
        float lake = (float) Math.hypot(x * 0.75f, z + 96) - 92 + 9 * noise.fbm(x * 0.02f, z * 0.02f, 3);
        float near = Math.min(1, (float) Math.hypot(x, z) / 9);
        lake = near * lake + (1 - near) * 2.6f;
        if (lake < 0) {
            return Math.max(-8, 0.16f * lake);
        }
        float meadow =
                0.20f * Math.min(lake, 45) + 0.9f * noise.fbm(x * 0.035f, z * 0.035f, 3) * Colours.smooth(4, 30, lake);
        float foot = Colours.smooth(10, 420, lake)
                * Math.min(1, Colours.smooth(-60, -330, z) + 0.6f * Colours.smooth(90, 380, Math.abs(x)));
        float peaks = noise.ridges(x * 0.0028f + 2.3f, z * 0.0028f, 6);
        float gullies = noise.ridges(x * 0.012f, z * 0.012f + 3.1f, 4);
        return meadow + foot * (30 + 270 * peaks + 50 * gullies);
    }

    private Vector3f cover(float x, float h, float z, Vector3f n) {
        float patch = noise.fbm(x * 0.05f, z * 0.05f, 4);
        Vector3f grass = Colours.ramp(0.5f + 0.55f * patch, 0x5a7a3c, 0x86994a, 0xb0ac60);
        Vector3f wood = Colours.mix(Colours.of(0x38543c), Colours.of(0x4d6a44), 0.5f + patch);
        Vector3f rock = Colours.ramp(0.5f + 0.5f * noise.fbm(x * 0.03f, h * 0.05f, 3), 0x6c6874, 0x8d8584, 0xa89c92);
        Vector3f c = Colours.mix(grass, wood, Colours.smooth(12, 34, h + 10 * patch));
        c = Colours.mix(
                c, rock, Math.max(Colours.smooth(0.18f, 0.36f, 1 - n.y), Colours.smooth(80, 120, h + 26 * patch)));
        c = Colours.mix(c, Colours.of(0xf4f2f8), Colours.smooth(118, 150, h + 40 * patch - 60 * (1 - n.y)));
        return Colours.mix(Colours.of(0x8d8168), c, Colours.smooth(0.05f, 0.45f, h));
    }

    private static float open(float x, float z) {
        float away = (float) Math.hypot(x, z);
        return 0.62f + 0.38f * Colours.smooth(RADIUS - 0.2f, RADIUS + 1.6f, away);
    }

    private void plant() {
        List<Instances> trees = List.of(new Instances(), new Instances());
        float[][] near = {
            {-12.5f, -9.5f, 1.15f}, {13.5f, -10.5f, 1.2f}, {-13, -1.5f, 1.2f}, {14.5f, -1, 1}, {-6, 10, 1}, {7, 9, 1}
        };
        for (int i = 0; i < near.length; i++) {
            stand(trees.get(i % 2), near[i][0], near[i][1], near[i][2]);
        }
        int[][] leaves = {{0x33502a, 0x9cae4c}, {0x4a4a28, 0xc8a648}};
        for (int i = 0; i < 2; i++) {
            Shape tree = Plants.broadleaf(random, leaves[i][0], leaves[i][1], 2);
            beds.add(new Bed(tree, trees.get(i), 0, 12, true));
            beds.add(new Bed(Plants.broadleaf(random, leaves[i][0], leaves[i][1], 1), trees.get(i), 12, 80, true));
        }
        List<Instances> firs = List.of(new Instances(), new Instances());
        scatter(firs, 210, 7.5f, 0.8f, 1.5f, (x, z, h) -> {
            boolean view = z < 0 && Math.abs(x) < 22 - 0.30f * z && z > -70;
            return h < 0.9f || h > 60 || view || Math.hypot(x, z) < 17
                    ? 0
                    : 0.85f * Colours.smooth(-0.1f, 0.3f, noise.fbm(x * 0.02f, z * 0.02f, 3));
        });
        firs.forEach(f -> {
            beds.add(new Bed(Plants.conifer(random, 0x22402f, 0x5c7d4c), f, 0, WOOD, false));
            beds.add(new Bed(DistantPlants.conifer(random, 0x22402f, 0x5c7d4c), f, WOOD, 260, false));
        });
        Where around = (x, z, h) -> h < 0.25f || Math.hypot(x, z) < RADIUS + 0.25f ? 0 : 0.9f;
        Instances grass = new Instances();
        scatter(
                List.of(grass),
                13,
                0.6f,
                0.6f,
                1.2f,
                (x, z, h) -> around.likely(x, z, h) * (1.05f - (float) Math.hypot(x, z) / 13));
        beds.add(new Bed(Plants.grass(random, 0x54702f, 0xbcc465, 9), grass, 0, 8, false));
        beds.add(new Bed(DistantPlants.grass(random, 0x54702f, 0xbcc465, 9), grass, 8, 30, false));
        int[][] petals = {{0xff9fb0, 0xffe08a}, {0xf6f0ff, 0xffd24a}, {0x9a8cf0, 0xfff0b0}};
        for (int[] p : petals) {
            Instances set = new Instances();
            float shift = 5 * random.nextFloat();
            scatter(
                    List.of(set),
                    8,
                    0.55f,
                    0.9f,
                    1.5f,
                    (x, z, h) -> around.likely(x, z, h)
                            * 0.5f
                            * Colours.smooth(0, 0.4f, noise.at(x * 0.5f + shift, z * 0.5f)));
            beds.add(new Bed(Plants.flower(random, p[0], p[1]), set, 0, 25, false));
        }
        Instances bushes = new Instances();
        for (float[] b :
                new float[][] {{-3.9f, -1.5f}, {3.9f, -1.2f}, {-4.2f, 1.2f}, {4.3f, 1.4f}, {-3.6f, -3.0f}, {3.5f, -3.1f}
                }) {
            stand(bushes, b[0], b[1], 0.55f + 0.3f * random.nextFloat());
        }
        beds.add(new Bed(Plants.bush(random, 0x3c5f30, 0x93a94f), bushes, 0, 40, true));
        Instances rocks = new Instances();
        scatter(
                List.of(rocks),
                24,
                2.1f,
                0.25f,
                1.2f,
                (x, z, h) -> Math.hypot(x, z) > 4.4 && h > -0.5f && h < 0.35f ? 0.45f : 0);
        beds.add(new Bed(Plants.rock(random, 0x85807c, 0x9a9a78, 1), rocks, 0, 60, true));
    }

    private void scatter(List<Instances> into, float radius, float spacing, float least, float most, Where where) {
        int n = (int) Math.ceil(radius / spacing);
        for (int i = -n; i <= n; i++) {
            for (int k = -n; k <= n; k++) {
                float x = (i + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float z = (k + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float chance = random.nextFloat();
                float scale = least + (most - least) * random.nextFloat();
                Instances set = into.get(random.nextInt(into.size()));
                if (Math.hypot(x, z) <= radius && chance < where.likely(x, z, land.height(x, z))) {
                    stand(set, x, z, scale);
                }
            }
        }
    }

    private void stand(Instances into, float x, float z, float scale) {
        into.add(x, land.height(x, z), z, scale, TURN * random.nextFloat(), 0.88f + 0.24f * random.nextFloat());
    }

    /** Rings of flagstones, a low wall of them around, posts with a rail. */
    private Shape stones() {
        Shape s = new Shape();
        s.colour(0x8d8172).open(0.92f).at(0, FLOOR - 0.6f, 0);
        Solids.cylinder(s, RADIUS + 0.05f, RADIUS + 0.02f, 0.594f, 48);
        for (int ring = 0; ring < RINGS; ring++) {
            float inner = RADIUS * ring / RINGS;
            float outer = RADIUS * (ring + 1) / RINGS - 0.014f;
            int count = Math.max(5, 6 * ring);
            for (int k = 0; k < count; k++) {
                float v = 0.5f + 0.5f * noise.at(3.7f * ring + 0.4f, 1.9f * k + 0.4f);
                s.colour(Colours.ramp(v, 0x98897a, 0xb3a28e, 0xc4b6a2)).open(0.95f);
                flag(
                        s,
                        inner,
                        outer,
                        TURN * (k + 0.37f * ring) / count,
                        TURN * (k + 1 + 0.37f * ring) / count - 0.016f / Math.max(0.3f, outer));
            }
        }
        rail(s);
        return s.at(0, 0, 0);
    }

    private static void flag(Shape s, float inner, float outer, float from, float to) {
        int parts = Math.max(2, (int) Math.ceil((to - from) / 0.2f));
        s.at(0, FLOOR, 0);
        int lastInner = -1;
        int lastOuter = -1;
        for (int i = 0; i <= parts; i++) {
            float a = from + (to - from) * i / parts;
            float sin = (float) Math.sin(a);
            float cos = (float) -Math.cos(a);
            int in = s.vertex(inner * sin, 0, inner * cos, 0, 1, 0);
            int out = s.vertex(outer * sin, 0, outer * cos, 0, 1, 0);
            if (i > 0) {
                s.quad(lastInner, in, out, lastOuter);
            }
            lastInner = in;
            lastOuter = out;
        }
    }

    private static void rail(Shape s) {
        List<Vector3f> top = new ArrayList<>();
        int posts = 22;
        float half = 1.9f;
        for (int i = 0; i < posts; i++) {
            float a = -half + 2 * half * i / (posts - 1);
            float x = (RADIUS - 0.12f) * (float) Math.sin(a);
            float z = -(RADIUS - 0.12f) * (float) Math.cos(a);
            s.at(new Matrix4f().translation(x, FLOOR, z)).colour(0xb9aa97).open(0.9f);
            Solids.lathe(
                    s, 10, 0.075f, 0, 0.075f, 0.04f, 0.04f, 0.06f, 0.062f, 0.16f, 0.045f, 0.27f, 0.03f, 0.33f, 0.06f,
                    0.36f);
            top.add(new Vector3f(x, FLOOR + 0.37f + STONE_HEIGHT / 4, z));
        }
        s.at(0, 0, 0).colour(0xc6b8a4);
        float[] radii = new float[posts];
        java.util.Arrays.fill(radii, 0.062f);
        Solids.tube(s, top, radii, 8);
    }

    void begin(Resources resources) {
        drawn.clear();
        ground.clear();
        beds.stream()
                .filter(b -> b.where().count() > 0)
                .forEach(b -> drawn.add(new Drawn(Mesh.of(resources, b.shape(), b.where()), b)));
        grounds.forEach(g -> ground.add(Mesh.of(resources, g)));
        terrace = Mesh.of(resources, stones);
    }

    void draw(Eye eye, Surface surface) {
        terrace.draw(eye);
        for (Drawn d : drawn) {
            surface.closed(d.bed().closed());
            d.mesh().draw(eye, d.bed().nearest(), d.bed().furthest());
        }
        surface.closed(true).grain(0.42f, 0.34f, 0.34f);
        ground.forEach(g -> g.draw(eye));
        surface.closed(false).grain(1, 0, 0);
    }
}
