package org.anodyne.plugins.virtualwalking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.DistantPlants;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;
import org.joml.Vector3f;

/**
 * What grows along the path, repeated like the land. Blades, ferns and flowers pass close by whoever walks, thinner than a pixel
 * where they are far: they are nearly as bright as the ground they stand on and end where they are no more than a flicker, so
 * that what passes by does not flash. Planned on the lane, drawn on the render thread.
 */
final class Planting {
    private static final float FULL_TURN = (float) (2 * Math.PI);
    /** Plants are set out from this far behind the beginning to this far beyond the end of the stretch, metres. */
    private static final float BEHIND = 12;

    private static final float BEYOND = 115;
    /** From these distances on trees are drawn with fewer, and with far fewer triangles, metres. */
    private static final float NEAR = 16;

    private static final float WOOD = 30;

    /** Width of a blade of grass, metres; where one is thinner than so many pixels it is left out. */
    private static final float BLADE = 0.022f;

    private static final float THINNEST = 0.6f;
    private static final int SEA_GRASS = 0xa8aa6a;
    private static final int WOOD_GRASS = 0x6b8540;
    /** The ground about what is dark is bare for so many metres. */
    private static final float BARE = 1.8f;
    /** Side of a square in which shadows are looked for, metres. */
    private static final float SQUARE = 8;

    /** {@code thin}: how wide its blades are, metres; 0 for what is not thin. */
    private record Bed(Shape shape, Instances where, float nearest, float furthest, float grain, float thin) {
        Bed(Shape shape, Instances where, float nearest, float furthest, float grain) {
            this(shape, where, nearest, furthest, grain, 0);
        }

        float until(Eye eye) {
            return thin > 0 ? Math.min(furthest, thin * eye.pixelsPerMetre() / THINNEST) : furthest;
        }
    }

    private record Drawn(Mesh mesh, Bed bed) {}

    private record Shadow(float x, float z, float radius, float depth) {}

    private final Way land;
    private final SplittableRandom random;
    private final List<Bed> beds = new ArrayList<>();
    private final java.util.Map<Long, List<Shadow>> shadows = new java.util.HashMap<>();
    private final List<Drawn> drawn = new ArrayList<>();

    Planting(Way land, long seed) {
        this.land = land;
        random = new SplittableRandom(seed ^ 0x7a1c);
        if (land.sea) {
            seaside();
        } else {
            forest();
        }
    }

    private void forest() {
        List<Instances> trees = sets(2);
        scatter(trees, 3.4f, 30, 5.2f, 0.85f, 1.5f, 1.8f, 0.42f, 0.72f);
        // Their tiers would hang over the path at the height of the face.
        List<Instances> firs = sets(1);
        scatter(firs, 13, 38, 6.2f, 0.9f, 1.6f, 1.8f, 0.42f, 0.62f);
        int[][] leaves = {{0x34522a, 0x9db24c}, {0x2f4d2c, 0x86a548}};
        for (int i = 0; i < 2; i++) {
            Shape near = Plants.broadleaf(new SplittableRandom(11 + i), leaves[i][0], leaves[i][1], 1);
            Shape far = Plants.broadleaf(new SplittableRandom(11 + i), leaves[i][0], leaves[i][1], 0);
            beds.add(new Bed(near, trees.get(i), 0, NEAR, 0.7f));
            beds.add(new Bed(far, trees.get(i), NEAR, WOOD, 0.7f));
            Shape furthest = DistantPlants.broadleaf(new SplittableRandom(11 + i), leaves[i][0], leaves[i][1]);
            beds.add(new Bed(furthest, trees.get(i), WOOD, 90, 0.7f));
        }
        beds.add(new Bed(Plants.conifer(random, 0x29452f, 0x5f8150), firs.get(0), 0, WOOD, 0.3f));
        beds.add(new Bed(DistantPlants.conifer(random, 0x29452f, 0x5f8150), firs.get(0), WOOD, 90, 0.3f));
        List<Instances> ferns = sets(1);
        scatter(ferns, 1.35f, 8, 1.7f, 0.6f, 1.3f, 0, 0, 0.55f);
        Shape fern = Plants.fern(new SplittableRandom(23), 0x5d763a, 0x7a9148);
        Shape further = DistantPlants.fern(new SplittableRandom(23), 0x5d763a, 0x7a9148);
        beds.add(new Bed(fern.litAsGround(), ferns.get(0), 0, 9, 0));
        beds.add(new Bed(further.litAsGround(), ferns.get(0), 9, 24, 0));
        List<Instances> grass = sets(2);
        scatter(grass, 1.05f, 5, 0.62f, 0.5f, 1.0f, 0, 0, 0.6f);
        grass.forEach(g ->
                beds.add(new Bed(Plants.grass(random, 0x829f4d, WOOD_GRASS, 6).litAsGround(), g, 0, 18, 0, BLADE)));
        flowers(0xbcb4c8, 0xc8b060, WOOD_GRASS);
        flowers(0x9c88cc, 0xd8c890, WOOD_GRASS);
        rocks(0x7d786f, 0x6f8048, 7);
    }

