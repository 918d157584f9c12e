package org.anodyne.bus.mqtt;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.anodyne.bus.BusException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connection: connects, connects again, subscribes, and sends what is in the outbox. It is sent by one thread
 * at a time, so that what is sent again and what is new keep their order: by who publishes when nobody is at it, which
 * saves waking another thread, else by the link's own.
 */
final class Link implements Connection.Events {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long BACKOFF_LEAST = 100_000_000L;
    private static final long BACKOFF_MOST = 2_000_000_000L;
    private static final long ANSWER_NANOS = 10_000_000_000L;
    private static final long FLUSH_NANOS = 2_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
    private static final long LOOK_SOON_NANOS = 2_000_000L;
    /** After this everybody else has connected again too, who tries every {@link #BACKOFF_MOST}. */
    private static final long REPEAT_NANOS = 2_500_000_000L;
    /** Enough to keep a broker busy, few enough that a lost connection repeats little. */
    private static final int WINDOW = 512;

    /** What the link tells. */
    interface Reports {
        /** Whether the broker can be reached has changed. */
        void connected(boolean connected);

        /** The broker has taken a message; {@code refusal} is null, or says why it never will. */
        void settled(Outgoing message, BusException refusal);

        /** The broker has confirmed a subscription; {@code refusal} is null, or says why it never will. */
        void subscribed(LocalSubscription subscription, BusException refusal);
    }

    private final BusSettings settings;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Reports reports;
    private final Thread thread;
    private final StandingFilters filters;
    private final Offers offers = new Offers(this::wake);

    /** Held by who sends. */
    private final ReentrantLock sending = new ReentrantLock();

    /** The connection that may be sent on; null while there is none. Changed with {@link #sending} held. */
    private volatile Connection open;

    private volatile String uri;
    private volatile boolean closing;
    /** Whether a connection is being made or left, with a request to the broker perhaps under way. */
    private volatile boolean asking;

    private volatile int window = 1;
    private volatile boolean progress;
    private volatile long reconnects;
    private boolean everConnected;
    private boolean oneByOne;
    private boolean repeatDue;
    private long repeatAtNanos;

