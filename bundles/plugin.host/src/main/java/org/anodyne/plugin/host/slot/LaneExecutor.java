package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.anodyne.host.SessionTime;

/**
 * Runs an instance's own tasks on its lane, delays counted in session time. A scheduled or executed task that throws
 * fails the instance; what a submitted task throws is kept in its future.
 */
final class LaneExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private static final AtomicLong ORDER = new AtomicLong();

    private final SessionTime time;

    /** Puts a guarded call of this name on the lane; false when the lane has ended. */
    private final BiPredicate<String, Runnable> lane;

    private final Set<Timed<?>> timed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LaneExecutor(SessionTime time, BiPredicate<String, Runnable> lane) {
        this.time = time;
        this.lane = lane;
    }

    /** Cancels everything that is still to come; the lane belongs to the host. */
    void end() {
        closed = true;
        timed.forEach(t -> t.cancel(false));
        timed.clear();
    }

    @Override
    public void execute(Runnable task) {
        if (closed
                || !lane.test("a task of its executor", () -> {
                    if (!closed) {
                        task.run();
                    }
                })) {
            throw refused();
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return begin(new Timed<>(task, at(delay, unit), 0, false));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return begin(new Timed<>(task, at(delay, unit)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return begin(new Timed<>(task, at(delay, unit), positive(unit.toNanos(period)), true));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return begin(new Timed<>(task, at(delay, unit), positive(unit.toNanos(pause)), false));
    }

    private long at(long delay, TimeUnit unit) {
        return time.nowNanos() + Math.max(0, unit.toNanos(delay));
    }

    private static long positive(long period) {
        if (period <= 0) {
            throw new IllegalArgumentException("a period of " + period + " ns; it must be greater than 0");
        }
        return period;
    }

    private <V> Timed<V> begin(Timed<V> t) {
        if (closed) {
            throw refused();
        }
        timed.add(t);
        t.arm();
        return t;
    }

    private static RejectedExecutionException refused() {
        return new RejectedExecutionException("the instance is closed; its executor takes no more tasks");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the executor belongs to the host and ends with the instance");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the executor belongs to the host and ends with the instance");
    }

    @Override
    public boolean isShutdown() {
        return closed;
    }

    @Override
    public boolean isTerminated() {
        return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("the executor ends with the instance; do not wait for it");
    }

    /** A task with a time; periodic when its period is not 0. */
    private final class Timed<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Callable<V> task;
        private final long periodNanos;
        private final boolean fixedRate;
        private final long order = ORDER.incrementAndGet();
        private volatile long atNanos;
        private volatile SessionTime.Timer timer;

        Timed(Callable<V> task, long atNanos) {
            super(task);
            this.task = task;
            this.periodNanos = 0;
            this.fixedRate = false;
            this.atNanos = atNanos;
        }

        Timed(Runnable body, long atNanos, long periodNanos, boolean fixedRate) {
            super(body, null);
            this.task = () -> {
                body.run();
                return null;
            };
            this.periodNanos = periodNanos;
            this.fixedRate = fixedRate;
            this.atNanos = atNanos;
        }

        void arm() {
            timer = time.at(atNanos, () -> {
                if (!isDone()) {
                    lane.test("a scheduled task", this::once);
                }
            });
            if (isDone()) {
                timer.cancel();
            }
        }

        private void once() {
            if (isDone()) {
                return;
            }
            try {
                // Not by run(), which keeps what is thrown to itself: the host has to see it.
                V result = task.call();
                if (periodNanos == 0) {
                    set(result);
                } else if (!isDone() && !closed) {
                    atNanos = (fixedRate ? atNanos : time.nowNanos()) + periodNanos;
                    arm();
                }
            } catch (RuntimeException | Error e) {
                setException(e);
                throw e;
            } catch (Exception e) {
                setException(e);
                throw new CompletionException(e);
            }
        }

        @Override
        protected void done() {
            timed.remove(this);
            SessionTime.Timer t = timer;
            if (t != null) {
                t.cancel();
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - time.nowNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            if (other instanceof Timed<?> t) {
                int byTime = Long.compare(atNanos, t.atNanos);
                return byTime != 0 ? byTime : Long.compare(order, t.order);
            }
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
