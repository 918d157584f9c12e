package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.HostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all deadlines of one session's slots, in real time, on one thread. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long TICK_MILLIS = 50;

    private final Set<Lane> lanes = new CopyOnWriteArraySet<>();
    private final ScheduledThreadPoolExecutor timer;
    private long lastTick = System.nanoTime();

    Watchdog(String session) {
        timer = new ScheduledThreadPoolExecutor(1, r -> {
            Thread t = new Thread(r, "slots-watchdog-" + session);
            t.setDaemon(true);
            return t;
        });
        timer.setRemoveOnCancelPolicy(true);
        // Calls are far more frequent than overruns: looking at them now and then costs less than a timer per call.
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(Lane lane) {
        lanes.add(lane);
        lane.ended().whenComplete((v, e) -> lanes.remove(lane));
    }

    Future<?> after(Duration delay, Runnable task) {
        return timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        LOG.error("a deadline's task failed", e);
                    }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Fails the future with this message when it is not complete in time. */
    <T> CompletableFuture<T> limit(CompletableFuture<T> future, Duration limit, String message) {
        Future<?> timeout = after(limit, () -> future.completeExceptionally(new HostException(message)));
        future.whenComplete((v, e) -> timeout.cancel(false));
        return future;
    }

    private void tick() {
        long now = System.nanoTime();
        // So much later than it ought to be, it was kept from running itself, and so was what it watches.
        long late = now - lastTick - 2 * TICK_MILLIS * 1_000_000;
        lastTick = now;
        if (late > 0) {
            lanes.forEach(l -> l.forgive(late));
        }
        for (Lane lane : lanes) {
            try {
                lane.check(now);
            } catch (RuntimeException | Error e) {
                LOG.error("the watchdog could not look after {}", lane.thread().getName(), e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
