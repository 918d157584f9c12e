package org.anodyne.plugins.neurofeedbackgarden;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.DistantPlants;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Noise;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Solids;
import org.anodyne.scenery.Surface;
import org.joml.Vector3f;

/** What grows and stands in the garden. Planned on the lane, drawn on the render thread. */
final class Planting {
    private static final float FULL_TURN = (float) (2 * Math.PI);
    /** From this distance on trees are drawn with far fewer triangles, metres. */
    private static final float WOOD = 32;
    /** What blossom looks like while it is in bud: the colours of the crown are multiplied by it. */
    private static final Vector3f BUDS = new Vector3f(0.84f, 0.93f, 0.68f);

    private static final Vector3f WHITE = new Vector3f(1);

    private record Bed(Shape shape, Instances where, float nearest, float furthest, float grain, boolean blossom) {}

    private record Shadow(float x, float z, float radius, float depth) {}

    private record Drawn(Mesh mesh, Bed bed) {}

    private interface Where {
        float likely(float x, float z, float height);
    }

    /** Flowers of the beds: tulips, daisies, poppies, cosmos, bellflowers. */
    private static final List<Flowers.Kind> KINDS = List.of(
            new Flowers.Kind(0.36f, 6, 1, 0.105f, 0.85f, 38, 0xf7d35a, 0xe8433f, 0x3a3020, 3),
            new Flowers.Kind(0.30f, 13, 1, 0.075f, 0.42f, 82, 0xfff7e8, 0xffffff, 0xf2b632, 3),
            new Flowers.Kind(0.44f, 5, 2, 0.105f, 1.05f, 62, 0x8a1f1c, 0xf0502e, 0x241a1c, 3),
            new Flowers.Kind(0.50f, 8, 1, 0.085f, 0.62f, 80, 0xf2a0c8, 0xe86fae, 0xf4c648, 4),
            new Flowers.Kind(0.34f, 6, 2, 0.070f, 0.72f, 48, 0xb9a4f2, 0x6f63d8, 0xf6e6a2, 4),
            new Flowers.Kind(0.27f, 6, 1, 0.085f, 0.80f, 46, 0xfff2b0, 0xffc83a, 0xe08a20, 3));
    /** A rose of the arch, a lily of the pond. */
    private static final Flowers.Kind ROSE =
            new Flowers.Kind(0.05f, 6, 3, 0.095f, 0.95f, 66, 0xf78aa0, 0xf9b9c2, 0xf2d27a, 0);

    private static final Flowers.Kind LILY =
            new Flowers.Kind(0.04f, 9, 3, 0.16f, 0.50f, 70, 0xf7a8c8, 0xfff0f4, 0xf2c23a, 0);

    private final Interest interest;
    private final Ground land;
    private final SplittableRandom random;
    private final Noise noise;
    private final List<Bed> beds = new ArrayList<>();
    private final List<Shadow> shadows = new ArrayList<>();
    private final List<Drawn> drawn = new ArrayList<>();
    /** What opens and closes. */
    final Flowers flowers = new Flowers();

    Planting(Interest interest, Ground land, long seed) {
        this.interest = interest;
        this.land = land;
        random = new SplittableRandom(seed ^ 0x6a7d);
        noise = new Noise(seed ^ 0x33);
        trees();
        bushes();
        lawn();
        flowers();
        pond();
        arch();
        bench();
    }

    private boolean free(float x, float z, float margin) {
        return land.offPath(x, z) > Ground.PATH + margin && land.inPond(x, z) < -margin;
    }

