package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * The share of clean values with reward within the last so many seconds of training, and how much easier than their rules the
 * thresholds are made to keep it within its limits. Values of other blocks do not enter.
 */
final class ShareKeeper {
    private static final long DEFAULT_OVER_NANOS = 30_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;
    /** A share is acted upon when it rests on at least this part of its time. */
    private static final double ENOUGH = 0.5;

    private final Optional<Settings.Share> limits;
    private final RunningWindow window;
    private double ease;
    private long movedNanos = NEVER;

    ShareKeeper(Optional<Settings.Share> limits) {
        this.limits = limits;
        window = new RunningWindow(limits.map(Settings.Share::overNanos).orElse(DEFAULT_OVER_NANOS));
    }

    /** In units of the distance from value 0.5 to value 1; above 0 it is easier. */
    double ease() {
        return ease;
    }

    /** NaN before there was a value. */
    double share() {
        return window.mean();
    }

    /** A clean value of a training block. */
    void add(long timeNanos, boolean reward) {
        window.add(timeNanos, reward ? 1 : 0);
        if (limits.isEmpty()) {
            return;
        }
        Settings.Share l = limits.get();
        boolean due = movedNanos == NEVER || timeNanos - movedNanos >= l.everyNanos();
        if (!due || window.spanNanos() < ENOUGH * l.overNanos()) {
            return;
        }
        double share = share();
        double to = share < l.least() ? ease + l.step() : share > l.most() ? ease - l.step() : ease;
        to = Math.max(-l.limit(), Math.min(l.limit(), to));
        if (to != ease) {
            ease = to;
            movedNanos = timeNanos;
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(ease);
        out.writeLong(movedNanos);
        window.write(out);
    }

    void read(DataInputStream in) throws IOException {
        ease = in.readDouble();
        movedNanos = in.readLong();
        window.read(in);
    }
}
