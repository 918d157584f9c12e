package org.anodyne.session.engine.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;

/** A bus within the process: in order, once, on one thread. */
public final class FakeBus implements MessageBus, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(r -> {
        Thread t = new Thread(r, "fake-bus");
        t.setDaemon(true);
        return t;
    });
    private final List<Sub> subs = new CopyOnWriteArrayList<>();
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Topic, Long> sequences = new HashMap<>();
    private final Count inFlight = new Count();
    private volatile boolean connected = true;

    private record Sub(Pattern filter, Consumer<Message> handler) {}

    @Override
    public String source() {
        return "fake";
    }

    @Override
    public String site() {
        return "lab";
    }

    @Override
    public synchronized CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos) {
        long now = System.nanoTime();
        long sequence = sequences.merge(topic, 1L, Long::sum);
        Message message = new Message(
                topic, new Envelope(1, "fake", sequence, now, acquiredNanos == 0 ? now : acquiredNanos), payload, now);
        CompletableFuture<Void> done = new CompletableFuture<>();
        String path = topic.path();
        for (Sub sub : subs) {
            if (sub.filter.matcher(path).matches()) {
                inFlight.enter();
                thread.execute(() -> {
                    try {
                        sub.handler.accept(message);
                    } finally {
                        inFlight.leave();
                    }
                });
            }
        }
        done.complete(null);
        return done;
    }

    @Override
    public CompletionStage<Void> publishRetained(Topic topic, Payload payload) {
        return publish(topic, payload, 0);
    }

    @Override
    public void offer(Topic topic, Payload payload) {
        // Nobody listens.
    }

    @Override
    public CompletionStage<Subscription> subscribe(String filter, Consumer<Message> handler) {
        String regex = filter.replace("+", "[^/]+").replace("/#", "(/.*)?");
        Sub sub = new Sub(Pattern.compile(regex), handler);
        subs.add(sub);
        return CompletableFuture.completedFuture(() -> subs.remove(sub));
    }

    @Override
    public boolean connected() {
        return connected;
    }

    /** Pulls the plug, or puts it in again. */
    public void connected(boolean now) {
        connected = now;
        listeners.forEach(l -> l.accept(now));
    }

    @Override
    public Subscription onConnectivity(Consumer<Boolean> listener) {
        listeners.add(listener);
        listener.accept(connected);
        return () -> listeners.remove(listener);
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(0, 0, 0, 0, 0);
    }

    /** Everything published from now on, in order. */
    public List<Message> tap(String filter) {
        List<Message> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        subscribe(filter, seen::add);
        return seen;
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private static final class Count implements InFlight {
        private int count;

        @Override
        public synchronized void enter() {
            count++;
        }

        @Override
        public synchronized void leave() {
            if (--count == 0) {
                notifyAll();
            }
        }

        @Override
        public synchronized boolean awaitNone(Duration timeout) throws InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            while (count > 0) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        }
    }
}