    private void trees() {
        boolean blossoming = interest == Interest.TREES;
        List<Instances> blossom = sets(2);
        int count = blossoming ? 9 : 2;
        for (int i = 0; i < count; i++) {
            double way = blossoming ? -1.25 + 2.5 * i / (count - 1) : i == 0 ? -0.62 : 0.52;
            float away = (blossoming ? 9.5f : 11.5f) + 3.4f * random.nextFloat();
            float x = away * (float) Math.sin(way);
            float z = -away * (float) Math.cos(way) - 1;
            if (free(x, z, 0.9f)) {
                stand(blossom.get(i % 2), x, z, 0.62f + 0.16f * random.nextFloat(), 1.9f, 0.34f);
            }
        }
        int[][] petals = {{0xd48aa6, 0xffdce6}, {0xd8b0b8, 0xfff6f4}};
        for (int i = 0; i < 2; i++) {
            Shape near = Plants.blossoming(random, petals[i][0], petals[i][1], 2);
            beds.add(new Bed(near, blossom.get(i), 0, 9, 0.2f, true));
            Shape far = Plants.blossoming(random, petals[i][0], petals[i][1], 1);
            beds.add(new Bed(far, blossom.get(i), 9, 60, 0.2f, true));
        }
        List<Instances> far = sets(3);
        scatter(far, 70, 5.4f, 0.9f, 1.5f, 1.9f, 0.3f, (x, z, h) -> {
            double away = Math.hypot(x, z + 8);
            return away < 19 || away < 30 && z > -9 || z > 22 ? 0 : 0.72f;
        });
        int[][] leaves = {{0x34532c, 0x8faa4c}, {0x3d5c2e, 0xa6b552}};
        for (int i = 0; i < 2; i++) {
            Shape near = Plants.broadleaf(random, leaves[i][0], leaves[i][1], 1);
            beds.add(new Bed(near, far.get(i), 0, 20, 0.7f, false));
            Shape behind = Plants.broadleaf(random, leaves[i][0], leaves[i][1], 0);
            beds.add(new Bed(behind, far.get(i), 20, WOOD, 0.7f, false));
            Shape tree = DistantPlants.broadleaf(random, leaves[i][0], leaves[i][1]);
            beds.add(new Bed(tree, far.get(i), WOOD, 110, 0.7f, false));
        }
        beds.add(new Bed(Plants.conifer(random, 0x2b4a34, 0x64875a), far.get(2), 0, WOOD, 0.3f, false));
        beds.add(new Bed(DistantPlants.conifer(random, 0x2b4a34, 0x64875a), far.get(2), WOOD, 110, 0.3f, false));
    }

    private void bushes() {
        List<Instances> hedge = sets(2);
        for (int i = 0; i <= 44; i++) {
            double way = -1.75 + 3.5 * i / 44;
            float away = 17.6f + 0.5f * random.nextFloat();
            float x = away * (float) Math.sin(way);
            float z = -8 - away * 0.78f * (float) Math.cos(way);
            if (Math.abs(x - land.pathX(z)) > 1.5f) {
                stand(hedge.get(i % 2), x, z, 1.7f + 0.4f * random.nextFloat(), 1.5f, 0.4f);
            }
        }
        Where edge =
                (x, z, h) -> free(x, z, 2.2f) && land.inBed(x, z) < 0.1f && Math.hypot(x, z + 8) > 8.5f ? 0.30f : 0;
        scatter(hedge, 16, 2.6f, 0.6f, 1.0f, 0.8f, 0.35f, edge);
        int[][] leaves = {{0x3a5c2f, 0x86a64c}, {0x40632f, 0x9db456}};
        for (int i = 0; i < 2; i++) {
            Shape near = Plants.bush(random, leaves[i][0], leaves[i][1]);
            beds.add(new Bed(near, hedge.get(i), 0, 8, 0.7f, false));
            Shape bush = DistantPlants.bush(random, leaves[i][0], leaves[i][1]);
            beds.add(new Bed(bush, hedge.get(i), 8, 60, 0.7f, false));
        }
    }

    private void lawn() {
        List<Instances> grass = sets(2);
        scatter(grass, 13, 0.42f, 0.28f, 0.5f, 0, 0, (x, z, h) -> {
            boolean lawn = free(x, z, 0.12f) && land.inBed(x, z) < 0.05f;
            return lawn ? 0.9f * (1 - (float) Math.hypot(x, z) / 14) : 0;
        });
        scatter(grass, 17, 0.5f, 0.7f, 1.25f, 0, 0, (x, z, h) -> {
            float pond = land.inPond(x, z);
            return pond > -0.75f && pond < -0.1f && land.offPath(x, z) > Ground.PATH ? 0.75f : 0;
        });
        grass.forEach(g -> {
            beds.add(new Bed(Plants.grass(random, 0x4f7a32, 0xb0c860, 7), g, 0, 6, 0, false));
            beds.add(new Bed(DistantPlants.grass(random, 0x4f7a32, 0xb0c860, 7), g, 6, 24, 0, false));
        });
    }

