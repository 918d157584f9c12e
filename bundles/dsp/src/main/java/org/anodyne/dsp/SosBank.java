package org.anodyne.dsp;

import java.util.Arrays;

/**
 * One filter running over all channels of a multiplexed stream: every channel gets bit for bit what a {@link SosFilter} of its own
 * would give. Works in place and allocates nothing per block. One thread at a time.
 */
public final class SosBank implements Resumable {
    private static final int KIND = 0x534F5342;
    private static final int VERSION = 1;
    private static final String NAME = "filter of many channels";

    private final Sos design;
    private final int channels;

    /** Section by section, channel by channel: the two values that {@link SosFilter} keeps. */
    private final double[] first;

    private final double[] second;

    /** @param channels how many, at least 1 */
    public SosBank(Sos design, int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException("A filter needs at least one channel, not " + channels + ".");
        }
        this.design = design;
        this.channels = channels;
        this.first = new double[design.size() * channels];
        this.second = new double[design.size() * channels];
    }

    public Sos design() {
        return design;
    }

    public int channels() {
        return channels;
    }

    /**
     * Filters a block in place.
     *
     * @param x sample by sample, all channels of each; the first {@code length} × channels values are used
     * @param length samples per channel
     */
    public void filter(double[] x, int length) {
        for (int s = 0; s < design.size(); s++) {
            double b0 = design.at(s, 0);
            double b1 = design.at(s, 1);
            double b2 = design.at(s, 2);
            double a1 = design.at(s, 4);
            double a2 = design.at(s, 5);
            int from = s * channels;
            for (int i = 0, at = 0; i < length; i++) {
                for (int m = from; m < from + channels; m++, at++) {
                    double in = x[at];
                    double y = b0 * in + first[m];
                    first[m] = b1 * in - a1 * y + second[m];
                    second[m] = b2 * in - a2 * y;
                    x[at] = y;
                }
            }
        }
    }

    /**
     * Sets the memory as if the given values had been the input for ever, as {@link SosFilter#settle}.
     *
     * @param x one value per channel; more are not looked at
     */
    public void settle(double[] x) {
        for (int c = 0; c < channels; c++) {
            double value = x[c];
            for (int s = 0; s < design.size(); s++) {
                int m = s * channels + c;
                double gain =
                        (design.at(s, 0) + design.at(s, 1) + design.at(s, 2)) / (1 + design.at(s, 4) + design.at(s, 5));
                double y = gain * value;
                second[m] = design.at(s, 2) * value - design.at(s, 5) * y;
                first[m] = design.at(s, 1) * value - design.at(s, 4) * y + second[m];
                value = y;
            }
        }
    }

    /** Forgets everything: as if the input had been 0 for ever. */
    public void reset() {
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
    }

    @Override
    public byte[] state() {
        int size = design.size();
        StateWriter out = new StateWriter(KIND, VERSION, 8 + 8 * (6 + 2 * channels) * size)
                .putInt(channels)
                .putInt(size);
        for (int s = 0; s < size; s++) {
            out.putDoubles(design.section(s));
        }
        return out.putDoubles(first).putDoubles(second).bytes();
    }

    @Override
    public void restore(byte[] state) {
        StateReader in = new StateReader(state, KIND, VERSION, NAME);
        in.expect("a number of channels of", channels);
        in.expect("a number of sections of", design.size());
        for (int s = 0; s < design.size(); s++) {
            for (int c = 0; c < 6; c++) {
                in.expect("a coefficient", design.at(s, c));
            }
        }
        double[] savedFirst = in.getDoubles(first.length);
        double[] savedSecond = in.getDoubles(second.length);
        in.end();
        System.arraycopy(savedFirst, 0, first, 0, first.length);
        System.arraycopy(savedSecond, 0, second, 0, second.length);
    }
}
