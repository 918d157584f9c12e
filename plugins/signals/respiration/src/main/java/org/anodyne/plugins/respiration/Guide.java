package org.anodyne.plugins.respiration;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;

/**
 * A breath to follow: it begins with the phase, goes on by session time whatever the belt measures, and tells each in-breath and
 * out-breath as an event. Thread: the lane.
 */
final class Guide {
    /** Share of a breath that goes in; as the guides of the worlds, 2 parts in and 3 out. */
    static final double IN = 0.4;

    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final Outlet outlet;
    private long fromNanos = NOT_BEGUN;
    private double level;
    private boolean in;

    Guide(Outlet outlet) {
        this.outlet = outlet;
    }

    /** The next sample begins a breath. */
    void restart() {
        fromNanos = NOT_BEGUN;
        level = 0;
        in = false;
    }

    /** @param perMinute pace, above 0 */
    void at(long timeNanos, double perMinute) {
        if (fromNanos == NOT_BEGUN) {
            fromNanos = timeNanos;
        }
        double breaths = (timeNanos - fromNanos) / 60e9 * perMinute;
        double within = breaths - Math.floor(breaths);
        boolean now = within < IN;
        double part = now ? within / IN : 1 - (within - IN) / (1 - IN);
        level = (1 - StrictMath.cos(Math.PI * part)) / 2;
        if (now != in) {
            in = now;
            outlet.event(new Event(in ? "guide-in" : "guide-out", timeNanos, Map.of("breathsPerMinute", perMinute)));
        }
    }

    /** 0 when the breath is out, 1 when it is in. */
    double level() {
        return level;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(fromNanos);
        out.writeDouble(level);
        out.writeBoolean(in);
    }

    void read(DataInputStream source) throws IOException {
        fromNanos = source.readLong();
        level = source.readDouble();
        in = source.readBoolean();
    }
}
