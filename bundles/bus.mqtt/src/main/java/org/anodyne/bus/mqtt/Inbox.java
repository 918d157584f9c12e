package org.anodyne.bus.mqtt;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.mqtt.codec.CodecException;
import org.anodyne.bus.mqtt.codec.MessageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker sent: taken in by the client library's thread, read, ordered and handed to subscribers by one thread,
 * the dispatcher. A message is acknowledged after it was dealt with, so at most as many wait here as the broker may have
 * under way; those of QoS 0, which no broker holds back, are dropped beyond a limit.
 */
final class Inbox implements Sequencer.Sink<Inbox.Received> {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int UNACKNOWLEDGED_MOST = 50_000;
    private static final long TICK_NANOS = 100_000_000L;
    private static final int LATE_TICKS = 3;
    private static final TopicFilter STOP = new TopicFilter("anodyne/1/+/stop");
    private static final long JOIN_NANOS = 500_000_000L;
    private static final long OWED_NANOS = 10_000_000_000L;

    /** A message together with its topic as it was written. */
    record Received(String topic, Message message) {}

    private sealed interface Item {
        record Arrived(
                Connection connection,
                int id,
                int qos,
                String topic,
                byte[] payload,
                boolean retained,
                boolean again,
                long receivedNanos)
                implements Item {}

        record BrokerForgotUs() implements Item {}

        record Unsubscribed(String filter, List<TopicFilter> standing) implements Item {}

