package org.anodyne.plugins.island;

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

/** What grows and lies on the ground. Planned on the lane, then drawn on the render thread. */
final class Planting {
    private static final float FULL_TURN = (float) (2 * Math.PI);
    /** From these distances on trees and grass are drawn with far fewer triangles, metres. */
    private static final float WOOD = 75;

    private static final float MEADOW = 8;

    /** A shape and where it stands; drawn from one distance to another. */
    private record Bed(Shape shape, Instances where, float nearest, float furthest, boolean grainy) {}

    /** A round shadow on the ground. */
    private record Shadow(float x, float z, float radius, float depth) {}

    private record Drawn(Mesh mesh, Bed bed) {}

    /** Where something may stand: its likelihood, 0 to 1. */
    private interface Where {
        float likely(float x, float z, float height);
    }

    private final Land land;
    private final SplittableRandom random;
    private final Noise noise;
    private final List<Bed> beds = new ArrayList<>();
    private final List<Shadow> shadows = new ArrayList<>();
    private final List<Drawn> drawn = new ArrayList<>();

    Planting(Interest interest, Land land, long seed) {
        this.land = land;
        random = new SplittableRandom(seed ^ 0x91a7);
        noise = new Noise(seed ^ 0x6b);
        switch (interest) {
            case SEA -> sea();
            case FOREST -> forest();
            case MOUNTAINS -> mountains();
            case STARS -> stars();
        }
    }

    private void sea() {
        List<Instances> palms = sets(3);
        float[][] near = {
            {-6.4f, -6.6f},
            {-9.4f, -7.2f},
            {-11.8f, -8.6f},
            {8.3f, -8.6f},
            {-8.6f, -1.0f},
            {12.6f, -7.0f},
            {-13, 2},
            {5, 7}
        };
        for (int i = 0; i < near.length; i++) {
            stand(palms.get(i % 3), near[i][0], near[i][1], 0.9f + 0.03f * i, 1.7f * i, 1.6f, 0.40f);
        }
        scatter(palms, 90, 8.5f, 0.8f, 1.2f, 1.6f, 0.4f, (x, z, h) -> {
            boolean inView = Math.abs(x) < 0.45f * -z || Math.hypot(x, z) < 13;
            return inView || h < 0.95f || h > 5 ? 0 : 0.55f;
        });
        palms.forEach(p -> beds.add(new Bed(Plants.palm(random), p, 0, 160, false)));
        List<Instances> far = sets(2);
        scatter(
                far,
                330,
                7.5f,
                0.8f,
                1.5f,
                2.0f,
                0.35f,
                (x, z, h) -> h < 3.4f || Math.hypot(x, z) < 45
                        ? 0
                        : 0.85f * Colours.smooth(-0.35f, 0.1f, noise.fbm(x * 0.03f, z * 0.03f, 2)));
        far.forEach(f -> {
            beds.add(new Bed(Plants.broadleaf(random, 0x2c4d2b, 0x84a04a, 0), f, 0, WOOD, true));
            beds.add(new Bed(DistantPlants.broadleaf(random, 0x2c4d2b, 0x84a04a), f, WOOD, 420, true));
        });
        rocks(0x8a7c70, 0xb8a684, 26, (x, z, h) -> h > -0.1f && h < 1.0f && Math.abs(x) > 5 ? 0.16f : 0);
        Instances pebbles = new Instances();
        scatter(
                List.of(pebbles),
                14,
                0.55f,
                0.025f,
                0.09f,
                0.35f,
                0.3f,
                (x, z, h) -> h > 0.1f && Math.hypot(x, z) > 1.5 ? 0.16f : 0);
        beds.add(new Bed(Plants.rock(random, 0xb8a896, 0xe9dcc8, 1), pebbles, 0, 40, false));
        Instances bushes = new Instances();
        scatter(
                List.of(bushes),
                45,
                3.2f,
                0.7f,
                1.5f,
                0.7f,
                0.3f,
                (x, z, h) -> h > 1.35f && h < 4 && !inWay(x, z) ? 0.55f : 0);
        beds.add(new Bed(Plants.bush(random, 0x3c5f30, 0x93a94f), bushes, 0, 60, true));
        grasses(
                0x6f7c3c,
                0xc9c878,
                18,
                0.5f,
                (x, z, h) -> h > 0.85f
                        ? 0.75f * Colours.smooth(-0.1f, 0.3f, noise.at(x * 0.3f, z * 0.3f) + 0.5f * (h - 1))
                        : 0);
        flowers(0xff9fb4, 0xffe08a, 16, (x, z, h) -> h > 1.2f ? 0.25f : 0);
    }

