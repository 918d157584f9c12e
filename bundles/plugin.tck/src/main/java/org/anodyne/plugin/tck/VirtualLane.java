package org.anodyne.plugin.tck;

import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.SessionClock;

/**
 * A lane on a virtual clock: tasks run on the thread that calls {@link #advanceTo}, in the order of their times, with
 * session time standing exactly there. A task that throws makes {@code advanceTo} throw. Tasks may be handed in from
 * any thread.
 */
public final class VirtualLane extends AbstractExecutorService implements ScheduledExecutorService, SessionClock {
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private long nowNanos;
    private long order;

    @Override
    public synchronized long nowNanos() {
        return nowNanos;
    }

    /** Runs everything that is due up to and including this session time, then lets it be this time. */
    public void advanceTo(long nanos) {
        for (Task<?> task = next(nanos); task != null; task = next(nanos)) {
            task.run();
            task.rethrow();
            if (task.periodNanos != 0 && !task.isCancelled()) {
                again(task);
            }
        }
        synchronized (this) {
            nowNanos = Math.max(nowNanos, nanos);
        }
    }

    /** Runs everything that is due now. */
    public void runDue() {
        advanceTo(nowNanos());
    }

    private synchronized Task<?> next(long untilNanos) {
        while (!tasks.isEmpty() && tasks.peek().isCancelled()) {
            tasks.remove();
        }
        if (tasks.isEmpty() || tasks.peek().atNanos > untilNanos) {
            return null;
        }
        nowNanos = Math.max(nowNanos, tasks.peek().atNanos);
        return tasks.remove();
    }

    private synchronized void again(Task<?> task) {
        task.atNanos = task.periodNanos > 0 ? task.atNanos + task.periodNanos : nowNanos - task.periodNanos;
        task.order = order++;
        tasks.add(task);
    }

    private synchronized <V> Task<V> add(Callable<V> work, long delayNanos, long periodNanos) {
        Task<V> task = new Task<>(work, nowNanos + Math.max(0, delayNanos), periodNanos, order++);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return add(asCallable(work), unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return add(work, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        return add(asCallable(work), unit.toNanos(first), unit.toNanos(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        return add(asCallable(work), unit.toNanos(first), -unit.toNanos(delay));
    }

    @Override
    public void execute(Runnable work) {
        add(asCallable(work), 0, 0);
    }

    private static Callable<Void> asCallable(Runnable work) {
        return () -> {
            work.run();
            return null;
        };
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the executor ends with the instance");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the executor ends with the instance");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
        private final long periodNanos;
        private long atNanos;
        private long order;
        private Throwable failure;

        private Task(Callable<V> work, long atNanos, long periodNanos, long order) {
            super(work);
            this.atNanos = atNanos;
            this.periodNanos = periodNanos;
            this.order = order;
        }

        @Override
        public void run() {
            if (periodNanos == 0) {
                super.run();
            } else {
                super.runAndReset();
            }
        }

        @Override
        protected void setException(Throwable thrown) {
            failure = thrown;
            super.setException(thrown);
        }

        private void rethrow() {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw new IllegalStateException("a task on the lane failed", failure);
            }
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos != 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - nowNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            int byTime = Long.compare(atNanos, that.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, that.order);
        }
    }
}