    private void flowers() {
        List<Instances> kinds = sets(KINDS.size());
        float spacing = interest == Interest.FLOWERS ? 0.25f : 0.30f;
        int n = (int) Math.ceil(16 / spacing);
        for (int i = -n; i <= n; i++) {
            for (int k = -2 * n; k <= 4; k++) {
                float x = (i + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float z = (k + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float chance = random.nextFloat();
                float size = 0.85f + 0.45f * random.nextFloat();
                float turn = FULL_TURN * random.nextFloat();
                float away = (float) Math.hypot(x, z);
                if (away > 17 || land.inBed(x, z) < 0.6f || chance > (away > 9 ? 0.5f : 0.85f)) {
                    continue;
                }
                // Each kind grows in drifts.
                float drift = noise.at(x * 0.55f, z * 0.55f) + 0.15f * random.nextFloat();
                int kind = Math.floorMod((int) Math.floor((drift + 1) * 5.5f), KINDS.size());
                kinds.get(kind).add(x, land.height(x, z), z, size, turn, 0.88f + 0.24f * random.nextFloat());
            }
        }
        for (int i = 0; i < KINDS.size(); i++) {
            flowers.add(KINDS.get(i), kinds.get(i));
        }
    }

    private void pond() {
        Instances pads = new Instances();
        Instances lilies = new Instances();
        int count = Math.round(3.2f * interest.pond * interest.pond);
        for (int i = 0; i < count; i++) {
            float x = interest.pondX + interest.pond * (2 * random.nextFloat() - 1);
            float z = interest.pondZ + interest.pond * (2 * random.nextFloat() - 1);
            float drift = noise.at(x * 0.5f + 30, z * 0.5f);
            float turn = FULL_TURN * random.nextFloat();
            if (land.inPond(x, z) < 0.45f || drift < 0) {
                continue;
            }
            float size = 0.7f + 0.6f * random.nextFloat();
            pads.add(x, 0.015f + 0.004f * random.nextFloat(), z, size, turn, 0.85f + 0.3f * random.nextFloat());
            if (random.nextFloat() < 0.34f) {
                lilies.add(x + 0.1f, 0, z + 0.1f, size, turn, 1);
            }
        }
        Shape pad = new Shape().colour(0x5c8a44);
        int middle = pad.vertex(0, 0, 0, 0, 1, 0);
        pad.colour(0x47743a);
        int before = -1;
        for (int i = 0; i <= 14; i++) {
            float a = FULL_TURN * (0.04f + 0.92f * i / 14);
            int now = pad.vertex(0.2f * (float) Math.cos(a), 0.006f, 0.2f * (float) Math.sin(a), 0, 1, 0);
            if (before >= 0) {
                pad.triangle(middle, now, before);
            }
            before = now;
        }
        beds.add(new Bed(pad, pads, 0, 40, 0, false));
        flowers.add(LILY, lilies);
        List<Instances> rocks = sets(2);
        int stones = Math.round(9 * interest.pond);
        for (int i = 0; i < stones; i++) {
            double way = FULL_TURN * random.nextDouble();
            float x = interest.pondX + 1.08f * interest.pond * (float) Math.cos(way);
            float z = interest.pondZ + 0.80f * interest.pond * (float) Math.sin(way);
            float pond = land.inPond(x, z);
            if (pond > -0.6f && pond < 0.25f && land.offPath(x, z) > Ground.PATH) {
                stand(rocks.get(i % 2), x, z, 0.25f + 0.45f * random.nextFloat(), 0.5f, 0.3f);
            }
        }
        rocks.forEach(r -> {
            beds.add(new Bed(Plants.rock(random, 0x8d877d, 0x8c9560, 2), r, 0, 5, 0.8f, false));
            beds.add(new Bed(Plants.rock(random, 0x8d877d, 0x8c9560, 1), r, 5, 50, 0.8f, false));
        });
    }

    /** At the end of the path: two posts and a bow, grown over with leaves and roses. */
    private void arch() {
        float z = Ground.ARCH;
        float x = land.pathX(z);
        float floor = land.height(x, z);
        Shape wood = new Shape().colour(0x8d7a62);
        Shape leaves = new Shape();
        Shape bush = DistantPlants.bush(random, 0x3c5f30, 0x8fae52);
        Instances green = new Instances();
        Instances roses = new Instances();
        for (int side = -1; side <= 1; side += 2) {
            List<Vector3f> path = new ArrayList<>();
            for (int i = 0; i <= 18; i++) {
                path.add(bow(i / 18f).add(x, floor, z + 0.3f * side));
            }
            float[] radii = new float[path.size()];
            java.util.Arrays.fill(radii, 0.035f);
            Solids.tube(wood, path, radii, 6);
        }
        for (int i = 0; i <= 30; i++) {
            float t = i / 30f;
            Vector3f p = bow(t).add(x, floor, z);
            green.add(p.x, p.y - 0.12f, p.z, 0.34f + 0.12f * random.nextFloat(), FULL_TURN * random.nextFloat(), 1);
            for (int k = 0; k < 3; k++) {
                roses.add(
                        p.x + 0.3f * (random.nextFloat() - 0.5f),
                        p.y + 0.25f * (random.nextFloat() - 0.2f),
                        p.z + 0.24f + 0.1f * random.nextFloat(),
                        1.0f + 0.5f * random.nextFloat(),
                        FULL_TURN * random.nextFloat(),
                        1);
            }
        }
        leaves.add(wood, new org.joml.Matrix4f());
        Instances once = new Instances().add(0, 0, 0, 1, 0, 1);
        beds.add(new Bed(leaves, once, 0, 60, 0.3f, false));
        beds.add(new Bed(bush, green, 0, 60, 0.7f, false));
        flowers.add(ROSE, roses);
    }

    private static Vector3f bow(float t) {
        float half = 1.05f;
        float post = 1.5f;
        if (t < 0.25f) {
            return new Vector3f(-half, post * t / 0.25f, 0);
        }
        if (t > 0.75f) {
            return new Vector3f(half, post * (1 - t) / 0.25f, 0);
        }
        double a = Math.PI * (t - 0.25f) / 0.5f;
        return new Vector3f(-half * (float) Math.cos(a), post + 0.95f * (float) Math.sin(a), 0);
    }

    private void bench() {
        float z = -7.6f;
        float x = land.pathX(z) - 3.4f;
        Shape s = new Shape().colour(0x9a7a56);
        for (int i = 0; i < 4; i++) {
            s.at(0, 0.45f, -0.2f + 0.12f * i);
            Solids.box(s, 1.5f, 0.03f, 0.09f);
        }
        for (int i = 0; i < 3; i++) {
            s.at(0, 0.60f + 0.12f * i, -0.29f - 0.03f * i);
            Solids.box(s, 1.5f, 0.08f, 0.03f);
        }
        s.colour(0x6f5740);
        for (int i = -1; i <= 1; i += 2) {
            s.at(0.65f * i, 0.22f, 0.12f);
            Solids.box(s, 0.06f, 0.48f, 0.06f);
            s.at(0.65f * i, 0.42f, -0.29f);
            Solids.box(s, 0.06f, 0.92f, 0.06f);
        }
        Instances once = new Instances().add(x, land.height(x, z), z, 1, 0.55f, 1);
        shadows.add(new Shadow(x, z, 0.9f, 0.5f));
        beds.add(new Bed(s, once, 0, 60, 0.4f, false));
    }

    private static List<Instances> sets(int count) {
        List<Instances> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Instances());
        }
        return all;
    }

