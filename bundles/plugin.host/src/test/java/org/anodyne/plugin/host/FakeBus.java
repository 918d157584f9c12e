package org.anodyne.plugin.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;

/** A bus within the process: one queue, one thread, everything kept for the test to look at. */
public final class FakeBus implements MessageBus, AutoCloseable {
    private record Route(String filter, Consumer<Message> handler) {}

    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final List<Consumer<Boolean>> connectivity = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();
    private final Map<String, Payload> retained = new ConcurrentHashMap<>();
    private final List<Message> all = new CopyOnWriteArrayList<>();
    private final Counter counter = new Counter();
    private final Object changed = new Object();
    private final Thread thread;
    private volatile boolean connected = true;

    public FakeBus() {
        thread = new Thread(this::run, "fake-bus");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                queue.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public String site() {
        return "lab";
    }

    @Override
    public CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos) {
        long now = System.nanoTime();
        String path = topic.path();
        synchronized (all) {
            long n = sequences.computeIfAbsent(path, p -> new AtomicLong()).incrementAndGet();
            long acquired = acquiredNanos == 0 ? now : acquiredNanos;
            Message m = new Message(topic, new Envelope(1, source(), n, now, acquired), payload, now);
            all.add(m);
            for (Route r : routes) {
                if (matches(r.filter, path)) {
                    counter.enter();
                    queue.add(() -> {
                        try {
                            r.handler.accept(m);
                        } finally {
                            counter.leave();
                        }
                    });
                }
            }
        }
        synchronized (changed) {
            changed.notifyAll();
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> publishRetained(Topic topic, Payload payload) {
        retained.put(topic.path(), payload);
        return publish(topic, payload, 0);
    }

    @Override
    public void offer(Topic topic, Payload payload) {
        publish(topic, payload, 0);
    }

    @Override
    public CompletionStage<Subscription> subscribe(String filter, Consumer<Message> handler) {
        Route route = new Route(filter, handler);
        routes.add(route);
        return CompletableFuture.completedFuture(() -> routes.remove(route));
    }

    static boolean matches(String filter, String path) {
        String[] f = filter.split("/", -1);
        String[] p = path.split("/", -1);
        for (int i = 0; i < f.length; i++) {
            if (f[i].equals("#")) {
                return true;
            }
            if (i >= p.length || !(f[i].equals("+") || f[i].equals(p[i]))) {
                return false;
            }
        }
        return f.length == p.length;
    }

    @Override
    public boolean connected() {
        return connected;
    }

    public void connected(boolean now) {
        connected = now;
        connectivity.forEach(l -> l.accept(now));
    }

    @Override
    public Subscription onConnectivity(Consumer<Boolean> listener) {
        connectivity.add(listener);
        listener.accept(connected);
        return () -> connectivity.remove(listener);
    }

    @Override
    public InFlight inFlight() {
        return counter;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(all.size(), all.size(), 0, 0, queue.size());
    }

    /** What was published on topics of this kind and slot. */
    public List<Payload> of(Topic.Kind kind, String slot) {
        return all.stream()
                .filter(m -> m.topic().kind() == kind && m.topic().slot().equals(slot))
                .map(Message::payload)
                .toList();
    }

    public Stream<Message> messages() {
        return all.stream();
    }

    public Payload retained(String path) {
        return retained.get(path);
    }

    public int routes() {
        return routes.size();
    }

    /** Waits until a message like this was published. */
    public Message await(Predicate<Message> wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        synchronized (changed) {
            while (true) {
                for (Message m : all) {
                    if (wanted.test(m)) {
                        return m;
                    }
                }
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("the message did not come within 20 s; there were " + all.size());
                }
                try {
                    changed.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static final class Counter implements InFlight {
        private long n;

        @Override
        public synchronized void enter() {
            n++;
        }

        @Override
        public synchronized void leave() {
            if (--n < 0) {
                throw new IllegalStateException("left more often than entered");
            }
            notifyAll();
        }

        @Override
        public synchronized boolean awaitNone(Duration timeout) throws InterruptedException {
            long until = System.nanoTime() + timeout.toNanos();
            while (n > 0) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        }
    }
}
