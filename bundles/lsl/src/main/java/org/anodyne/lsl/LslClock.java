package org.anodyne.lsl;

/** The clock that time stamps of this host are read from: monotonic seconds, the same as {@link System#nanoTime()}. */
public final class LslClock {
    private LslClock() {}

    /** Now, in seconds; of no meaning but by its differences. */
    public static double seconds() {
        return seconds(System.nanoTime());
    }

    /** A value of {@link System#nanoTime()} in seconds. */
    public static double seconds(long nanoTime) {
        return nanoTime / 1e9;
    }

    /** Seconds as a value of {@link System#nanoTime()}; what lies beyond its range is clamped. */
    public static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
