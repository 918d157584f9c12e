package org.anodyne.plugins.virtualwalking;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Colours;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Instances;
import org.anodyne.scenery.Mesh;
import org.anodyne.scenery.Plants;
import org.anodyne.scenery.Shape;
import org.anodyne.scenery.Surface;

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
    /** Side of a square in which shadows are looked for, metres. */
    private static final float SQUARE = 8;

    private record Bed(Shape shape, Instances where, float nearest, float furthest, float grain) {}

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
        List<Instances> trees = sets(3);
        scatter(trees, 2.9f, 30, 5.2f, 0.85f, 1.5f, 1.8f, 0.42f, 1);
        int[][] leaves = {{0x34522a, 0x9db24c}, {0x2f4d2c, 0x86a548}};
        for (int i = 0; i < 2; i++) {
            Shape near = Plants.broadleaf(new SplittableRandom(11 + i), leaves[i][0], leaves[i][1], 1);
            Shape far = Plants.broadleaf(new SplittableRandom(11 + i), leaves[i][0], leaves[i][1], 0);
            beds.add(new Bed(near, trees.get(i), 0, 34, 0.7f));
            beds.add(new Bed(far, trees.get(i), 34, 90, 0.7f));
        }
        beds.add(new Bed(Plants.conifer(random, 0x29452f, 0x5f8150), trees.get(2), 0, 90, 0.3f));
        List<Instances> ferns = sets(1);
        scatter(ferns, 1.35f, 8, 1.7f, 0.6f, 1.3f, 0, 0, 0.55f);
        beds.add(new Bed(Plants.fern(random, 0x506c32, 0x7d9744), ferns.get(0), 0, 24, 0));
        List<Instances> grass = sets(2);
        scatter(grass, 1.05f, 5, 0.62f, 0.5f, 1.0f, 0, 0, 0.6f);
        grass.forEach(g -> beds.add(new Bed(Plants.grass(random, 0x5c7636, 0x8fa44a, 6), g, 0, 18, 0)));
        flowers(0xdcd8e4, 0xe8c860);
        flowers(0xb79af0, 0xffe9a0);
        rocks(0x7d786f, 0x6f8048, 7);
    }

    private void seaside() {
        List<Instances> grass = sets(2);
        scatter(grass, 1.1f, 7, 0.6f, 0.8f, 1.5f, 0, 0, 0.38f);
        grass.forEach(g -> beds.add(new Bed(Plants.grass(random, 0xa6a864, 0xb6b472, 7), g, 0, 12, 0)));
        List<Instances> bushes = sets(2);
        scatter(bushes, 4.0f, 26, 3.6f, 0.6f, 1.5f, 0.8f, 0.4f, 0.30f);
        beds.add(new Bed(Plants.bush(random, 0x5f7840, 0x879a50), bushes.get(0), 0, 60, 0.3f));
        beds.add(new Bed(Plants.bush(random, 0x6c7a48, 0x9aa25c), bushes.get(1), 0, 60, 0.3f));
        List<Instances> pines = sets(2);
        scatter(pines, 14, 42, 6.5f, 0.7f, 1.2f, 1.7f, 0.35f, 0.55f);
        beds.add(new Bed(Plants.conifer(random, 0x2f4b34, 0x6b8a58), pines.get(0), 0, 115, 0.3f));
        beds.add(
                new Bed(Plants.broadleaf(new SplittableRandom(17), 0x3c5730, 0x9aab56, 0), pines.get(1), 0, 115, 0.7f));
        flowers(0xff9fb4, 0xffe08a);
        flowers(0xe6dcc0, 0xe8c468);
        rocks(0xa89a84, 0xb8a684, 10);
    }

    private void flowers(int petals, int heart) {
        List<Instances> set = sets(1);
        scatter(set, 1.2f, 4.5f, 1.1f, 0.7f, 1.1f, 0, 0, 0.28f);
        beds.add(new Bed(Plants.flower(random, petals, heart), set.get(0), 0, 16, 0));
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
                float x = (i + 0.9f * (random.nextFloat() - 0.5f)) * spacing;
                float z = -(k + 0.9f * random.nextFloat()) * Way.LENGTH / rows;
                float chance = random.nextFloat();
                float scale = least + (most - least) * random.nextFloat();
                float turn = FULL_TURN * random.nextFloat();
                float bright = shadow > 0 ? 0.86f + 0.28f * random.nextFloat() : 0.95f + 0.10f * random.nextFloat();
                Instances set = into.get(random.nextInt(into.size()));
                boolean beach = land.sea && x > 4.6f;
                if (Math.abs(x) < from || Math.abs(x) > to || beach || land.offPath(x, z) < 0.12f || chance > likely) {
                    continue;
                }
                float y = land.height(x, z);
                bright *= shadow > 0 ? 1 : under(x, z);
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
            d.mesh().draw(eye, d.bed().nearest(), d.bed().furthest());
        }
        surface.grain(1, 0, 0);
    }
}
