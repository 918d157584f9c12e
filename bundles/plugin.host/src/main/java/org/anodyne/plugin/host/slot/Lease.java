package org.anodyne.plugin.host.slot;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;

/**
 * The controller's lease on the actuators that it has armed: renewed by every heartbeat that comes over the bus, lapsed
 * when none came for too long, whatever the cause. A heartbeat that was held up on its way counts from when it was sent,
 * as far as that can be told: by how much longer it took than the quickest. Thread: {@link #heard} one at a time, the rest
 * any.
 */
final class Lease {
    private static final long NEVER = Long.MIN_VALUE;

    /** Two clocks drift apart by less than this share. */
    private static final double DRIFT = 1e-4;

    private static final long LOOK_NANOS = 1_000_000;

    private final long limitNanos;
    private final LongSupplier clock;
    private volatile long heardNanos = NEVER;
    /** Since when every heartbeat came within half of what is permitted. */
    private volatile long unbrokenNanos;

    private volatile String stale = "";
    private String source = "";
    private long quickest;
    private long quickestAt;

    Lease(long limitNanos) {
        this(limitNanos, System::nanoTime);
    }

    /** @param clock nanoseconds of the process, as {@link System#nanoTime} */
    Lease(long limitNanos, LongSupplier clock) {
        this.limitNanos = limitNanos;
        this.clock = clock;
    }

    /** A heartbeat came. */
    void heard(Message m) {
        if (!(m.payload() instanceof Payload.Document d) || !(d.attributes().get("sentNanos") instanceof Number sent)) {
            return;
        }
        long now = clock.getAsLong();
        long took = now - sent.longValue(); // of two clocks: only differences mean something
        if (!m.envelope().source().equals(source)) {
            source = m.envelope().source();
            quickest = took;
            quickestAt = now;
        }
        long drifted = quickest + (long) ((now - quickestAt) * DRIFT);
        if (took <= drifted) {
            quickest = took;
            quickestAt = now;
            drifted = took;
        }
        long at = now - (took - drifted);
        if (heardNanos == NEVER) {
            unbrokenNanos = now - Limits.STEADY.toNanos(); // before a first one there was no outage
        } else if (now - heardNanos > limitNanos / 2) {
            unbrokenNanos = now; // held up so long, it came near to being too late
        }
        if (heardNanos == NEVER || at - heardNanos > 0) {
            heardNanos = at;
            stale = d.attributes().get("stale") instanceof String s ? s : "";
        }
    }

    /** Whether too long nothing was heard. Allocates nothing. */
    boolean lapsed() {
        long at = heardNanos;
        return at == NEVER || clock.getAsLong() - at > limitNanos;
    }

    long limitMillis() {
        return limitNanos / 1_000_000;
    }

    /** What the decisions rest on and is not heard of; empty when nothing is. */
    String stale() {
        return stale;
    }

    /**
     * Waits until the controller has been heard without a break for a while and says that nothing is stale. After an
     * outage of the bus a backlog comes in first, and the heartbeats beside it are fresh by a hair: armed on one of
     * them, an actuator would be made safe again in the next moment, and a person would have to come a second time.
     *
     * @param wanted whether it is still to be waited for
     */
    void awaitSteady(BooleanSupplier wanted) {
        long until = clock.getAsLong() + Limits.WHOLE.toNanos();
        while (!steady()
                && clock.getAsLong() - until < 0
                && wanted.getAsBoolean()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean steady() {
        long now = clock.getAsLong();
        long at = heardNanos;
        return at != NEVER
                && now - at <= limitNanos / 2
                && stale.isEmpty()
                && now - unbrokenNanos >= Limits.STEADY.toNanos();
    }
}
