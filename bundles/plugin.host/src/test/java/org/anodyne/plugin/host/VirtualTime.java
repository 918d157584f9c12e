package org.anodyne.plugin.host;

import java.time.Duration;
import java.util.PriorityQueue;
import org.anodyne.bus.MessageBus.InFlight;
import org.anodyne.host.SessionTime;

/** Session time that goes on only when the test says so, instant by instant. */
public final class VirtualTime implements SessionTime {
    private record Due(long nanos, long order, Runnable task, boolean[] cancelled) {}

    private final PriorityQueue<Due> due = new PriorityQueue<>(
            (a, b) -> a.nanos != b.nanos ? Long.compare(a.nanos, b.nanos) : Long.compare(a.order, b.order));
    private final InFlight inFlight;
    private long now;
    private long order;

    public VirtualTime(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public synchronized long nowNanos() {
        return now;
    }

    @Override
    public synchronized Timer at(long nanos, Runnable task) {
        boolean[] cancelled = new boolean[1];
        due.add(new Due(Math.max(nanos, now), order++, task, cancelled));
        return () -> {
            boolean was = !cancelled[0];
            cancelled[0] = true;
            return was;
        };
    }

    @Override
    public boolean virtual() {
        return true;
    }

    /** Goes on to a time, through all timers until then; everything that follows from one ends before the next. */
    public void to(long nanos) {
        settle();
        while (true) {
            Due next;
            synchronized (this) {
                next = due.peek();
                if (next == null || next.nanos > nanos) {
                    now = Math.max(now, nanos);
                    return;
                }
                due.poll();
                now = Math.max(now, next.nanos);
            }
            if (!next.cancelled[0]) {
                next.cancelled[0] = true;
                next.task.run();
                settle();
            }
        }
    }

    public void settle() {
        try {
            if (!inFlight.awaitNone(Duration.ofSeconds(20))) {
                throw new AssertionError("work was still in flight after 20 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