        record Stop() implements Item {}
    }

    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final String self;
    private final Subscriptions subscriptions;
    private final AwaitedDeliveries awaited;
    private final Runnable onTick;
    private final Sequencer<Received> sequencer;
    private final Thread thread;
    private final Freshest freshest = new Freshest();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    Inbox(BusSettings settings, Subscriptions subscriptions, AwaitedDeliveries awaited, Runnable onTick) {
        this.self = settings.source();
        this.subscriptions = subscriptions;
        this.awaited = awaited;
        this.onTick = onTick;
        this.sequencer = new Sequencer<>(settings.holeDeadline().toNanos(), JOIN_NANOS, this);
        this.thread = new Thread(this::run, "bus dispatcher " + self);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes a message in. Thread: the client library's; never blocks. */
    void arrived(
            Connection connection, int id, int qos, String topic, byte[] payload, boolean retained, boolean again) {
        if (qos == 0 && queue.size() > UNACKNOWLEDGED_MOST) {
            seldom(dropped, "message of QoS 0 on {} was dropped: subscribers are too slow", topic);
            return;
        }
        queue.add(new Item.Arrived(connection, id, qos, topic, payload, retained, again, System.nanoTime()));
    }

    /** The broker has lost the session: what came between is not for us. */
    void brokerForgotUs() {
        queue.add(new Item.BrokerForgotUs());
    }

    /**
     * The broker has confirmed that a filter is no longer subscribed.
     *
     * @param standing what was subscribed before and stayed so: the topics of these go on coming
     */
    void unsubscribed(String filter, List<TopicFilter> standing) {
        queue.add(new Item.Unsubscribed(filter, standing));
    }

    /** Ends the dispatcher after what has arrived; waits at most this long. */
    void stop(long timeoutMillis) {
        queue.add(new Item.Stop());
        if (Thread.currentThread() == thread) {
            return; // a handler closes the bus: it ends after the handler
        }
        try {
            thread.join(timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("a subscriber of the bus has not returned for {} ms; its thread is interrupted", timeoutMillis);
            thread.interrupt();
        }
    }

    /** Messages handed to subscribers. */
    long received() {
        return received.get();
    }

    /** Messages dropped as already seen. */
    long doubles() {
        return sequencer.doubles();
    }

    /** Messages that never came. */
    long lost() {
        return sequencer.lost();
    }

    /** Messages that could not be read. */
    long refused() {
        return refused.get();
    }

    private void run() {
        long tick = System.nanoTime();
        boolean late = false;
        while (true) {
            Item item;
            try {
                item = queue.poll(TICK_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return;
            }
            if (item instanceof Item.Stop) {
                return;
            }
            try {
                if (item != null) {
                    deal(item);
                }
                long now = System.nanoTime();
                if (now - tick >= TICK_NANOS) {
                    // Kept from running, it takes nothing for lost before it has looked at what came meanwhile.
                    late = !late && now - tick > LATE_TICKS * TICK_NANOS;
                    tick = now;
                    tick(now, item == null, late);
                }
            } catch (RuntimeException e) {
                LOG.error("the bus failed to deal with a message; it goes on with the next", e);
            }
        }
    }

    private void tick(long now, boolean idle, boolean late) {
        if (!late) {
            sequencer.overdue(now);
        }
        if (idle) {
            int given = awaited.giveUp(now, OWED_NANOS);
            if (given > 0) {
                LOG.warn(
                        "the broker has acknowledged {} messages of this process and not delivered them to it for {} s;"
                                + " virtual time no longer waits for them",
                        given,
                        OWED_NANOS / 1_000_000_000);
            }
        }
        onTick.run();
    }

    private void deal(Item item) {
        if (item instanceof Item.Arrived a) {
            try {
                read(a);
            } finally {
                if (a.qos() > 0) {
                    a.connection().acknowledge(a.id(), a.qos());
                }
            }
        } else if (item instanceof Item.BrokerForgotUs) {
            sequencer.brokerForgotUs(System.nanoTime());
            awaited.giveUp(System.nanoTime(), 0);
        } else if (item instanceof Item.Unsubscribed u) {
            sequencer.unsubscribed(
                    new TopicFilter(u.filter()),
                    topic -> u.standing().stream().anyMatch(f -> f.matches(topic)),
                    topic -> !subscriptions.matching(topic).isEmpty(),
                    System.nanoTime());
        }
    }

    private void read(Item.Arrived a) {
        Message message;
        try {
            message = MessageReader.read(a.topic(), a.payload(), a.receivedNanos());
        } catch (CodecException e) {
            seldom(refused, "message on {} was refused: {}", a.topic(), e.getMessage());
            if (STOP.matches(a.topic())) {
                deliver(new Received(a.topic(), unreadableStop(a)));
            }
            return;
        }
        if (message.topic().kind() == Topic.Kind.STOP) {
            deliver(new Received(a.topic(), message)); // waits for nothing; twice does no harm
            return;
        }
        if (message.topic().kind() == Topic.Kind.MIRROR) {
            if (freshest.isNews(
                    message.envelope().source(), a.topic(), message.envelope().sequence())) {
                deliver(new Received(a.topic(), message));
            }
            return;
        }
        sequencer.accept(
                message.envelope().source(),
                a.topic(),
                message.envelope().sequence(),
                a.retained(),
                a.again(),
                new Received(a.topic(), message),
                a.receivedNanos());
    }

    /** Who wants to stop need not know how to say it: any message on the topic counts. */
    private static Message unreadableStop(Item.Arrived a) {
        return new Message(
                Topic.parse(a.topic()),
                new Envelope(1, "unknown", 1, a.receivedNanos(), a.receivedNanos()),
                new Payload.Document("stop", -1, Map.of("reason", "a message that could not be read")),
                a.receivedNanos());
    }

    @Override
    public void deliver(Received r) {
        List<LocalSubscription> targets = subscriptions.matching(r.topic());
        boolean own = r.message().envelope().source().equals(self);
        if (!targets.isEmpty()) {
            received.incrementAndGet();
        }
        for (LocalSubscription target : targets) {
            hand(target, r);
            if (own) {
                awaited.handled(r.topic(), r.message().envelope().sequence(), target);
            }
        }
        if (own) {
            awaited.settle(r.topic(), r.message().envelope().sequence());
        }
    }

    @Override
    public void deliverToNewcomers(Received r) {
        for (LocalSubscription target : subscriptions.matching(r.topic())) {
            if (target.sawNothingOf(r.topic())) {
                hand(target, r);
            }
        }
    }

    @Override
    public void lost(String source, String topic, long from, long to) {
        LOG.warn("messages {} to {} of {} on {} did not come in time; going on without them", from, to, source, topic);
        if (source.equals(self)) {
            for (long n = from; n <= to; n++) {
                awaited.settle(topic, n);
            }
        }
    }

    @Override
    public OptionalLong earliest(String source, String topic, long seen) {
        return source.equals(self) ? OptionalLong.of(awaited.earliest(topic, seen)) : OptionalLong.empty();
    }

    private void hand(LocalSubscription target, Received r) {
        try {
            target.hand(r.topic(), r.message());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            long n = target.failed();
            if ((n & n - 1) == 0) {
                LOG.error("subscriber of {} failed on a message of {} ({} so far)", target.filter(), r.topic(), n, e);
            }
        }
    }

    /** Counts, and logs the 1st, 2nd, 4th, 8th … so that a flood of bad messages is no flood of lines. */
    private static void seldom(AtomicLong counter, String text, Object... arguments) {
        long n = counter.incrementAndGet();
        if ((n & n - 1) == 0) {
            LOG.warn(text + " (" + n + " so far)", arguments);
        }
    }
}
