package org.anodyne.bus.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.anodyne.bus.BusException;

/**
 * Messages that the broker may not have safely, in the order in which they were published: those that wait to be sent,
 * those that were sent over the present connection, and those that it acknowledged a moment ago. When the connection is
 * lost, the sent ones go back in front of the others. So do the ones just acknowledged: a broker may acknowledge before
 * it saves, and then its death costs them; receivers drop what they have already. Thread: any.
 */
final class Outbox {
    /** Three times what Mosquitto takes to save by its {@code autosave_interval} of 1 s. */
    static final long KEEP_NANOS = 3_000_000_000L;

    private static final long KEEP_BYTES = 16L << 20;
    private static final int REPEATS_AT_ONCE = 16;

    private final int capacity;
    private final long capacityBytes;
    private final long keepBytes;
    private final ArrayDeque<Outgoing> unsent = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> repeats = new ArrayDeque<>();
    private final LinkedHashMap<Outgoing, Sending> sent = new LinkedHashMap<>();
    /** What was sent over this connection, oldest first; the acknowledged ones as long as they are kept. */
    private final ArrayDeque<Sending> recent = new ArrayDeque<>();

    private final Map<String, Long> sequences = new HashMap<>();
    private long bytes;
    private long recentBytes;
    private boolean closed;

    /** A message over the present connection, and what became of it. */
    private static final class Sending {
        private final Outgoing message;
        private boolean refused;
        private boolean acknowledged;
        private long acknowledgedNanos;

        Sending(Outgoing message) {
            this.message = message;
        }
    }

    Outbox(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
        this.keepBytes = Math.min(capacityBytes, KEEP_BYTES);
    }

    /**
     * Gives a message the next number of its topic and puts it at the end.
     *
     * @param maker encodes the message with the number that it gets; may throw, then nothing has happened
     * @throws BusException when the outbox is full or closed; the message has no number then and leaves no hole
     */
    synchronized Outgoing add(String topic, LongFunction<Outgoing> maker) {
        if (closed) {
            throw new BusException("cannot publish on " + topic + ": the bus is closed");
        }
        if (size() >= capacity || bytes >= capacityBytes) {
            throw new BusException("the outbox is full: " + size() + " messages of " + bytes
                    + " bytes wait for the broker, so the message on " + topic
                    + " was not taken. Check that the broker runs and can be reached");
        }
        long sequence = sequences.getOrDefault(topic, 0L) + 1;
        Outgoing message = maker.apply(sequence);
        sequences.put(topic, sequence);
        bytes += message.payload().length;
        unsent.add(message);
        return message;
    }

    /** The next message to send, if fewer than {@code window} are on their way; it counts as sent. */
    synchronized Outgoing next(int window) {
        if (!canSend(window)) {
            return null;
        }
        Outgoing message = unsent.isEmpty() ? repeats.poll() : unsent.poll();
        Sending sending = new Sending(message);
        sent.put(message, sending);
        recent.add(sending);
        recentBytes += message.payload().length;
        return message;
    }

    synchronized boolean canSend(int window) {
        return !unsent.isEmpty() && sent.size() < window
                || !repeats.isEmpty() && sent.size() < Math.min(window, REPEATS_AT_ONCE);
    }

    /** The client could not take it: it is the next again. */
    synchronized void putBack(Outgoing message) {
        Sending sending = sent.remove(message);
        if (sending != null) {
            sending.refused = true; // over this connection; it will have another sending
            unsent.addFirst(message);
        }
    }

    /** The connection is lost: what the broker may not have is sent again, in order. */
    synchronized void unsendAll(long nowNanos) {
        forget(nowNanos);
        List<Outgoing> again = new ArrayList<>(recent.size());
        for (Sending s : recent) {
            if (s.acknowledged) {
                again.add(s.message.onceMore());
                bytes += s.message.payload().length;
            } else if (!s.refused) {
                again.add(s.message);
            }
        }
        forgetRepeats(); // they are among the recent ones
        sent.clear();
        recent.clear();
        recentBytes = 0;
        for (int i = again.size() - 1; i >= 0; i--) {
            unsent.addFirst(again.get(i));
        }
    }

    /**
     * Sends what was acknowledged just now once more: those for whom it is may have come back to the broker only after
     * it, and a broker that has lost their sessions too had nobody to give it to. It is sent when nothing else is, so it
     * holds nothing up; of what the broker keeps only the newest, since an older one would take its place.
     */
    synchronized void repeat(long nowNanos) {
        forget(nowNanos);
        for (Sending s : recent) {
            Outgoing m = s.message;
            boolean newest = sequences.getOrDefault(m.topic(), 0L) == m.sequence();
            if (s.acknowledged && (newest || !m.retained())) {
                repeats.add(m.onceMore());
                bytes += m.payload().length;
            }
        }
    }

    /** The broker has acknowledged a message; whether it was still here, so that it is settled once only. */
    synchronized boolean acknowledged(Outgoing message, long nowNanos) {
        Sending sending = sent.remove(message);
        if (sending != null) {
            sending.acknowledged = true;
            sending.acknowledgedNanos = nowNanos;
        } else if (!unsent.remove(message)) {
            return false;
        }
        bytes -= message.payload().length;
        forget(nowNanos);
        return true;
    }

    /** The broker will never take it; whether it was still here, so that it is settled once only. */
    synchronized boolean remove(Outgoing message) {
        Sending sending = sent.remove(message);
        if (sending != null) {
            sending.refused = true;
        } else if (!unsent.remove(message)) {
            return false;
        }
        bytes -= message.payload().length;
        return true;
    }

    private void forgetRepeats() {
        for (Outgoing m : repeats) {
            bytes -= m.payload().length;
        }
        repeats.clear();
    }

    private void forget(long nowNanos) {
        for (Sending s = recent.peek(); s != null; s = recent.peek()) {
            boolean settled = s.refused || s.acknowledged;
            boolean old = s.refused || nowNanos - s.acknowledgedNanos > KEEP_NANOS;
            if (!settled || !old && recentBytes <= keepBytes) {
                return;
            }
            recent.poll();
            recentBytes -= s.message.payload().length;
        }
    }

    /** The oldest message on its way, or null. */
    synchronized Outgoing oldestSent() {
        return sent.isEmpty() ? null : sent.keySet().iterator().next();
    }

    synchronized int size() {
        return unsent.size() + repeats.size() + sent.size();
    }

    /** Takes no more messages. */
    synchronized void close() {
        closed = true;
    }

    /** Gives away what is left. */
    synchronized List<Outgoing> drain() {
        List<Outgoing> left = new ArrayList<>(sent.keySet());
        left.addAll(unsent);
        left.addAll(repeats);
        sent.clear();
        recent.clear();
        unsent.clear();
        repeats.clear();
        bytes = 0;
        recentBytes = 0;
        return left;
    }
}
