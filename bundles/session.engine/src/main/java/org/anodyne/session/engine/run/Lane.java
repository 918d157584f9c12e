package org.anodyne.session.engine.run;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.anodyne.bus.MessageBus.InFlight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a session decides. A task counts as work in flight from the moment it is handed over, so that
 * virtual time waits for it. Thread: any.
 */
public final class Lane implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final InFlight inFlight;
    private final ExecutorService thread;

    public Lane(String name, InFlight inFlight) {
        this.inFlight = inFlight;
        this.thread = Executors.newSingleThreadExecutor(r -> {
            Thread t = new Thread(r, name);
            t.setDaemon(true);
            return t;
        });
    }

    /** Hands a task over; after {@link #close} it is dropped. */
    @Override
    public void execute(Runnable task) {
        inFlight.enter();
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("A step of the session failed", e);
                } finally {
                    inFlight.leave();
                }
            });
        } catch (RejectedExecutionException e) {
            inFlight.leave();
        }
    }

    /** Takes no more tasks; those handed over already are done. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
