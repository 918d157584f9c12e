package org.anodyne.plugins.attentiontask;

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

/** The place: a heath with a ring of standing stones, trees and hills far off. Built on the lane, drawn by the display. */
final class Heath {
    /** Where the stone with the symbols stands: so far ahead, metres. */
    static final float STONE_AHEAD = 4.4f;
    /** Height of the middle of its face above the ground, metres: a little above the eyes of one who sits. */
    static final float FACE = 1.42f;
    /** How far the face is before the stone's middle, metres. */
    static final float FACE_BEFORE = 0.275f;

    private static final float TURN = (float) (2 * Math.PI);
    /** From this distance on trees are drawn with far fewer triangles, metres. */
    private static final float WOOD = 70;

    private static final int STONES = 11;
    private static final float RING = 7.6f;
    /** How square stones are: 2 a ball, more a block. */
    private static final float EDGES = 5;

    private record Bed(Shape shape, Instances where, float nearest, float furthest, boolean closed) {}

    private record Drawn(Mesh mesh, Bed bed) {}

    /** Where something may stand: its likelihood, 0 to 1. */
    private interface Where {
        float likely(float x, float z, float height);
    }

    private final Noise noise;
    private final SplittableRandom random;
    private final Land land;
    private final List<Shape> grounds;
    /** Where grass stands at the feet of stones: x, z and size. */
    private final List<Vector3f> feet = new ArrayList<>();

    private final List<Bed> beds = new ArrayList<>();
    private final Shape stones = new Shape();
    private final List<Drawn> drawn = new ArrayList<>();
    private final List<Mesh> ground = new ArrayList<>();
    private Mesh stone;

    Heath(long seed) {
        noise = new Noise(seed);
        random = new SplittableRandom(seed ^ 0x57);
        land = this::height;
        grounds = new ArrayList<>(Terrain.rings(land, this::cover, Heath::open, 0, 0, 0, 90, 0.34f, 46, 120, 12, -50));
        grounds.addAll(Terrain.rings(land, this::cover, (x, z) -> 1, 0, 0, 90, 950, 2.5f, 60, 252, 18, -50));
        stones();
        plant();
    }

    /** The ground. */
    Land land() {
        return land;
    }

    private float height(float x, float z) {
        float away = (float) Math.hypot(x, z);
        float near = 0.5f * noise.fbm(x * 0.05f, z * 0.05f, 3) * Colours.smooth(6, 30, away);
        float vale = -16 * Colours.smooth(14, 110, away) * Colours.smooth(40, -60, z);
        float hills = Colours.smooth(120, 480, away)
                * (14
                        + 120 * noise.ridges(x * 0.0031f + 4.1f, z * 0.0031f + 1.7f, 5)
                        + 16 * noise.fbm(x * 0.012f, z * 0.012f, 3));
        return near + vale + hills;
    }

    private Vector3f cover(float x, float h, float z, Vector3f n) {
        float patch = noise.fbm(x * 0.06f, z * 0.06f, 4);
        Vector3f grass = Colours.ramp(0.5f + 0.55f * patch, 0x57703f, 0x76884a, 0x9a9a5c);
        float bloom = Colours.smooth(0.02f, 0.3f, noise.fbm(x * 0.035f + 8, z * 0.035f, 3));
        Vector3f c = Colours.mix(grass, Colours.of(0x8a6a94), 0.62f * bloom);
        float away = (float) Math.hypot(x, z);
        c = Colours.mix(c, Colours.of(0x46614e), Colours.smooth(60, 200, away));
        c = Colours.mix(c, Colours.of(0x7a7680), Colours.smooth(0.2f, 0.4f, 1 - n.y));
        // A trodden path from the participant to the stone.
        float path = (float) Math.exp(-Math.pow((x - 0.35f * noise.at(0.5f, z * 0.5f)) / 0.55f, 2))
                * Colours.smooth(-5, -3.4f, z)
                * Colours.smooth(2.5f, 0.5f, z);
        return Colours.mix(c, Colours.of(0x9a8a70), 0.6f * path);
    }

    private static float open(float x, float z) {
        float stone = (float) Math.hypot(x, z + STONE_AHEAD);
        return 0.45f + 0.55f * Colours.smooth(0.3f, 1.7f, stone);
    }

