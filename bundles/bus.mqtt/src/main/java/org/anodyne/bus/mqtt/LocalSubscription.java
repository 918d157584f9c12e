package org.anodyne.bus.mqtt;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;

/** A subscription of somebody in this process. */
final class LocalSubscription implements Subscription {
    private final TopicFilter filter;
    private final Consumer<Message> handler;
    private final Consumer<LocalSubscription> onClose;
    private final CompletableFuture<Subscription> ready = new CompletableFuture<>();
    /** Topics of which something was handed over; the dispatcher's own. */
    private final Set<String> seen = new HashSet<>();

    private long failures;

    private volatile boolean confirmed;
    private boolean closed;

    LocalSubscription(TopicFilter filter, Consumer<Message> handler, Consumer<LocalSubscription> onClose) {
        this.filter = filter;
        this.handler = handler;
        this.onClose = onClose;
    }

    TopicFilter filter() {
        return filter;
    }

    /** Completes when the broker has confirmed it. */
    CompletableFuture<Subscription> ready() {
        return ready;
    }

    /** Whether the broker has confirmed it at some time; then what is published from now on will come. */
    boolean confirmed() {
        return confirmed;
    }

    void confirm() {
        confirmed = true;
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Thread: the dispatcher. */
    boolean sawNothingOf(String topic) {
        return !seen.contains(topic);
    }

    /** Hands over, unless it is closed. Thread: the dispatcher. */
    void hand(String topic, Message message) {
        if (!closed()) {
            seen.add(topic);
            handler.accept(message);
        }
    }

    /** Counts a failure of the handler; how many there were. Thread: the dispatcher. */
    long failed() {
        return ++failures;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClose.accept(this);
    }
}