    private static boolean inWay(float x, float z) {
        return Math.abs(x) < 3 && z < 2 || Math.hypot(x, z) < 3;
    }

    private void forest() {
        Where wood = (x, z, h) -> {
            double away = Math.hypot(x, z);
            boolean gap = z < 0 && Math.abs(x + 0.12f * z) < 2.5f + 0.10f * -z;
            return h < 0.25f || away < 8.5f || gap ? 0 : 0.8f;
        };
        List<Instances> near = sets(2);
        scatter(near, 14.5f, 5.6f, 0.95f, 1.5f, 2.6f, 0.55f, wood);
        for (int i = 0; i < 2; i++) {
            int light = i == 0 ? 0x9db04c : 0xc2a64a;
            beds.add(new Bed(Plants.broadleaf(random, 0x33502a, light, 2), near.get(i), 0, 10, true));
            beds.add(new Bed(Plants.broadleaf(random, 0x33502a, light, 1), near.get(i), 10, 34, true));
        }
        List<Instances> far = sets(4);
        Where outside = (x, z, h) -> Math.hypot(x, z) < 15 ? 0 : wood.likely(x, z, h) * 0.8f;
        scatter(far, 78, 6.8f, 1.0f, 1.8f, 2.4f, 0.5f, outside);
        beds.add(new Bed(Plants.broadleaf(random, 0x34512c, 0x8fa84a, 1), far.get(0), 0, 45, true));
        beds.add(new Bed(Plants.broadleaf(random, 0x34512c, 0x8fa84a, 0), far.get(3), 0, 50, true));
        beds.add(new Bed(DistantPlants.broadleaf(random, 0x34512c, 0x8fa84a), far.get(3), 50, 110, true));
        conifers(far.get(1), 0x25402c, 0x5f7f48, 50, 150);
        conifers(far.get(2), 0x27432f, 0x567546, 50, 150);
        Instances ferns = new Instances();
        scatter(
                List.of(ferns),
                22,
                1.5f,
                0.7f,
                1.5f,
                0,
                0,
                (x, z, h) -> h > 0.22f && Math.hypot(x, z) > 3.5f
                        ? 0.5f * Colours.smooth(-0.2f, 0.3f, noise.at(x * 0.2f, z * 0.2f))
                        : 0);
        beds.add(new Bed(Plants.fern(random, 0x35562b, 0x8fae4c), ferns, 0, 32, false));
        rocks(0x77726a, 0x6f8048, 20, (x, z, h) -> h > -0.3f && h < 0.5f && Math.hypot(x, z) > 4 ? 0.30f : 0.01f);
        grasses(0x4c6a2e, 0xb4c45c, 12, 0.40f, (x, z, h) -> h > 0.15f ? 0.8f : 0);
        flowers(0xf4f0ff, 0xffd75a, 14, (x, z, h) -> h > 0.3f ? 0.28f : 0);
        flowers(0xb79af0, 0xffe9a0, 14, (x, z, h) -> h > 0.3f && noise.at(x * 0.3f, z * 0.3f) > 0.1f ? 0.4f : 0);
    }

    private void mountains() {
        List<Instances> trees = sets(2);
        scatter(trees, 300, 7.0f, 0.8f, 1.6f, 1.7f, 0.4f, (x, z, h) -> {
            if (h < 1.2f || h > 78 || Math.hypot(x, z) < 16 || z < 0 && Math.abs(x) < 10 - 0.22f * z && z > -60) {
                return 0;
            }
            return land.steepness(x, z) > 0.35f
                    ? 0
                    : 0.9f * Colours.smooth(-0.05f, 0.3f, noise.fbm(x * 0.02f, z * 0.02f, 3));
        });
        trees.forEach(t -> conifers(t, 0x22402f, 0x5c7d4c, WOOD, 330));
        rocks(0x8b8781, 0x8a8f62, 40, (x, z, h) -> Math.hypot(x, z) > 4 && h > 0.2f ? 0.045f : 0);
        grasses(0x55702f, 0xc4cb68, 17, 0.40f, (x, z, h) -> h > 0.6f ? 0.85f : 0);
        flowers(0xfff4e2, 0xffd24a, 20, (x, z, h) -> h > 1 ? 0.3f : 0);
        flowers(0x8f8cf0, 0xfff0b0, 20, (x, z, h) -> h > 1 && noise.at(x * 0.2f, z * 0.2f) > 0 ? 0.45f : 0);
        flowers(0xff8f8f, 0xffe08a, 20, (x, z, h) -> h > 1 && noise.at(x * 0.2f + 9, z * 0.2f) > 0.1f ? 0.45f : 0);
    }

