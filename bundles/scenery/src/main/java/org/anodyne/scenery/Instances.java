package org.anodyne.scenery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joml.Vector3f;

/** Where a shape stands many times. Thread: one at a time, any. */
public final class Instances {
    /** Floats of an instance: x, y, z, scale; sine and cosine of its turn, brightness, phase. */
    static final int PARTS = 8;

    private final List<float[]> all = new ArrayList<>();

    /** A part of the instances that stand near each other. */
    record Cell(int first, int count, Vector3f middle, float radius) {}

    /**
     * One more.
     *
     * @param turn about the y axis, radians
     * @param brightness its colours are multiplied by it
     */
    public Instances add(float x, float y, float z, float scale, float turn, float brightness) {
        float phase = (float) (x * 0.37 + z * 0.73);
        all.add(new float[] {x, y, z, scale, (float) Math.sin(turn), (float) Math.cos(turn), brightness, phase});
        return this;
    }

    /** How many there are. */
    public int count() {
        return all.size();
    }

    /** Place and scale of one: x, y, z, scale. */
    public float[] place(int i) {
        return java.util.Arrays.copyOf(all.get(i), 4);
    }

    /** The instances as floats, those of each cell beside each other. */
    float[] sorted(float side, float shapeRadius, List<Cell> cells) {
        Map<Long, List<float[]>> by = new LinkedHashMap<>();
        for (float[] one : all) {
            long key = (long) Math.floor(one[0] / side) * 100_003 + (long) Math.floor(one[2] / side);
            by.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
        }
        float[] out = new float[all.size() * PARTS];
        int n = 0;
        for (List<float[]> some : by.values()) {
            Vector3f low = new Vector3f(Float.POSITIVE_INFINITY);
            Vector3f high = new Vector3f(Float.NEGATIVE_INFINITY);
            float largest = 0;
            int first = n;
            for (float[] one : some) {
                low.min(new Vector3f(one[0], one[1], one[2]));
                high.max(new Vector3f(one[0], one[1], one[2]));
                largest = Math.max(largest, one[3]);
                System.arraycopy(one, 0, out, PARTS * n++, PARTS);
            }
            Vector3f middle = new Vector3f(low).add(high).mul(0.5f);
            cells.add(new Cell(first, some.size(), middle, middle.distance(high) + largest * shapeRadius));
        }
        return out;
    }
}
