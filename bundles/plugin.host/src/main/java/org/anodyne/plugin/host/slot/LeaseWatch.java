package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.anodyne.host.Disarmed.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes actuators safe when the lease on them has lapsed: a thread of its own that allocates nothing as long as all is
 * well, and goes by the monotonic clock. A process that was stopped and goes on finds the lease lapsed at its first look.
 */
final class LeaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
    private static final long TICK_NANOS = 20_000_000;

    private final Lease lease;
    private final List<Slot> slots;
    private final BooleanSupplier connected;
    private final Thread thread;
    private volatile boolean closed;

    /** @param slots looked at by index; may grow */
    LeaseWatch(String session, Lease lease, List<Slot> slots, BooleanSupplier connected) {
        this.lease = lease;
        this.slots = slots;
        this.connected = connected;
        thread = new Thread(this::run, "lease-watch-" + session);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    private void run() {
        while (!closed) {
            if (lease.lapsed()) {
                lapse();
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void lapse() {
        for (int i = 0; i < slots.size(); i++) {
            try {
                Slot slot = slots.get(i);
                if (slot.actuator().armed()) {
                    slot.safeState(cause(), reason());
                }
            } catch (IndexOutOfBoundsException e) {
                return; // a slot was taken out meanwhile; the next look is soon
            } catch (RuntimeException | Error e) {
                LOG.error("an actuator could not be made safe when its lease lapsed", e);
            }
        }
    }

    private Cause cause() {
        return connected.getAsBoolean() ? Cause.CONTROLLER_SILENT : Cause.BUS_AWAY;
    }

    private String reason() {
        return connected.getAsBoolean()
                ? "no heartbeat of the controller for more than " + lease.limitMillis()
                        + " ms: it hangs, has ended, or this computer is too busy"
                : "the bus was away for more than " + lease.limitMillis() + " ms";
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
