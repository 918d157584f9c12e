package org.anodyne.bench.suite;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.SessionTime;

/** Session time as it passes on the wall, from construction on; what a session at speed 1 uses. */
final class RealTime implements SessionTime, AutoCloseable {
    private final long start = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, r -> {
        Thread t = new Thread(r, "bench-time");
        t.setDaemon(true);
        return t;
    });

    @Override
    public long nowNanos() {
        return System.nanoTime() - start;
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        ScheduledFuture<?> f = timer.schedule(task, Math.max(0, nanos - nowNanos()), TimeUnit.NANOSECONDS);
        return () -> f.cancel(false);
    }

    @Override
    public boolean virtual() {
        return false;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
