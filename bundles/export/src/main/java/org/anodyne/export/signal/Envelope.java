package org.anodyne.export.signal;

import java.util.Arrays;
import org.anodyne.export.facts.Placement;
import org.anodyne.plugin.signal.SampleBlock;

/** Least and greatest value of some channels in even slices of the session: what a picture of the whole can show. */
public final class Envelope implements SampleSink {
    private final int[] channels;
    private final double sliceNanos;
    private final float[][] least;
    private final float[][] greatest;

    /**
     * @param channels the channels to look at
     * @param durationNanos session time that the slices cover
     * @param slices how many
     */
    public Envelope(int[] channels, long durationNanos, int slices) {
        this.channels = channels.clone();
        this.sliceNanos = Math.max(1.0, (double) durationNanos / slices);
        this.least = new float[channels.length][slices];
        this.greatest = new float[channels.length][slices];
        for (int c = 0; c < channels.length; c++) {
            Arrays.fill(least[c], Float.NaN);
            Arrays.fill(greatest[c], Float.NaN);
        }
    }

    @Override
    public void hole(Placement.Step step) {}

    @Override
    public void block(SampleBlock block, int skip) {
        double perSample = 1e9 / block.rateHz();
        for (int i = skip; i < block.length(); i++) {
            int slice = (int) ((block.startNanos() + i * perSample) / sliceNanos);
            if (slice < 0 || slice >= slices()) {
                continue;
            }
            for (int c = 0; c < channels.length; c++) {
                float v = block.at(i, channels[c]);
                if (Float.isFinite(v)) {
                    if (!(v >= least[c][slice])) {
                        least[c][slice] = v;
                    }
                    if (!(v <= greatest[c][slice])) {
                        greatest[c][slice] = v;
                    }
                }
            }
        }
    }

    public int slices() {
        return least.length == 0 ? 0 : least[0].length;
    }

    /** Middle of a slice, nanoseconds of session time. */
    public double middleNanos(int slice) {
        return (slice + 0.5) * sliceNanos;
    }

    /** Index of the stream's channel that is at this place here. */
    public int channel(int place) {
        return channels[place];
    }

    public int channels() {
        return channels.length;
    }

    /** NaN where the slice holds no sample. */
    public float least(int place, int slice) {
        return least[place][slice];
    }

    /** NaN where the slice holds no sample. */
    public float greatest(int place, int slice) {
        return greatest[place][slice];
    }
}
