package org.anodyne.host;

import org.anodyne.plugin.SessionClock;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A session's time together with its timers: real, scaled, or virtual. In virtual time an instant lasts until everything
 * that follows from it has been done; then time jumps to the next timer. Thread: any.
 */
@ConsumerType
public interface SessionTime extends SessionClock {
    /**
     * Calls {@code task} at a session time on a thread of the timer; the task must only hand over to a lane. Tasks of
     * the same time run in the order in which they were scheduled. In virtual time the task, and everything it entered
     * into {@code MessageBus.inFlight()}, ends before the next timer is called.
     */
    Timer at(long nanos, Runnable task);

    /** Whether time is virtual: then real deadlines still hold, but freshness is judged in session time only. */
    boolean virtual();

    /** A timer that can be cancelled. */
    @FunctionalInterface
    interface Timer {
        /** Idempotent; whether it was still to come. */
        boolean cancel();
    }
}
