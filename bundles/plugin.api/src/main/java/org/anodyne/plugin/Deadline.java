package org.anodyne.plugin;

import java.time.Duration;

/**
 * A point of monotonic time by which something must have ended.
 *
 * @param atNanos value of {@link System#nanoTime()} at which it passes
 */
public record Deadline(long atNanos) {
    /** A deadline this far ahead. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** Whether it has passed. */
    public boolean passed() {
        return System.nanoTime() - atNanos >= 0;
    }
}
