package org.anodyne.dsp.spatial;

import java.util.Arrays;

/**
 * Gives channels another reference: from each target the mean of some channels is taken away. Works in place on multiplexed blocks
 * and allocates nothing per block. Without memory from sample to sample. One thread at a time.
 */
public final class Reference {
    private final int channels;

    /** Whose mean is taken from which channel; null for a channel that stays. */
    private final int[][] taken;

    /** True where every target has the same reference, which then is computed once a sample. */
    private final boolean shared;

    private final double[] row;

    private Reference(int channels, int[][] taken, boolean shared) {
        this.channels = channels;
        this.taken = taken;
        this.shared = shared;
        this.row = new double[channels];
    }

    /** The average of all channels as reference of all. */
    public static Reference average(int channels) {
        int[] all = new int[Math.max(0, channels)];
        Arrays.setAll(all, c -> c);
        return mean(channels, all, all);
    }

    /**
     * The mean of chosen channels as reference: linked mastoids with those two, the average reference with all good EEG channels.
     *
     * @param channels channels per sample
     * @param reference positions of the channels whose mean is the new reference, from 0
     * @param targets positions of the channels that get it; others stay as they are
     */
    public static Reference mean(int channels, int[] reference, int[] targets) {
        check(channels, reference, "a reference");
        check(channels, targets, "what gets the reference");
        int[] own = reference.clone();
        int[][] taken = new int[channels][];
        for (int c : targets) {
            taken[c] = own;
        }
        return new Reference(channels, taken, true);
    }

    /**
     * The Laplacian of nearest neighbours: from each channel the mean of its neighbours, which leaves what is local (B. Hjorth, "An
     * on-line transformation of EEG scalp potentials into orthogonal source derivations", Electroencephalogr. Clin. Neurophysiol.
     * 39(5), 1975).
     *
     * @param neighbours for each channel the positions of its neighbours, none for a channel that stays as it is; who is a
     *     neighbour, and that the neighbours lie evenly around, is the caller's to know
     */
    public static Reference laplacian(int[][] neighbours) {
        int channels = neighbours.length;
        int[][] taken = new int[channels][];
        boolean any = false;
        for (int c = 0; c < channels; c++) {
            if (neighbours[c].length == 0) {
                continue;
            }
            check(channels, neighbours[c], "the neighbours of channel " + c);
            for (int n : neighbours[c]) {
                if (n == c) {
                    throw new IllegalArgumentException("Channel " + c + " is named as its own neighbour.");
                }
            }
            taken[c] = neighbours[c].clone();
            any = true;
        }
        if (!any) {
            throw new IllegalArgumentException("No channel has neighbours, so there is nothing to do.");
        }
        return new Reference(channels, taken, false);
    }

    private static void check(int channels, int[] set, String what) {
        if (set.length == 0) {
            throw new IllegalArgumentException("There must be at least one channel for " + what + ".");
        }
        boolean[] seen = new boolean[Math.max(0, channels)];
        for (int c : set) {
            if (c < 0 || c >= channels) {
                throw new IllegalArgumentException(
                        "There is no channel " + c + " for " + what + "; there are 0 to " + (channels - 1) + ".");
            }
            if (seen[c]) {
                throw new IllegalArgumentException("Channel " + c + " is named twice for " + what + ".");
            }
            seen[c] = true;
        }
    }

    public int channels() {
        return channels;
    }

    /**
     * Re-references a block in place. A value that is not finite spoils what it is a reference of, at that sample only.
     *
     * @param x sample by sample, all channels of each; the first {@code length} × channels values are used
     * @param length samples per channel
     */
    public void apply(double[] x, int length) {
        for (int i = 0, at = 0; i < length; i++, at += channels) {
            System.arraycopy(x, at, row, 0, channels);
            double mean = Double.NaN;
            boolean known = false;
            for (int c = 0; c < channels; c++) {
                if (taken[c] != null) {
                    if (!known || !shared) {
                        mean = mean(taken[c]);
                        known = true;
                    }
                    x[at + c] = row[c] - mean;
                }
            }
        }
    }

    private double mean(int[] of) {
        double sum = 0;
        for (int c : of) {
            sum += row[c];
        }
        return sum / of.length;
    }
}
