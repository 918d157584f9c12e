package org.anodyne.session.engine.time;

import java.time.Duration;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.InFlight;

/**
 * Session time that goes in steps: an instant lasts until nothing is under way any more, then time jumps to the next
 * timer. With a finite factor it is held back to at most so many times the wall clock. Thread: any.
 */
public final class VirtualTime extends DrivenTime {
    /** An instant in which something is under way for so long is given up, so that a session cannot hang. */
    static final Duration LONGEST_INSTANT = Duration.ofSeconds(30);

    private final InFlight inFlight;
    private final double factor;
    private final Consumer<String> problems;
    private volatile long now = -1;
    private long zeroNanos;

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
    void settle() throws InterruptedException {
        if (!inFlight.awaitNone(LONGEST_INSTANT)) {
            problems.accept("at " + now / 1e9 + " s of session time something was under way for more than "
                    + LONGEST_INSTANT.toSeconds() + " s; time went on without it, so this run may differ from others");
        }
    }

    @Override
    long waitNanos(long nanos) {
        if (Double.isInfinite(factor) || nanos <= 0) {
            return 0;
        }
        return zeroNanos + (long) (nanos / factor) - System.nanoTime();
    }

    @Override
    void reached(long nanos) {
        now = Math.max(now, nanos);
    }
}
