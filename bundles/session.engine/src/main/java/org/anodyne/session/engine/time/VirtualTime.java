package org.anodyne.session.engine.time;

import java.time.Duration;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.InFlight;

/**
 * Session time that goes in short windows: timers within one window fire as soon as they are known, and time goes beyond
 * it only when nothing is under way any more. So sources need not wait for everything that follows from each block, and
 * still nothing is ever later than a window. With a finite factor it is held back to at most so many times the wall
 * clock. Thread: any.
 */
public final class VirtualTime extends DrivenTime {
    /**
     * Well below the lag of 250 ms by which secondary inputs and phases are late on purpose, and below the gate's limit:
     * results do not depend on it.
     */
    static final long WINDOW_NANOS = 100_000_000L;

    /** A window in which something is under way for so long is given up, so that a session cannot hang. */
    private static final long LONGEST_WINDOW_NANOS = 30_000_000_000L;
    /** So far behind the wall clock it catches up; engineering default. */
    private static final long MOST_BEHIND_NANOS = 200_000_000L;

    private static final Duration LOOK = Duration.ofMillis(100);

    private final InFlight inFlight;
    private final double factor;
    private final Consumer<String> problems;
    private volatile long now = -1;
    private long zeroNanos;
    private long windowEnd = -1;
    private long restedAtNanos = System.nanoTime();

    /**
     * @param factor greatest speed as a multiple of the wall clock; infinite for as fast as it goes
     * @param problems told when an instant did not end in time
     */
    public VirtualTime(InFlight inFlight, double factor, Consumer<String> problems) {
        super("session-time");
        this.inFlight = inFlight;
        this.factor = factor;
        this.problems = problems;
    }

    @Override
    public long nowNanos() {
        return now;
    }

    @Override
    public boolean virtual() {
        return true;
    }

    @Override
    void zero() {
        zeroNanos = System.nanoTime();
        now = 0;
    }

    @Override
    boolean mayFire(long nanos) {
        return nanos <= windowEnd;
    }

    @Override
    boolean quiet() throws InterruptedException {
        if (inFlight.awaitNone(LOOK)) {
            return true;
        }
        if (System.nanoTime() - restedAtNanos > LONGEST_WINDOW_NANOS) {
            problems.accept("at " + now / 1e9 + " s of session time something was under way for more than "
                    + LONGEST_WINDOW_NANOS / 1_000_000_000L
                    + " s; time went on without it, so this run may differ from others");
            return true;
        }
        return false;
    }

    @Override
    void rested(long nanos) {
        restedAtNanos = System.nanoTime();
        windowEnd = Math.max(nanos, now) + WINDOW_NANOS;
    }

    @Override
    long waitNanos(long nanos) {
        if (Double.isInfinite(factor) || nanos <= 0) {
            return 0;
        }
        long wait = zeroNanos + (long) (Math.max(nanos, now) / factor) - System.nanoTime();
        if (wait < -MOST_BEHIND_NANOS) {
            // What a process missed that was kept from running it does not make up for at full speed.
            zeroNanos -= wait + MOST_BEHIND_NANOS;
        }
        return wait;
    }

    @Override
    void reached(long nanos) {
        now = Math.max(now, nanos);
    }
}
