package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.InFlight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which an instance is called, and its queue. Each task counts as work in flight from the moment it is
 * put into the queue until it is done.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final InFlight inFlight;
    private final Consumer<Call> onOverrun;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean open = true;
    private volatile Task task;
    private volatile Call call;
    private volatile boolean abandoned;

    /** What the call under way rests on, for the envelope's {@code acquired}; only the lane writes and reads it. */
    private long acquiredNanos;

    /** @param onOverrun told once when a call has outlived its limit and was interrupted; called by the watchdog */
    Lane(String slot, ThreadGroup group, InFlight inFlight, Consumer<Call> onOverrun) {
        this.inFlight = inFlight;
        this.onOverrun = onOverrun;
        thread = new Thread(group, this::run, "lane-" + slot);
        thread.setDaemon(true);
        // Threads that a plug-in's code makes inherit it; it must not keep a removed bundle's class loader alive.
        thread.setContextClassLoader(Lane.class.getClassLoader());
        thread.start();
    }

    /** Puts a task into the queue; {@code false} when the lane has ended. */
    boolean enqueue(Runnable body) {
        Task next = new Task(body);
        inFlight.enter();
        synchronized (queue) {
            if (open) {
                queue.add(next);
                return true;
            }
        }
        next.leave();
        return false;
    }

    /** Ends the lane after what is in the queue now. */
    CompletableFuture<Void> finish() {
        synchronized (queue) {
            if (open) {
                open = false;
                inFlight.enter();
                queue.add(new Task(null));
            }
        }
        return ended;
    }

    /**
     * Calls plug-in code on the lane under a limit; the watchdog interrupts it when that passes.
     *
     * @throws Overrun when it came back too late, whatever it gave or threw then
     */
    <T> T call(String what, Duration limit, Callable<T> body) throws Exception {
        Call c = new Call(what, limit, System.nanoTime() + limit.toNanos());
        call = c;
        T result = null;
        Throwable thrown = null;
        try {
            result = body.call();
        } catch (Throwable e) {
            thrown = e;
        }
        synchronized (c) {
            c.over = true;
            call = null;
            if (c.interrupted) {
                Thread.interrupted();
                throw new Overrun(c.reason(), thrown);
            }
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        if (thrown != null) {
            throw (Exception) thrown;
        }
        return result;
    }

    /** Looks whether the call under way has outlived its limit; called by the watchdog only. */
    void check(long now) {
        Call c = call;
        if (c == null || now - c.atNanos < 0) {
            return;
        }
        boolean first = false;
        boolean lost = false;
        synchronized (c) {
            if (!c.over) {
                first = !c.interrupted;
                lost = c.interrupted && now - c.atNanos > Limits.GRACE.toNanos();
                c.interrupted = true;
                thread.interrupt();
            }
        }
        if (first) {
            onOverrun.accept(c);
        }
        if (lost) {
            abandon(c);
        }
    }

    /** Gives the call under way so much longer, in which the whole process stood still; called by the watchdog only. */
    void forgive(long nanos) {
        Call c = call;
        if (c != null) {
            c.atNanos += nanos;
        }
    }

    /** Complete when the thread has ended or was given up. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean current() {
        return Thread.currentThread() == thread;
    }

    Thread thread() {
        return thread;
    }

    /** Whether the lane was given up because a call came back neither in time nor when interrupted. */
    boolean abandoned() {
        return abandoned;
    }

    /** Acquisition time of what is being handled; 0 when none, or when asked from another thread. */
    long acquired() {
        return current() ? acquiredNanos : 0;
    }

    void acquired(long nanos) {
        acquiredNanos = nanos;
    }

    private void abandon(Call c) {
        List<Task> left = new ArrayList<>();
        synchronized (queue) {
            open = false;
            abandoned = true;
            queue.drainTo(left);
        }
        // Nobody will run these; a virtual clock must not wait for them.
        left.forEach(Task::leave);
        Task stuck = task;
        if (stuck != null) {
            stuck.leave();
        }
        LOG.error("{} is stuck in {} and was given up", thread.getName(), c.what);
        ended.complete(null);
    }

    private void run() {
        while (!abandoned) {
            Task next;
            try {
                next = queue.take();
            } catch (InterruptedException e) {
                continue; // a late interrupt of a call that is over
            }
            task = next;
            try {
                if (next.body == null) {
                    break;
                }
                next.body.run();
            } catch (Throwable e) {
                LOG.error("{}: a task of the host failed", thread.getName(), e);
            } finally {
                task = null;
                acquiredNanos = 0;
                next.leave();
            }
        }
        ended.complete(null);
    }

    /** A call came back only after it had been interrupted. */
    static final class Overrun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Overrun(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A call into plug-in code. */
    static final class Call {
        final String what;
        final Duration limit;
        private volatile long atNanos;
        private boolean over;
        private boolean interrupted;

        private Call(String what, Duration limit, long atNanos) {
            this.what = what;
            this.limit = limit;
            this.atNanos = atNanos;
        }

        String reason() {
            return what + " took longer than its " + limit.toMillis() + " ms and was interrupted";
        }
    }

    private final class Task {
        private final Runnable body;
        private final AtomicBoolean left = new AtomicBoolean();

        private Task(Runnable body) {
            this.body = body;
        }

        private void leave() {
            if (left.compareAndSet(false, true)) {
                inFlight.leave();
            }
        }
    }
}
