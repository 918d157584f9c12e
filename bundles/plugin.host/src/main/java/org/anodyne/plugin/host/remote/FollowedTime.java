package org.anodyne.plugin.host.remote;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.host.SessionTime;

/**
 * The session's time as its heartbeats tell it: the quickest of them was the least late. Right to within the time that
 * the quickest heartbeat took, which is below a millisecond on one machine. Thread: any.
 */
final class FollowedTime implements SessionTime, AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "followed-time");
        t.setDaemon(true);
        return t;
    });
    private volatile long offset = Long.MAX_VALUE;
    private volatile long heardAt = System.nanoTime();

    /** A heartbeat came that was sent at this session time; negative before the session runs. */
    void heard(long sessionNanos) {
        long now = System.nanoTime();
        heardAt = now;
        if (sessionNanos >= 0) {
            offset = Math.min(offset, now - sessionNanos);
        }
    }

    /** How long nothing was heard. */
    long silentNanos() {
        return System.nanoTime() - heardAt;
    }

    @Override
    public long nowNanos() {
        long o = offset;
        return o == Long.MAX_VALUE ? -1 : System.nanoTime() - o;
    }

    @Override
    public boolean virtual() {
        return false;
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        AtomicBoolean open = new AtomicBoolean(true);
        look(nanos, task, open);
        return () -> open.getAndSet(false);
    }

    private void look(long nanos, Runnable task, AtomicBoolean open) {
        if (!open.get() || timer.isShutdown()) {
            return;
        }
        long now = nowNanos();
        long wait = now < 0 ? TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS) : nanos - now;
        if (wait <= 0) {
            timer.execute(() -> {
                if (open.getAndSet(false)) {
                    task.run();
                }
            });
        } else {
            timer.schedule(() -> look(nanos, task, open), wait, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
