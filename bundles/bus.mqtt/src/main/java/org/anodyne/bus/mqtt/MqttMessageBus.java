package org.anodyne.bus.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.anodyne.bus.BusException;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.mqtt.codec.CodecException;
import org.anodyne.bus.mqtt.codec.MessageWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus, usable without OSGi: starts its threads at construction and ends them at {@link #close()}.
 *
 * <p>Threads of its own: the <em>link</em> connects, subscribes and sends; the <em>dispatcher</em> calls subscribers'
 * handlers; <em>notices</em> completes stages and tells connectivity, so that what depends on them may take its time
 * without holding up messages. Methods are called from any thread and never wait for the broker, except {@code close},
 * which waits at most for what is on its way and for the threads, each with a deadline.
 */
public final class MqttMessageBus implements MessageBus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttMessageBus.class);
    private static final long CLOCK_EVERY_NANOS = 10_000_000_000L;
    private static final long END_MILLIS = 5_000;

    private final BusSettings settings;
    private final WorkInFlight inFlight = new WorkInFlight();
    private final Subscriptions subscriptions = new Subscriptions();
    private final AwaitedDeliveries awaited = new AwaitedDeliveries(inFlight);
    private final Outbox outbox;
    private final Inbox inbox;
    private final Link link;
    private final ExecutorService notices;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong offered = new AtomicLong();
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean connected;
    /** How often that changed; guarded by the listeners. */
    private long changes;

    private volatile boolean closed;
    private volatile long clockPublishedNanos = System.nanoTime() - CLOCK_EVERY_NANOS;

    /** Starts the bus; it connects by itself. */
    public MqttMessageBus(BusSettings settings) {
        this.settings = settings;
        this.outbox = new Outbox(settings.outboxMessages(), settings.outboxBytes());
        this.inbox = new Inbox(settings, subscriptions, awaited, this::tick);
        this.link = new Link(settings, outbox, subscriptions, inbox, new Reports());
        this.notices = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, "bus notices " + settings.source());
            t.setDaemon(true);
            return t;
        });
        inbox.start();
        link.start();
    }

    /** Goes to another broker, {@code tcp://host:port}; empty: to none until told. What is in the outbox is kept. */
    public void broker(String uri) {
        link.broker(uri);
    }

    @Override
    public String source() {
        return settings.source();
    }

    @Override
    public String site() {
        return settings.site();
    }

    @Override
    public CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos) {
        return publish(topic, payload, acquiredNanos, false);
    }

    @Override
    public CompletionStage<Void> publishRetained(Topic topic, Payload payload) {
        return publish(topic, payload, 0, true);
    }

    @Override
    public void offer(Topic topic, Payload payload) {
        String path = topic.path();
        long made = System.nanoTime();
        Envelope envelope = new Envelope(1, source(), offered.incrementAndGet(), made, made);
        try {
            byte[] bytes = MessageWriter.write(topic, envelope, payload);
            link.offer(new Outgoing(
                    path, envelope.sequence(), bytes, false, null, null, false, new CompletableFuture<>()));
        } catch (CodecException e) {
            throw new BusException("cannot offer on " + path + ": " + e.getMessage(), e);
        }
    }

    private CompletionStage<Void> publish(Topic topic, Payload payload, long acquired, boolean retained) {
        String path = topic.path();
        inFlight.enter();
        try {
            Outgoing m = outbox.add(path, sequence -> {
                long made = System.nanoTime();
                Envelope envelope = new Envelope(1, source(), sequence, made, acquired == 0 ? made : acquired);
                byte[] bytes = MessageWriter.write(topic, envelope, payload);
                awaited.expect(path, sequence, subscriptions.matching(path));
                return outgoing(topic, path, payload, sequence, bytes, retained);
            });
            link.send();
            return m.done();
        } catch (BusException e) {
            inFlight.leave();
            return CompletableFuture.failedFuture(e);
        } catch (CodecException e) {
            inFlight.leave();
            return CompletableFuture.failedFuture(
                    new BusException("cannot publish on " + path + ": " + e.getMessage(), e));
        }
    }

    private static Outgoing outgoing(
            Topic topic, String path, Payload payload, long sequence, byte[] bytes, boolean retained) {
        String responseTopic = null;
        byte[] correlation = null;
        if (payload instanceof Payload.Request request) {
            responseTopic = Topic.of(topic.site(), topic.session(), Topic.Kind.ACK, topic.slot(), topic.name())
                    .path();
            correlation = request.command().id().getBytes(StandardCharsets.UTF_8);
        }
        return new Outgoing(
                path, sequence, bytes, retained, responseTopic, correlation, false, new CompletableFuture<>());
    }

    @Override
    public CompletionStage<Subscription> subscribe(String filter, Consumer<Message> handler) {
        LocalSubscription s;
        try {
            s = new LocalSubscription(new TopicFilter(filter), handler, this::unsubscribed);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new BusException(e.getMessage(), e));
        }
        if (closed) {
            return CompletableFuture.failedFuture(
                    new BusException("cannot subscribe " + filter + ": the bus is closed"));
        }
        subscriptions.add(s);
        link.subscribe(s);
        return s.ready();
    }

    private void unsubscribed(LocalSubscription s) {
        subscriptions.remove(s);
        awaited.forget(s);
        link.unsubscribe(s);
        notice(() ->
                s.ready().completeExceptionally(new BusException("the subscription of " + s.filter() + " was closed")));
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public Subscription onConnectivity(Consumer<Boolean> listener) {
        Listener registered = new Listener(listener);
        boolean now;
        long change;
        synchronized (listeners) {
            listeners.add(registered);
            now = connected;
            change = changes;
        }
        registered.tell(change, now);
        return () -> listeners.remove(registered);
    }

    @Override
    public InFlight inFlight() {
        return inFlight;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(published.get(), inbox.received(), inbox.doubles(), link.reconnects(), outbox.size());
    }

    /** Messages of others that never came: holes in their numbers that were given up. */
    public long lost() {
        return inbox.lost();
    }

    /** Messages that came and could not be read. */
    public long refused() {
        return inbox.refused();
    }

    /**
     * Sends what is on its way if the broker is there (at most two seconds), leaves the broker, and ends all threads.
     * What could not be sent fails. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        outbox.close();
        link.stop(END_MILLIS + 5_000);
        inbox.stop(END_MILLIS);
        for (Outgoing m : outbox.drain()) {
            if (m.again()) {
                continue;
            }
            inFlight.leave();
            m.done()
                    .completeExceptionally(new BusException("message " + m.sequence() + " on " + m.topic()
                            + " was not sent: the bus was closed before the broker took it"));
        }
        awaited.settleAll();
        subscriptions.all().forEach(LocalSubscription::close);
        notices.shutdown();
        try {
            if (!notices.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "somebody who was told of the bus has not returned for {} ms; his thread is interrupted",
                        END_MILLIS);
                notices.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every now and then. Thread: the dispatcher. */
    private void tick() {
        long now = System.nanoTime();
        if (connected && now - clockPublishedNanos >= CLOCK_EVERY_NANOS) {
            clockPublishedNanos = now;
            publishRetained(
                    Topic.ofSite(site(), Topic.Kind.CLOCK, settings.host()),
                    ClockOffset.measure().document());
        }
    }

    private void notice(Runnable task) {
        try {
            notices.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("somebody who was told of the bus failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody is told any more: the bus is closed");
        }
    }

    /** Somebody who wants to know of changes; told each of them in order, from the one on that was the newest at first. */
    private static final class Listener {
        private final Consumer<Boolean> consumer;
        private long told = -1;

        Listener(Consumer<Boolean> consumer) {
            this.consumer = consumer;
        }

        synchronized void tell(long change, boolean value) {
            if (change > told) {
                told = change;
                consumer.accept(value);
            }
        }
    }

    private final class Reports implements Link.Reports {
        @Override
        public void connected(boolean now) {
            synchronized (listeners) {
                if (connected != now) {
                    connected = now;
                    changes++;
                    long change = changes;
                    for (Listener l : listeners) {
                        notice(() -> l.tell(change, now));
                    }
                }
            }
        }

        @Override
        public void settled(Outgoing m, BusException refusal) {
            if (refusal == null) {
                published.incrementAndGet();
                awaited.acknowledged(m.topic(), m.sequence(), System.nanoTime());
                notice(() -> m.done().complete(null));
            } else {
                LOG.warn(refusal.getMessage());
                awaited.settle(m.topic(), m.sequence());
                notice(() -> m.done().completeExceptionally(refusal));
            }
            inFlight.leave();
        }

        @Override
        public void subscribed(LocalSubscription s, BusException refusal) {
            if (refusal == null) {
                s.confirm();
                notice(() -> s.ready().complete(s));
            } else if (s.confirmed()) {
                LOG.error("{}; it was granted before, nothing will come of it", refusal.getMessage());
            } else {
                LOG.warn(refusal.getMessage());
                notice(() -> {
                    s.ready().completeExceptionally(refusal);
                    s.close();
                });
            }
        }
    }
}
