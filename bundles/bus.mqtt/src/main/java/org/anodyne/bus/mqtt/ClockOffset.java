package org.anodyne.bus.mqtt;

import java.time.Instant;
import java.util.Map;
import org.anodyne.bus.Payload;

/**
 * How far this host's monotonic clock ({@link System#nanoTime()}) is from its wall clock: wall clock = monotonic +
 * offset, in nanoseconds since 1970-01-01T00:00Z. Read between two readings of the monotonic clock; the uncertainty is
 * half of the bracket. It says nothing about how right the wall clock is.
 *
 * @param offsetNanos to be added to monotonic times of this host
 * @param uncertaintyNanos by how much the offset may be wrong
 */
record ClockOffset(long offsetNanos, long uncertaintyNanos) {
    private static final int READINGS = 8;

    /** Measures: the narrowest of several brackets counts, since a thread may lose the processor within one. */
    static ClockOffset measure() {
        ClockOffset best = null;
        for (int i = 0; i < READINGS; i++) {
            long before = System.nanoTime();
            Instant wall = Instant.now();
            long after = System.nanoTime();
            long half = (after - before + 1) / 2;
            if (best == null || half < best.uncertaintyNanos) {
                long wallNanos = Math.addExact(wall.getEpochSecond() * 1_000_000_000L, wall.getNano());
                best = new ClockOffset(wallNanos - (before + half), half);
            }
        }
        return best;
    }

    Payload.Document document() {
        return new Payload.Document(
                "clock", -1, Map.of("offsetNanos", offsetNanos, "uncertaintyNanos", uncertaintyNanos));
    }
}