    Link(BusSettings settings, Outbox outbox, Subscriptions subscriptions, Inbox inbox, Reports reports) {
        this.settings = settings;
        this.uri = settings.uri();
        this.outbox = outbox;
        this.inbox = inbox;
        this.reports = reports;
        this.filters = new StandingFilters(subscriptions, inbox, reports, this::wake);
        this.thread = new Thread(this::run, "bus link " + settings.source());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Goes to another broker; empty: to none, until told. Returns when no request to the one before is under way any more,
     * so that it may be stopped, or after two seconds. Thread: any but the client library's.
     */
    void broker(String address) {
        uri = address;
        wake();
        long deadline = System.nanoTime() + FLUSH_NANOS;
        while ((asking || filters.unanswered()) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(this, LOOK_SOON_NANOS);
        }
    }

    /**
     * There is something new to send. Thread: any but the client library's, which must not call back into it; does not
     * wait.
     */
    void send() {
        Connection c = open;
        if (c == null || !sending.tryLock()) {
            wake(); // whoever sends may be past it already
            return;
        }
        try {
            if (open == c) {
                sendAll(c);
            }
        } catch (MqttException e) {
            LOG.debug("connection failed while it was used", e); // the link will see it too
        } finally {
            sending.unlock();
        }
        if (outbox.canSend(window)) {
            wake(); // what others left to us while we held the lock
        }
    }

    /** The newest of its topic to be sent at QoS 0, in place of one that has not been sent yet. Thread: any. */
    void offer(Outgoing message) {
        offers.put(message);
    }

    /** There is something to look at. Thread: any. */
    void wake() {
        LockSupport.unpark(thread);
    }

    void subscribe(LocalSubscription subscription) {
        filters.subscribe(subscription);
    }

    void unsubscribe(LocalSubscription subscription) {
        filters.unsubscribe(subscription);
    }

    long reconnects() {
        return reconnects;
    }

    /** Sends what is left if the broker is there, then ends; waits at most this long. */
    void stop(long timeoutMillis) {
        closing = true;
        wake();
        try {
            thread.join(timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void changed() {
        wake();
    }

    @Override
    public void arrived(Connection c, int id, int qos, String topic, byte[] payload, boolean retained, boolean again) {
        inbox.arrived(c, id, qos, topic, payload, retained, again);
    }

    private void run() {
        long backoff = BACKOFF_LEAST;
        int failures = 0;
        while (!closing) {
            String address = uri;
            if (address.isEmpty()) {
                LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
                continue;
            }
            asking = true;
            Connection c = open(address, failures);
            boolean useful = c != null && serve(c, address);
            asking = false;
            if (useful) {
                failures = 0;
                backoff = BACKOFF_LEAST;
            } else {
                failures++;
                await(System.nanoTime() + backoff, () -> !uri.equals(address));
                backoff = Math.min(2 * backoff, BACKOFF_MOST);
            }
        }
    }

    private Connection open(String address, int failures) {
        Connection c;
        try {
            c = new Connection(settings, address, this);
        } catch (MqttException | IllegalArgumentException e) {
            report(address, failures, e.getMessage());
            return null;
        }
        awaitAnswer(address, () -> c.state() != Connection.State.CONNECTING);
        if (c.state() == Connection.State.OPEN && !leaving(address)) {
            return c;
        }
        boolean silent = c.state() == Connection.State.CONNECTING;
        letGo(c);
        if (!leaving(address)) {
            report(address, failures, silent ? "it does not answer" : c.lossReason());
        }
        return null;
    }

    private static void report(String address, int failures, String reason) {
        if ((failures & failures + 1) == 0) {
            LOG.warn(
                    "broker {} cannot be reached: {}. Messages are kept; trying again (attempt {})",
                    address,
                    reason,
                    failures + 1);
        }
    }

    /** Uses a connection until it is lost or no longer wanted; whether it was of any use. */
    private boolean serve(Connection c, String address) {
        window = oneByOne ? 1 : Math.max(1, Math.min(WINDOW, c.receiveMaximum() - 1));
        progress = false;
        boolean usable = false;
        try {
            usable = subscribeAgain(c, address);
            if (usable) {
                if (everConnected) {
                    reconnects++;
                    repeatAtNanos = System.nanoTime() + REPEAT_NANOS;
                    repeatDue = true;
                }
                everConnected = true;
                LOG.info("connected to broker {}", address);
                offers.clear();
                use(c);
                asking = false;
                reports.connected(true);
                work(c, address);
                use(null);
                reports.connected(false);
                if (!leaving(address)) {
                    LOG.warn(
                            "connection to broker {} is lost: {}. Messages are kept; connecting again",
                            address,
                            c.lossReason());
                }
            }
        } catch (MqttException e) {
            LOG.debug("connection failed while it was used", e);
        } finally {
            if (usable) {
                reports.connected(false);
            }
            use(null);
            blame(c);
            filters.lost();
            outbox.unsendAll(System.nanoTime());
            letGo(c);
        }
        return usable;
    }

    private void letGo(Connection c) {
        if (closing && c.state() == Connection.State.OPEN) {
            c.end();
        } else {
            c.discard();
        }
    }

    /** Says what may be sent on; nobody is sending when it returns. */
    private void use(Connection c) {
        sending.lock();
        try {
            open = c;
        } finally {
            sending.unlock();
        }
    }

    /** Sends what may be sent. With {@link #sending} held. */
    private void sendAll(Connection c) throws MqttException {
        Outgoing m;
        while (c.state() == Connection.State.OPEN && (m = outbox.next(window)) != null) {
            send(c, m);
        }
    }

    private void work(Connection c, String address) throws MqttException {
        long flushUntil = 0;
        while (c.state() == Connection.State.OPEN) {
            if (leaving(address)) {
                flushUntil = flushUntil == 0 ? System.nanoTime() + FLUSH_NANOS : flushUntil;
                boolean done = !filters.unanswered() && (!closing || outbox.size() == 0);
                if (done || System.nanoTime() - flushUntil >= 0) {
                    return;
                }
                if (!closing) {
                    LockSupport.parkNanos(this, BACKOFF_LEAST);
                    continue; // what is new is for the next broker
                }
            }
            filters.update(c);
            offers.send(c);
            if (repeatDue && System.nanoTime() - repeatAtNanos >= 0) {
                repeatDue = false;
                repeat();
            }
            sending.lock();
            try {
                sendAll(c);
            } finally {
                sending.unlock();
            }
            if (!filters.due() && !outbox.canSend(window)) {
                LockSupport.parkNanos(this, closing ? BACKOFF_LEAST : LOOK_AGAIN_NANOS);
            }
        }
    }

    private void repeat() {
        sending.lock();
        try {
            outbox.repeat(System.nanoTime());
        } finally {
            sending.unlock();
        }
    }

    private void send(Connection c, Outgoing m) throws MqttException {
        if (m.packetBytes() > c.maximumPacket()) {
            refuse(
                    m,
                    "it has " + m.payload().length + " bytes and the broker takes packets of at most "
                            + c.maximumPacket());
            return;
        }
        try {
            c.publish(m, code -> acknowledged(m, code));
        } catch (IllegalArgumentException e) {
            refuse(m, e.getMessage());
        } catch (MqttException e) {
            if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                throw e; // the connection is going; the message stays in the outbox
            }
            outbox.putBack(m);
            window = Math.max(1, window / 2);
        }
    }

    /** Thread: the client library's. */
    private void acknowledged(Outgoing m, int code) {
        progress = true;
        if (code >= 0x80) {
            refuse(m, Reasons.text(code));
        } else if (outbox.acknowledged(m, System.nanoTime()) && !m.again()) {
            reports.settled(m, null);
        }
        if (closing || outbox.canSend(window)) {
            wake();
        }
    }

    private void refuse(Outgoing m, String why) {
        if (outbox.remove(m) && !m.again()) {
            reports.settled(
                    m,
                    new BusException("the broker refused message " + m.sequence() + " on " + m.topic() + ": " + why));
        }
    }

    /** Finds the message for which a broker ends the connection: sends one by one then, and gives that one up. */
    private void blame(Connection c) {
        if (progress) {
            oneByOne = false;
        }
        Outgoing suspect = outbox.oldestSent();
        if (suspect == null || !Reasons.blamesMessage(c.lossCode())) {
            return;
        }
        if (oneByOne) {
            refuse(suspect, "it ended the connection, " + Reasons.text(c.lossCode()));
            oneByOne = false;
        } else {
            oneByOne = true;
        }
    }

    /** Subscribes everything on a new connection; whether the broker answered in time. */
    private boolean subscribeAgain(Connection c, String address) throws MqttException {
        filters.restore(c, !c.sessionPresent() && everConnected);
        awaitAnswer(address, () -> !filters.unanswered() || c.state() != Connection.State.OPEN);
        return !leaving(address) && !filters.unanswered() && c.state() == Connection.State.OPEN;
    }

    private interface Check {
        boolean holds();
    }

    private void await(long deadline, Check check) {
        while (!closing && !check.holds()) {
            if (!park(deadline)) {
                return;
            }
        }
    }

    /**
     * Waits for an answer of the broker. Who leaves meanwhile waits too, but not for long: the client library and Artemis
     * both stumble over a connection that ends in the middle of a request.
     */
    private void awaitAnswer(String address, Check answered) {
        long deadline = System.nanoTime() + ANSWER_NANOS;
        boolean leaving = false;
        while (!answered.holds()) {
            if (!leaving && leaving(address)) {
                leaving = true;
                long soon = System.nanoTime() + FLUSH_NANOS;
                deadline = soon - deadline < 0 ? soon : deadline;
            }
            if (!park(deadline)) {
                return;
            }
        }
    }

    private boolean leaving(String address) {
        return closing || !uri.equals(address);
    }

    private boolean park(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        LockSupport.parkNanos(this, left);
        return true;
    }
}