    /** Over a disc about the middle of the garden, on a grid whose places are shaken. */
    private void scatter(
            List<Instances> into,
            float radius,
            float spacing,
            float least,
            float most,
            float shadow,
            float depth,
            Where where) {
        int n = (int) Math.ceil(radius / spacing);
        for (int i = -n; i <= n; i++) {
            for (int k = -n; k <= n; k++) {
                float x = (i + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float z = (k + 0.9f * (random.nextFloat() - 0.5f)) * spacing - 6;
                float chance = random.nextFloat();
                float scale = least + (most - least) * random.nextFloat();
                int which = random.nextInt(into.size());
                if (Math.hypot(x, z + 6) < radius && chance < where.likely(x, z, land.height(x, z))) {
                    stand(into.get(which), x, z, scale, shadow, depth);
                }
            }
        }
    }

    private void stand(Instances into, float x, float z, float scale, float shadow, float depth) {
        into.add(x, land.height(x, z), z, scale, FULL_TURN * random.nextFloat(), 0.88f + 0.24f * random.nextFloat());
        if (shadow > 0) {
            shadows.add(new Shadow(x, z, shadow * scale, depth));
        }
    }

    /** How much of the sky the ground sees under all that stands on it. */
    float openness(float x, float z) {
        float open = 1 - 0.25f * land.inBed(x, z);
        for (Shadow s : shadows) {
            float dx = x - s.x();
            float dz = z - s.z();
            float d = dx * dx + dz * dz;
            float reach = 1.5f * s.radius();
            if (d < reach * reach) {
                open *= 1 - s.depth() * (1 - Colours.smooth(0.15f * s.radius(), reach, (float) Math.sqrt(d)));
            }
        }
        return open;
    }

    void begin(Resources resources) {
        drawn.clear();
        for (Bed bed : beds) {
            if (bed.where().count() > 0) {
                drawn.add(new Drawn(Mesh.of(resources, bed.shape(), bed.where()), bed));
            }
        }
        flowers.begin(resources);
    }

    /** Draws all but the flowers. */
    void draw(Eye eye, Surface surface, float bloom) {
        Vector3f blossom = Colours.mix(BUDS, WHITE, bloom);
        for (Drawn d : drawn) {
            surface.tint(d.bed().blossom() ? blossom : WHITE, 0)
                    .grain(0.45f, d.bed().grain(), 0.2f);
            d.mesh().draw(eye, d.bed().nearest(), d.bed().furthest());
        }
        surface.tint(WHITE, 0).grain(1, 0, 0);
    }
}
