package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** There is reward while a value has been 0.5 or more, without a break, for a time. */
final class Reward {
    static final double MARK = 0.5;
    private static final long NEVER = Long.MIN_VALUE;

    private final long holdNanos;
    private long sinceNanos = NEVER;
    private long lastNanos = NEVER;

    Reward(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /** NaN breaks it, and so does a gap of more than 2 s. */
    boolean at(long timeNanos, double value) {
        if (lastNanos != NEVER && timeNanos - lastNanos > Rows.PATIENCE_NANOS) {
            sinceNanos = NEVER;
        }
        lastNanos = timeNanos;
        if (!(value >= MARK)) {
            sinceNanos = NEVER;
            return false;
        }
        if (sinceNanos == NEVER) {
            sinceNanos = timeNanos;
        }
        return timeNanos - sinceNanos >= holdNanos;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(sinceNanos);
        out.writeLong(lastNanos);
    }

    void read(DataInputStream in) throws IOException {
        sinceNanos = in.readLong();
        lastNanos = in.readLong();
    }
}
