package org.anodyne.plugins.bodyillusion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * When the limb is stroked, felt and seen. Real touches are due in an even rhythm; a picture of each begins with it or, when
 * delayed, later. Times are those of the session, nanoseconds. One thread.
 */
final class Strokes {
    /** Whether and when a stroke is seen. */
    enum Touch {
        SYNCHRONOUS,
        DELAYED,
        ABSENT
    }

    /**
     * The rhythm.
     *
     * @param delayNanos by how much a delayed stroke is seen later
     * @param perMinute strokes per minute
     */
    record Rhythm(Touch touch, long delayNanos, double perMinute) {
        long periodNanos() {
            return Math.round(60e9 / perMinute);
        }

        long lateNanos() {
            return touch == Touch.DELAYED ? delayNanos : 0;
        }
    }

    /**
     * One stroke.
     *
     * @param number counted from 1
     * @param dueNanos when the real limb is to be touched
     * @param delayNanos how much later it is seen
     * @param lengthNanos how long it lasts
     */
    record Stroke(long number, Touch touch, long dueNanos, long delayNanos, long lengthNanos) {
        long seenNanos() {
            return dueNanos + delayNanos;
        }
    }

    /** What is to be told at a frame. */
    record News(List<Stroke> announced, List<Stroke> seen) {}

    /** A stroke lasts this part of the time between two. */
    static final double DUTY = 0.5;
    /** From the beginning, or from a change, to the first touch. */
    static final long FIRST_NANOS = 1_500_000_000L;

    /** Phases of a tool that waits over the limb: before a stroke and after it. */
    private static final double OVER = -0.5;

    private static final double BACK = 1.5;

    private final long leadNanos;
    private final Deque<Stroke> coming = new ArrayDeque<>();
    private Rhythm rhythm;
    private long nextDue = Long.MIN_VALUE;
    private long number;
    private Stroke seen;

    /** @param leadNanos how long before it is due a stroke is announced */
    Strokes(Rhythm rhythm, long leadNanos) {
        this.rhythm = rhythm;
        this.leadNanos = leadNanos;
    }

    /** Goes on with another rhythm: strokes that were announced are still seen, the next is due a pause after now
     * and after them. */
    void change(Rhythm other) {
        if (!other.equals(rhythm)) {
            rhythm = other;
            nextDue = Long.MIN_VALUE;
        }
    }

    /** When the tool is free again after all strokes that were announced. */
    private long free() {
        Stroke last = coming.isEmpty() ? seen : coming.peekLast();
        return last == null ? Long.MIN_VALUE : last.seenNanos() + Math.round(last.lengthNanos() / DUTY);
    }

    /** Goes on to a frame that is seen at this time. */
    News advance(long nowNanos) {
        List<Stroke> announced = new ArrayList<>();
        if (nextDue == Long.MIN_VALUE) {
            nextDue = Math.max(nowNanos + Math.max(FIRST_NANOS, leadNanos), free());
        }
        while (nowNanos >= nextDue - leadNanos) {
            if (rhythm.touch() != Touch.ABSENT) {
                long length = Math.round(DUTY * rhythm.periodNanos());
                Stroke s = new Stroke(++number, rhythm.touch(), nextDue, rhythm.lateNanos(), length);
                coming.add(s);
                announced.add(s);
            }
            nextDue += rhythm.periodNanos();
        }
        List<Stroke> begun = new ArrayList<>();
        while (!coming.isEmpty() && nowNanos >= coming.peek().seenNanos()) {
            seen = coming.poll();
            begun.add(seen);
        }
        return new News(announced, begun);
    }

    /**
     * Where the tool is at a time: from −0.5, over the limb, to 0 on its way to it; 0 to 1 along the stroke; above 1 to 1.5 on its way
     * back to over the limb. Not a number when it is put down.
     */
    double phase(long nowNanos) {
        if (seen != null) {
            double p = (double) (nowNanos - seen.seenNanos()) / seen.lengthNanos();
            if (p <= BACK) {
                return p;
            }
        }
        Stroke next = coming.peek();
        if (next != null) {
            return approach(nowNanos, next.seenNanos(), next.lengthNanos());
        }
        if (rhythm.touch() == Touch.ABSENT) {
            return Double.NaN;
        }
        // The way to the limb may begin before the stroke is announced.
        return nextDue == Long.MIN_VALUE
                ? OVER
                : approach(nowNanos, nextDue + rhythm.lateNanos(), Math.round(DUTY * rhythm.periodNanos()));
    }

    private static double approach(long nowNanos, long seenNanos, long lengthNanos) {
        return Math.max(OVER, Math.min(0, (double) (nowNanos - seenNanos) / lengthNanos));
    }
}