    private void stones() {
        standing(0, -STONE_AHEAD, 0, 1, true);
        for (int i = 0; i < STONES; i++) {
            float angle = TURN * (i + 0.5f) / STONES;
            float x = RING * (float) Math.sin(angle);
            float z = -1.2f - RING * (float) Math.cos(angle);
            standing(x, z, -angle, 0.55f + 0.3f * random.nextFloat(), false);
        }
    }

    /** An upright slab; the one with the face is smooth in front. */
    private void standing(float x, float z, float turn, float scale, boolean face) {
        Shape s = new Shape();
        s.colour(0x8a8680);
        Solids.ball(s, 1, face ? 4 : 3);
        float salt = 10 * random.nextFloat();
        s.reshape(0, (p, n) -> {
            float square = (float) Math.pow(
                    Math.pow(Math.abs(p.x), EDGES) + Math.pow(Math.abs(p.y), EDGES) + Math.pow(Math.abs(p.z), EDGES),
                    -1 / EDGES);
            p.mul(square);
            // Broken edges: some of its corners were split off along planes.
            for (int i = 0; i < 5; i++) {
                Vector3f cut = new Vector3f(
                                (float) Math.sin(salt + 2.1f * i),
                                0.35f + 0.3f * (i % 3),
                                0.4f * (float) Math.cos(salt * 1.7f + i))
                        .normalize();
                p.fma(-Math.max(0, p.dot(cut) - 0.92f - 0.05f * (i % 2)), cut);
            }
            float taper = 1 - 0.16f * p.y + 0.05f * noise.at(2 * p.y, salt);
            float rough = 0.07f * noise.at(1.7f * p.x + salt, 1.7f * p.y, 1.7f * p.z)
                    + 0.035f * noise.at(6 * p.x, 6 * p.y + salt, 6 * p.z);
            p.mul(0.86f * taper * (1 + rough), 1.35f * (1 + rough), 0.36f * (1 + 1.6f * rough));
            p.y += 0.10f * p.x * (float) Math.sin(salt);
            if (face) {
                p.z = Math.min(p.z, 0.25f + 0.012f * noise.at(3 * p.x, 3 * p.y));
            }
        });
        s.smooth(0);
        s.repaint((p, n, c) -> {
            float speck = 0.86f
                    + 0.2f * noise.at(5 * p.x(), 5 * p.y() + salt, 5 * p.z())
                    + 0.1f * noise.at(17 * p.x(), 17 * p.y(), 17 * p.z());
            float moss = Colours.smooth(
                    0.1f, 0.8f, n.y() + 0.7f * noise.at(2 * p.x(), 2 * p.y() + salt, 2 * p.z()) - 0.25f * (p.y() + 1));
            boolean smooth = face && p.z() > 0.2f && Math.abs(n.z()) > 0.8f;
            c.set(Colours.mix(
                            Colours.of(smooth ? 0x80818e : 0x8d8880), Colours.of(0x6c7c4a), smooth ? 0 : 0.75f * moss))
                    .mul(speck);
            float spots = noise.at(4.2f * p.x() + salt, 4.2f * p.y(), 4.2f * p.z() + 9)
                    + 0.5f * noise.at(13 * p.x(), 13 * p.y() + salt, 13 * p.z());
            float lichen = Colours.smooth(0.30f, 0.50f, spots) * (smooth ? 0.25f : 0.8f);
            c.set(Colours.mix(c, Colours.of(spots > 0.62f ? 0xc9b46a : 0xb9bfae), lichen));
            // Weathered pale along its edges and towards its top.
            c.mul(0.9f
                    + 0.32f * Colours.smooth(0.35f, 0.85f, Math.abs(n.x()))
                    + 0.10f * Colours.smooth(0, 1.2f, p.y()));
        });
        for (int v = 0; v < s.vertexCount(); v++) {
            s.open(v, 0.62f + 0.38f * Colours.smooth(-1.3f, -0.2f, s.place(v).y));
        }
        // Grass at its foot, taller than elsewhere; before the face only low.
        for (int i = 0; i < 26; i++) {
            float a = TURN * (i + 0.6f * random.nextFloat()) / 26;
            float front = (float) Math.cos(a);
            Vector3f at = new Vector3f(0.86f * (float) Math.sin(a), 0, 0.44f * front)
                    .mul(scale * (1 + 0.16f * random.nextFloat()))
                    .rotateY(turn);
            float tall = (face && front > 0.2f ? 0.6f : 1.1f) * (0.7f + 0.6f * random.nextFloat());
            feet.add(new Vector3f(x + at.x, z + at.z, tall));
        }
        stones.add(
                s,
                new Matrix4f()
                        .translation(x, land.height(x, z) + 1.22f * scale, z)
                        .rotateY(turn)
                        .scale(scale));
    }