    /** What is dark comes first: nothing thin and bright grows where it would pass by before it. */
    private void seaside() {
        List<Instances> bushes = sets(2);
        scatter(bushes, 4.0f, 26, 3.6f, 0.6f, 1.5f, 0.8f, 0.4f, 0.30f);
        int[][] leaves = {{0x7a8c4c, 0x8f9e56}, {0x848e54, 0x9ca45e}};
        for (int i = 0; i < 2; i++) {
            beds.add(new Bed(Plants.bush(random, leaves[i][0], leaves[i][1]), bushes.get(i), 0, 14, 0.3f));
            beds.add(new Bed(DistantPlants.bush(random, leaves[i][0], leaves[i][1]), bushes.get(i), 14, 60, 0.3f));
        }
        List<Instances> pines = sets(2);
        scatter(pines, 14, 42, 6.5f, 0.7f, 1.2f, 1.7f, 0.35f, 0.55f);
        beds.add(new Bed(Plants.conifer(random, 0x2f4b34, 0x6b8a58), pines.get(0), 0, WOOD, 0.3f));
        beds.add(new Bed(DistantPlants.conifer(random, 0x2f4b34, 0x6b8a58), pines.get(0), WOOD, 115, 0.3f));
        for (int fineness = 1; fineness >= 0; fineness--) {
            Shape tree = Plants.broadleaf(new SplittableRandom(17), 0x3c5730, 0x9aab56, fineness);
            beds.add(new Bed(tree, pines.get(1), fineness > 0 ? 0 : 26, fineness > 0 ? 26 : WOOD, 0.7f));
        }
        Shape tree = DistantPlants.broadleaf(new SplittableRandom(17), 0x3c5730, 0x9aab56);
        beds.add(new Bed(tree, pines.get(1), WOOD, 115, 0.7f));
        rocks(0xc4b59c, 0xc8b694, 10);
        List<Instances> grass = sets(2);
        scatter(grass, 1.1f, 7, 0.6f, 0.6f, 1.15f, 0, 0, 0.36f);
        grass.forEach(g ->
                beds.add(new Bed(Plants.grass(random, 0xbabc76, SEA_GRASS, 7).litAsGround(), g, 0, 12, 0, BLADE)));
        flowers(0xff9fb4, 0xffe08a, SEA_GRASS);
        flowers(0xe6dcc0, 0xe8c468, SEA_GRASS);
    }

    private void flowers(int petals, int heart, int stem) {
        List<Instances> set = sets(1);
        scatter(set, 1.2f, 4.5f, 1.1f, 0.7f, 1.1f, 0, 0, 0.28f);
        Shape flower = Plants.flower(random, petals, heart, stem);
        beds.add(new Bed(flower.litAsGround(), set.get(0), 0, 16, 0, BLADE));
    }

    private void rocks(int stone, int top, float furthest) {
        List<Instances> set = sets(2);
        scatter(set, 1.5f, furthest, 4.2f, 0.25f, 0.9f, 0.6f, 0.35f, 0.22f);
        set.forEach(s -> beds.add(new Bed(Plants.rock(random, stone, top, 2), s, 0, 60, 0.8f)));
    }

