package org.anodyne.session.engine.time;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.anodyne.host.SessionTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's time with one thread for its timers. Before {@link #begin} it is −1 and no timer fires. Thread: any. */
public abstract sealed class DrivenTime implements SessionTime, AutoCloseable permits RealTime, VirtualTime {
    private static final Logger LOG = LoggerFactory.getLogger(DrivenTime.class);
    private static final long JOIN_MILLIS = 2_000;

    /** Guards everything below, and what subclasses keep. */
    final ReentrantLock lock = new ReentrantLock();

    final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::order));
    private final Thread thread;
    private long orders;
    private boolean begun;
    private boolean closed;

    DrivenTime(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** A task that waits for its time. */
    record Entry(long nanos, long order, Runnable task) {}

    /** Session time 0 is now. Once. */
    public void begin() {
        lock.lock();
        try {
            if (begun || closed) {
                return;
            }
            begun = true;
            zero();
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer at(long nanos, Runnable task) {
        lock.lock();
        try {
            Entry entry = new Entry(nanos, orders++, task);
            queue.add(entry);
            changed.signalAll();
            return () -> cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    private boolean cancel(Entry entry) {
        lock.lock();
        try {
            return queue.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    /** No timer fires any more; time stands still. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                Entry due = next();
                if (due == null) {
                    return;
                }
                try {
                    due.task.run();
                } catch (RuntimeException e) {
                    LOG.error("A task at {} ns of session time failed", due.nanos, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next task, when its time has come; null when closed. */
    private Entry next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Entry first = queue.peek();
                if (first == null) {
                    changed.await();
                    continue;
                }
                if (!mayFire(first.nanos)) {
                    rest();
                    continue;
                }
                long wait = waitNanos(first.nanos);
                if (wait > 0) {
                    changed.await(wait, TimeUnit.NANOSECONDS);
                    continue;
                }
                queue.poll();
                reached(first.nanos);
                return first;
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Lets others work for a moment; then the first timer may fire when nothing is under way. With the lock held. */
    private void rest() throws InterruptedException {
        lock.unlock();
        boolean quiet;
        try {
            quiet = quiet();
        } finally {
            lock.lockInterruptibly();
        }
        Entry first = queue.peek();
        if (quiet && first != null) {
            rested(first.nanos);
        }
    }

    boolean begun() {
        return begun;
    }

    /** Fixes what the wall clock says at session time 0. With the lock held. */
    abstract void zero();

    /** Whether a timer may fire although something may be under way. With the lock held. */
    abstract boolean mayFire(long nanos);

    /** Waits a moment, without the lock; whether nothing is under way. */
    abstract boolean quiet() throws InterruptedException;

    /** Nothing was under way, and this is the time of the first timer. With the lock held. */
    abstract void rested(long nanos);

    /** How long the wall clock has to go until a session time. With the lock held. */
    abstract long waitNanos(long nanos);

    /** A timer's time has come. With the lock held. */
    abstract void reached(long nanos);
}