    private void plant() {
        List<Instances> firs = List.of(new Instances(), new Instances());
        scatter(firs, 240, 7.5f, 0.8f, 1.6f, (x, z, h) -> {
            double away = Math.hypot(x, z);
            return away < 24 || z < 0 && Math.abs(x) < 0.22f * -z && away < 120
                    ? 0
                    : 0.85f * Colours.smooth(-0.05f, 0.3f, noise.fbm(x * 0.018f, z * 0.018f, 3));
        });
        firs.forEach(f -> {
            beds.add(new Bed(Plants.conifer(random, 0x22402f, 0x557850), f, 0, WOOD, false));
            beds.add(new Bed(DistantPlants.conifer(random, 0x22402f, 0x557850), f, WOOD, 300, false));
        });
        Instances tree = new Instances();
        stand(tree, -15, -17, 1.3f);
        stand(tree, 19, -21, 1.4f);
        stand(tree, 16, 9, 1.2f);
        beds.add(new Bed(Plants.broadleaf(random, 0x34502c, 0x93a850, 2), tree, 0, 15, true));
        beds.add(new Bed(Plants.broadleaf(random, 0x34502c, 0x93a850, 1), tree, 15, 90, true));
        Where free =
                (x, z, h) -> Math.abs(x) < 0.65f && z < 1 && z > -4 || Math.hypot(x, z + STONE_AHEAD) < 0.75 ? 0 : 1;
        Instances grass = new Instances();
        scatter(
                List.of(grass),
                14,
                0.56f,
                0.5f,
                1.15f,
                (x, z, h) -> free.likely(x, z, h) * 0.9f * (1.05f - (float) Math.hypot(x, z) / 14));
        feet.forEach(f -> stand(grass, f.x, f.y, f.z));
        beds.add(new Bed(Plants.grass(random, 0x566f3a, 0xb6b86c, 9), grass, 0, 8, false));
        beds.add(new Bed(DistantPlants.grass(random, 0x566f3a, 0xb6b86c, 9), grass, 8, 30, false));
        int[][] petals = {{0xb892d8, 0xf0e0ff}, {0xf4f0ff, 0xffe28a}};
        for (int[] p : petals) {
            Instances set = new Instances();
            float shift = 5 * random.nextFloat();
            scatter(
                    List.of(set),
                    10,
                    0.5f,
                    0.8f,
                    1.4f,
                    (x, z, h) -> free.likely(x, z, h)
                            * 0.55f
                            * Colours.smooth(0, 0.4f, noise.at(x * 0.45f + shift, z * 0.45f)));
            beds.add(new Bed(Plants.flower(random, p[0], p[1]), set, 0, 25, false));
        }
        Instances rocks = new Instances();
        scatter(
                List.of(rocks),
                26,
                3.1f,
                0.15f,
                0.6f,
                (x, z, h) -> free.likely(x, z, h) * (Math.hypot(x, z) > 3 ? 0.22f : 0));
        beds.add(new Bed(Plants.rock(random, 0x85807c, 0x84885c, 1), rocks, 0, 60, true));
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

    void begin(Resources resources) {
        drawn.clear();
        ground.clear();
        beds.stream()
                .filter(b -> b.where().count() > 0)
                .forEach(b -> drawn.add(new Drawn(Mesh.of(resources, b.shape(), b.where()), b)));
        grounds.forEach(g -> ground.add(Mesh.of(resources, g)));
        stone = Mesh.of(resources, stones);
    }

    void draw(Eye eye, Surface surface) {
        surface.closed(true);
        stone.draw(eye);
        for (Drawn d : drawn) {
            surface.closed(d.bed().closed());
            d.mesh().draw(eye, d.bed().nearest(), d.bed().furthest());
        }
        surface.closed(true).grain(0.42f, 0.34f, 0.34f);
        ground.forEach(g -> g.draw(eye));
        surface.closed(false).grain(1, 0, 0);
    }
}
