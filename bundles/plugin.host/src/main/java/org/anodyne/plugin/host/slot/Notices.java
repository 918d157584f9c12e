package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.InFlight;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.Disarmed;
import org.anodyne.host.SlotStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of changes, in order, and completes stages; on one thread that belongs to no slot. */
final class Notices implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final List<Consumer<SlotStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Disarmed>> safety = new CopyOnWriteArrayList<>();
    private final InFlight inFlight;
    private final ThreadPoolExecutor thread;

    Notices(String session, InFlight inFlight) {
        this.inFlight = inFlight;
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
            Thread t = new Thread(r, "slots-notices-" + session);
            t.setDaemon(true);
            return t;
        });
    }

    Subscription onChange(Consumer<SlotStatus> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Subscription onDisarmed(Consumer<Disarmed> listener) {
        safety.add(listener);
        return () -> safety.remove(listener);
    }

    void changed(SlotStatus status) {
        hand(() -> listeners.forEach(l -> tell(l, status, status.slot())));
    }

    void disarmed(Disarmed now) {
        hand(() -> safety.forEach(l -> tell(l, now, now.slot())));
    }

    /** Work in flight until the listeners have returned: a virtual clock waits for what they do. */
    private void hand(Runnable notice) {
        inFlight.enter();
        try {
            thread.execute(() -> {
                try {
                    notice.run();
                } finally {
                    inFlight.leave();
                }
            });
        } catch (RejectedExecutionException e) {
            inFlight.leave(); // the session's slots are closed: nobody listens any more
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // closed: a stage that is still open has to be completed all the same
        }
    }

    private static <T> void tell(Consumer<T> listener, T news, String slot) {
        try {
            listener.accept(news);
        } catch (RuntimeException e) {
            LOG.error("a listener of slot {} failed", slot, e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
