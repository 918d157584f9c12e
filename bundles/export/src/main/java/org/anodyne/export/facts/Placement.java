package org.anodyne.export.facts;

import java.util.Arrays;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * Lays the blocks of one stream on an even time grid: where samples are missing, the grid has a hole that a file without
 * holes must fill. Blocks are placed one after the other; small differences between a block's time and the end of
 * the one before (clock drift, rounding) are no holes. One thread.
 */
public final class Placement {
    /** A time jump below this is jitter; BIDS readers resolve less anyway. Our default. */
    private static final double JITTER_SECONDS = 0.02;

    /** A jump beyond this is a broken time stamp and not a pause: it is reported, but no hours of filling are written. */
    private static final double LONGEST_FILL_SECONDS = 6 * 3600;

    private static final long ANCHOR_EVERY_NANOS = 10_000_000_000L;

    private final double rate;
    private long startNanos = -1;
    private long endNanos;
    private long nextIndex;
    private long samples;

    /** Session time and grid position of some blocks: the grid's clock, which a drifting source's time does not follow. */
    private long[] anchorNanos = new long[16];

    private long[] anchorSample = new long[16];
    private int anchors;

    public Placement(double rate) {
        this.rate = rate;
    }

    /** Why there is a hole. */
    public enum Hole {
        NONE,
        /** Sample numbers jump: samples were lost. */
        LOST,
        /** Time jumps and sample numbers do not: the source stood still. */
        PAUSE,
        /** Sample numbers begin anew: another source, or another process. */
        RESTART
    }

    /**
     * How one block goes on the grid.
     *
     * @param fill samples to be filled in before it
     * @param skip samples of the block to leave out, since they are on the grid already
     * @param fromNanos session time at which the hole begins
     * @param toNanos session time at which it ends
     * @param lost samples lost by number
     */
    public record Step(Hole hole, long fill, int skip, long fromNanos, long toNanos, long lost) {}

    /** Places the next block. */
    public Step place(SampleBlock block) {
        Step step = startNanos < 0 ? first(block) : next(block);
        nextIndex = block.index() + block.length();
        if (step.skip() == 0 && (anchors == 0 || block.startNanos() - anchorNanos[anchors - 1] >= ANCHOR_EVERY_NANOS)) {
            anchor(block.startNanos(), samples + step.fill());
        }
        samples += step.fill() + block.length() - step.skip();
        if (step.skip() < block.length()) {
            endNanos = block.endNanos();
        }
        return step;
    }

    private Step first(SampleBlock block) {
        startNanos = block.startNanos();
        return new Step(Hole.NONE, 0, 0, startNanos, startNanos, 0);
    }

    private Step next(SampleBlock block) {
        long jump = block.index() - nextIndex;
        double seconds = (block.startNanos() - endNanos) / 1e9;
        boolean late = seconds > Math.max(JITTER_SECONDS, 1.5 / rate);
        long fill = late && seconds <= LONGEST_FILL_SECONDS ? Math.round(seconds * rate) : 0;
        long to = Math.max(endNanos, block.startNanos());
        if (jump == 0) {
            return new Step(late ? Hole.PAUSE : Hole.NONE, fill, 0, endNanos, to, 0);
        }
        if (jump > 0) {
            return new Step(Hole.LOST, fill, 0, endNanos, to, jump);
        }
        int overlap = seconds < 0 ? (int) Math.min(block.length(), Math.round(-seconds * rate)) : 0;
        return new Step(Hole.RESTART, fill, overlap, endNanos, to, 0);
    }

    /** Session time of the first sample; −1 before the first block. */
    public long startNanos() {
        return startNanos;
    }

    /** Session time just after the last sample. */
    public long endNanos() {
        return endNanos;
    }

    /** Samples on the grid, filled ones included. */
    public long samples() {
        return samples;
    }

    private void anchor(long nanos, long sample) {
        if (anchors == anchorNanos.length) {
            anchorNanos = Arrays.copyOf(anchorNanos, anchors * 2);
            anchorSample = Arrays.copyOf(anchorSample, anchors * 2);
        }
        anchorNanos[anchors] = nanos;
        anchorSample[anchors++] = sample;
    }

    /** Seconds from the grid's first sample to a session time; may be negative. */
    public double secondsAt(long timeNanos) {
        int after = 1;
        while (after < anchors && anchorNanos[after] <= timeNanos) {
            after++;
        }
        int before = after - 1;
        double since = (timeNanos - anchorNanos[before]) / 1e9;
        boolean between = after < anchors && since > 0;
        double perSecond = between
                ? (anchorSample[after] - anchorSample[before]) / ((anchorNanos[after] - anchorNanos[before]) / 1e9)
                : rate;
        return (anchorSample[before] + since * perSecond) / rate;
    }
}
