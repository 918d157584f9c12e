package org.anodyne.recorder;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;

/** A bus inside the test: what is published reaches its subscribers on the caller's thread. */
final class LoopbackBus implements MessageBus {
    private record Subscriber(Pattern filter, Consumer<Message> handler) {}

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Topic, Long> sequences = new HashMap<>();
    private volatile boolean connected = true;

    @Override
    public String source() {
        return "test";
    }

    @Override
    public String site() {
        return "lab";
    }

    @Override
    public synchronized CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos) {
        long sequence = sequences.merge(topic, 1L, Long::sum);
        deliver(new Message(
                topic, new Envelope(1, "test", sequence, 1_000 + sequence, acquiredNanos), payload, 2_000 + sequence));
        return CompletableFuture.completedFuture(null);
    }

    /** Hands a message to the subscribers as it is. */
    void deliver(Message message) {
        for (Subscriber s : subscribers) {
            if (s.filter().matcher(message.topic().path()).matches()) {
                s.handler().accept(message);
            }
        }
    }

    void connected(boolean now) {
        connected = now;
        listeners.forEach(l -> l.accept(now));
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
        Pattern topics = Pattern.compile(filter.replace("+", "[^/]*").replace("#", ".*"));
        Subscriber s = new Subscriber(topics, handler);
        subscribers.add(s);
        return CompletableFuture.completedFuture(() -> subscribers.remove(s));
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public Subscription onConnectivity(Consumer<Boolean> listener) {
        listeners.add(listener);
        listener.accept(connected);
        return () -> listeners.remove(listener);
    }

    @Override
    public InFlight inFlight() {
        throw new UnsupportedOperationException("a recorder enters nothing");
    }

    @Override
    public Statistics statistics() {
        return new Statistics(0, 0, 0, 0, 0);
    }

    /** Number of subscriptions that are open. */
    int subscriptions() {
        return subscribers.size();
    }

    static Duration patience() {
        return Duration.ofSeconds(30);
    }
}