    private static List<Instances> sets(int count) {
        List<Instances> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Instances());
        }
        return all;
    }

    /** Along both sides of the path, from one distance of it to another; everything comes again after the length of the way. */
    private void scatter(
            List<Instances> into,
            float from,
            float to,
            float spacing,
            float least,
            float most,
            float shadow,
            float depth,
            float likely) {
        int columns = (int) Math.ceil(to / spacing);
        int rows = Math.round(Way.LENGTH / spacing);
        for (int k = 0; k < rows; k++) {
            for (int i = -columns; i <= columns; i++) {
                float beside = (i + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float z = -(k + 0.9f * random.nextFloat()) * Way.LENGTH / rows;
                float chance = random.nextFloat();
                float scale = least + (most - least) * random.nextFloat();
                float turn = FULL_TURN * random.nextFloat();
                float bright = shadow > 0 ? 0.86f + 0.28f * random.nextFloat() : 0.95f + 0.10f * random.nextFloat();
                Instances set = into.get(random.nextInt(into.size()));
                float x = beside + Way.middle(z);
                boolean beach = land.sea && beside > 4.6f;
                if (Math.abs(beside) < from
                        || Math.abs(beside) > to
                        || beach
                        || land.offPath(x, z) < 0.12f
                        || chance > likely) {
                    continue;
                }
                if (land.sea && shadow == 0 && nearDark(x, z)) {
                    continue;
                }
                float y = land.height(x, z);
                bright *= shadow > 0 ? 1 : under(x, z) * asGround(x, y, z);
                for (float shift = Way.LENGTH; shift >= -Way.LENGTH; shift -= Way.LENGTH) {
                    float at = z + shift;
                    if (at < BEHIND && at > -Way.LENGTH - BEYOND) {
                        set.add(x, y, at, scale, turn, bright);
                        shade(new Shadow(x, at, shadow * scale, depth));
                    }
                }
            }
        }
    }

    /** What colours are to be multiplied by in the shade of what stands around, as the light on the ground there is. */
    private float under(float x, float z) {
        float open = openness(x, z);
        return (float) Math.sqrt(open * (0.35f + 0.65f * open));
    }

    private void shade(Shadow s) {
        if (s.radius() > 0) {
            shadows.computeIfAbsent(square(s.x(), s.z()), k -> new ArrayList<>())
                    .add(s);
        }
    }

    private static long square(float x, float z) {
        return (long) Math.floor(x / SQUARE) * 1_000_003 + (long) Math.floor(z / SQUARE);
    }

    /** What the colour of grass is to be multiplied by so that it is as bright as the ground it grows on. */
    private float asGround(float x, float y, float z) {
        Vector3f ground = land.cover(x, y, z, land.normal(x, z, 0.3f));
        return (float) Math.sqrt(light(ground) / light(Colours.of(land.sea ? SEA_GRASS : WOOD_GRASS)));
    }

    /** Relative luminance of a colour, as {@code Surface} reckons with it. */
    private static float light(Vector3f c) {
        return 0.2126f * c.x * c.x + 0.7152f * c.y * c.y + 0.0722f * c.z * c.z;
    }

    /** Whether a place is so near to a bush or a rock that what grows there is seen before it. */
    private boolean nearDark(float x, float z) {
        for (int i = -1; i <= 1; i++) {
            for (int k = -1; k <= 1; k++) {
                for (Shadow s : shadows.getOrDefault(square(x + i * SQUARE, z + k * SQUARE), List.of())) {
                    if (Math.hypot(x - s.x(), z - s.z()) < s.radius() + BARE) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** How much of the sky the ground sees under all that stands on it. */
    float openness(float x, float z) {
        float open = 1;
        for (int i = -1; i <= 1; i++) {
            for (int k = -1; k <= 1; k++) {
                for (Shadow s : shadows.getOrDefault(square(x + i * SQUARE, z + k * SQUARE), List.of())) {
                    float d = (float) Math.hypot(x - s.x(), z - s.z());
                    open *= 1 - s.depth() * (1 - Colours.smooth(0.15f * s.radius(), 1.5f * s.radius(), d));
                }
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

    void draw(Eye eye, Surface surface) {
        for (Drawn d : drawn) {
            surface.grain(0.45f, d.bed().grain(), 0.2f);
            d.mesh().draw(eye, d.bed().nearest(), d.bed().until(eye));
        }
        surface.grain(1, 0, 0);
    }
}
