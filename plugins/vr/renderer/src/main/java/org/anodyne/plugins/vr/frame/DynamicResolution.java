package org.anodyne.plugins.vr.frame;

/**
 * Chooses how finely worlds are drawn, in parts of the surface's width and height: coarser while frames come late; finer again,
 * to try, when none has been late for a while, and after a try that failed only after twice that while. Steps and times are
 * engineering defaults. Thread: the render thread.
 */
public final class DynamicResolution {
    private static final double[] SCALES = {1, 0.8, 0.65, 0.5};
    /** Frames that are looked at together. */
    private static final int LOOKED_AT = 20;
    /** Parts of a period after which the next frame is late. */
    private static final double LATE = 1.3;

    private static final long FIRST_TRY_NANOS = 10_000_000_000L;
    private static final long LONGEST_TRY_NANOS = 160_000_000_000L;

    private int step;
    private int frames;
    private int late;
    private long calmSince = Long.MIN_VALUE;
    private long tryAfter = FIRST_TRY_NANOS;
    private boolean trying;

    /** Parts of the surface's width and height, 0.5 to 1. */
    public double scale() {
        return SCALES[step];
    }

    /**
     * A frame was given away.
     *
     * @param nowNanos when, on any clock that goes on
     * @param intervalNanos after the frame before it
     * @param periodNanos of the surface
     * @return whether {@link #scale} has changed
     */
    public boolean frame(long nowNanos, long intervalNanos, long periodNanos) {
        calmSince = calmSince == Long.MIN_VALUE ? nowNanos : calmSince;
        frames++;
        late += intervalNanos > LATE * periodNanos ? 1 : 0;
        if (frames < LOOKED_AT) {
            return false;
        }
        boolean slow = 2 * late > frames;
        boolean calm = late == 0;
        frames = 0;
        late = 0;
        if (!calm) {
            calmSince = nowNanos;
        }
        if (slow && step < SCALES.length - 1) {
            step++;
            tryAfter = trying ? Math.min(2 * tryAfter, LONGEST_TRY_NANOS) : tryAfter;
            trying = false;
            return true;
        }
        if (calm && step > 0 && nowNanos - calmSince >= tryAfter) {
            step--;
            trying = true;
            calmSince = nowNanos;
            return true;
        }
        return false;
    }
}
