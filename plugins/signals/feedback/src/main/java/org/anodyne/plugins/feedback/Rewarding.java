package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Reward from a level, the same rule whatever the level comes from: it is there once the level has been at the mark or above,
 * without a break, for a time. No level, or a gap of more than 2 s, breaks it.
 *
 * <p>A level that is not the person's own is shifted so that reward comes as often as asked for: after each value by
 * rate × time × (wanted share − 1 if there was reward, else 0), the stochastic approximation of a quantile of H. Robbins and
 * S. Monro (Annals of Mathematical Statistics 22, 1951) with steps that stay as small as they are.
 */
final class Rewarding {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long GAP_NANOS = 2_000_000_000L;
    /** Of the level's range, per second: at most so fast does the shift go. Engineering default. */
    private static final double RATE = 0.02;
    /** The shift stays within this, or a level would be cut off for good. */
    private static final double MOST = 0.9;

    private final double mark;
    private final long holdNanos;
    private final double share;
    private long sinceNanos = NEVER;
    private long lastNanos = NEVER;
    private double shift;

    /**
     * @param mark NaN where there is no reward
     * @param share how often there is to be reward, 0 to 1; NaN where the level is not shifted
     */
    Rewarding(double mark, long holdNanos, double share) {
        this.mark = mark;
        this.holdNanos = holdNanos;
        this.share = share;
    }

    /** The level as it would be shown. */
    double level(double raw) {
        return Double.isNaN(share) ? raw : Mapping.cut(raw + shift);
    }

    /** Whether there is reward at a level as it would be shown; NaN: there is none. */
    boolean at(long timeNanos, double level) {
        long step = lastNanos == NEVER ? 0 : timeNanos - lastNanos;
        if (step > GAP_NANOS) {
            sinceNanos = NEVER;
        }
        lastNanos = timeNanos;
        if (level >= mark) {
            sinceNanos = sinceNanos == NEVER ? timeNanos : sinceNanos;
        } else {
            sinceNanos = NEVER;
        }
        boolean reward = sinceNanos != NEVER && timeNanos - sinceNanos >= holdNanos;
        if (!Double.isNaN(share) && !Double.isNaN(level)) {
            double seconds = Math.min(step, GAP_NANOS) / 1e9;
            shift = Math.max(-MOST, Math.min(MOST, shift + RATE * seconds * (share - (reward ? 1 : 0))));
        }
        return reward;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(sinceNanos);
        out.writeLong(lastNanos);
        out.writeDouble(shift);
    }

    void read(DataInputStream in) throws IOException {
        sinceNanos = in.readLong();
        lastNanos = in.readLong();
        shift = in.readDouble();
    }
}
