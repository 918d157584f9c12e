package org.anodyne.plugins.vr.comfort;

import java.util.Arrays;

/**
 * Counts opposing changes of a quantity in many places at once: a rise by at least a threshold from the lowest since the fall
 * before, then a fall by as much from the highest since, and so on; slow ones too. Thread: one.
 */
final class Transitions {
    /** More than three flashes: six changes are three pairs, the seventh begins the fourth. */
    static final int TOO_MANY = 7;

    private final float threshold;
    private final float darkest;
    private final float[] low;
    private final float[] high;
    private final byte[] direction;
    private final boolean[] known;
    private final double[] times;
    private final int[] next;

    /**
     * @param threshold least change that counts
     * @param darkest a change counts only where the darker of its ends is below this
     */
    Transitions(int places, float threshold, float darkest) {
        this.threshold = threshold;
        this.darkest = darkest;
        low = new float[places];
        high = new float[places];
        direction = new byte[places];
        known = new boolean[places];
        times = new double[places * TOO_MANY];
        next = new int[places];
        Arrays.fill(times, Double.NEGATIVE_INFINITY);
    }

    /** Forgets everything. */
    void reset() {
        Arrays.fill(known, false);
        Arrays.fill(direction, (byte) 0);
        Arrays.fill(times, Double.NEGATIVE_INFINITY);
    }

    /**
     * The value of a place at this time.
     *
     * @param counts whether a change now is one of the picture; else it is followed but not counted
     * @return whether it is the last of {@link #TOO_MANY} changes within one second
     */
    boolean add(int place, double seconds, float value, boolean counts) {
        if (!known[place]) {
            known[place] = true;
            low[place] = value;
            high[place] = value;
            return false;
        }
        low[place] = Math.min(low[place], value);
        high[place] = Math.max(high[place], value);
        boolean up = direction[place] <= 0 && value - low[place] >= threshold && low[place] < darkest;
        boolean down = direction[place] >= 0 && high[place] - value >= threshold && value < darkest;
        if (!up && !down) {
            return false;
        }
        direction[place] = (byte) (up ? 1 : -1);
        low[place] = value;
        high[place] = value;
        if (!counts) {
            return false;
        }
        int base = place * TOO_MANY;
        times[base + next[place]] = seconds;
        next[place] = (next[place] + 1) % TOO_MANY;
        return times[base + next[place]] > seconds - 1;
    }
}