    private void stars() {
        List<Instances> trees = sets(2);
        scatter(
                trees,
                110,
                6.5f,
                0.6f,
                1.1f,
                1.6f,
                0.4f,
                (x, z, h) -> h < 2 || Math.hypot(x, z) < 20 || Math.abs(x) < 0.35f * -z ? 0 : 0.45f);
        trees.forEach(t -> conifers(t, 0x22402f, 0x5c7d4c, WOOD, 200));
        Instances oak = new Instances();
        // Beside whoever looks over the sea, before neither the moon nor its path.
        stand(oak, -9.5f, 6.5f, 1.15f, 0.4f, 3.0f, 0.45f);
        beds.add(new Bed(Plants.broadleaf(random, 0x2f4a2c, 0x7f984c, 2), oak, 0, 60, true));
        rocks(0x7e7a76, 0x77804e, 26, (x, z, h) -> Math.hypot(x, z) > 4 ? 0.05f : 0);
        grasses(0x52683a, 0xb4ba70, 17, 0.42f, (x, z, h) -> h > 3 ? 0.8f : 0);
        flowers(0xf4f2ff, 0xffe9a0, 14, (x, z, h) -> 0.3f);
    }

    private void conifers(Instances where, int dark, int light, float simpler, float furthest) {
        beds.add(new Bed(Plants.conifer(random, dark, light), where, 0, simpler, false));
        beds.add(new Bed(DistantPlants.conifer(random, dark, light), where, simpler, furthest, false));
    }

    private static List<Instances> sets(int count) {
        List<Instances> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Instances());
        }
        return all;
    }

    private void rocks(int stone, int top, float radius, Where where) {
        List<Instances> sets = sets(2);
        scatter(sets, radius, 2.4f, 0.25f, 1.7f, 0.7f, 0.35f, where);
        sets.forEach(s -> beds.add(new Bed(Plants.rock(random, stone, top, 2), s, 0, 90, true)));
    }

    private void grasses(int dark, int light, float radius, float spacing, Where where) {
        List<Instances> sets = sets(2);
        scatter(sets, radius, spacing, 0.6f, 1.15f, 0, 0, (x, z, h) -> {
            float away = (float) Math.hypot(x, z);
            return where.likely(x, z, h) * (1.05f - away / radius);
        });
        sets.forEach(s -> {
            beds.add(new Bed(Plants.grass(random, dark, light, 8), s, 0, MEADOW, false));
            beds.add(new Bed(DistantPlants.grass(random, dark, light, 8), s, MEADOW, 40, false));
        });
    }

    private void flowers(int petals, int heart, float radius, Where where) {
        Instances set = new Instances();
        scatter(List.of(set), radius, 0.8f, 0.6f, 1.05f, 0, 0, where);
        beds.add(new Bed(Plants.flower(random, petals, heart), set, 0, 30, false));
    }

    /** Over a disc, on a grid whose places are shaken. */
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
                float z = (k + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float chance = random.nextFloat();
                float scale = least + (most - least) * random.nextFloat();
                float turn = FULL_TURN * random.nextFloat();
                int which = random.nextInt(into.size());
                if (Math.hypot(x, z) > radius || chance >= where.likely(x, z, land.height(x, z))) {
                    continue;
                }
                stand(into.get(which), x, z, scale, turn, shadow, depth);
            }
        }
    }

    private void stand(Instances into, float x, float z, float scale, float turn, float shadow, float depth) {
        into.add(x, land.height(x, z), z, scale, turn, 0.86f + 0.28f * random.nextFloat());
        if (shadow > 0) {
            shadows.add(new Shadow(x, z, shadow * scale, depth));
        }
    }

    /** How much of the sky the ground sees under all that stands on it. */
    float openness(float x, float z) {
        float open = 1;
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
    }

    void draw(Eye eye, org.anodyne.scenery.Surface surface) {
        for (Drawn d : drawn) {
            surface.closed(false).grain(0.7f, d.bed().grainy() ? 0.8f : 0.25f, 0.25f);
            d.mesh().draw(eye, d.bed().nearest(), d.bed().furthest());
        }
        surface.grain(1, 0, 0);
    }
}
