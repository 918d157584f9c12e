package org.anodyne.bus.mqtt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.anodyne.bus.MessageBus;

/** Counts work under way; entering and leaving cost one atomic step while nobody waits. */
final class WorkInFlight implements MessageBus.InFlight {
    private final AtomicLong count = new AtomicLong();
    private final Object none = new Object();
    private volatile int waiting;

    @Override
    public void enter() {
        count.incrementAndGet();
    }

    @Override
    public void leave() {
        long left = count.decrementAndGet();
        if (left < 0) {
            count.incrementAndGet();
            throw new IllegalStateException("work left that was never entered");
        }
        if (left == 0 && waiting > 0) {
            synchronized (none) {
                none.notifyAll();
            }
        }
    }

    @Override
    public boolean awaitNone(Duration timeout) throws InterruptedException {
        if (count.get() == 0) {
            return true;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (none) {
            waiting++;
            try {
                while (count.get() != 0) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        return false;
                    }
                    none.wait(left / 1_000_000, (int) (left % 1_000_000));
                }
                return true;
            } finally {
                waiting--;
            }
        }
    }

    /** Work under way now. */
    long count() {
        return count.get();
    }
}
