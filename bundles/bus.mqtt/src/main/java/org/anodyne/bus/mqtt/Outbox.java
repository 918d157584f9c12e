package org.anodyne.bus.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.anodyne.bus.BusException;

/**
 * Messages that the broker has not acknowledged, in the order in which they were published: those that wait to be sent,
 * and those that were sent over the present connection. When it is lost the sent ones go back in front of the others.
 * Thread: any.
 */
final class Outbox {
    private final int capacity;
    private final long capacityBytes;
    private final ArrayDeque<Outgoing> unsent = new ArrayDeque<>();
    private final LinkedHashSet<Outgoing> sent = new LinkedHashSet<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private long bytes;
    private boolean closed;

    Outbox(int capacity, long capacityBytes) {
        this.capacity = capacity;
        this.capacityBytes = capacityBytes;
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
        if (unsent.isEmpty() || sent.size() >= window) {
            return null;
        }
        Outgoing message = unsent.poll();
        sent.add(message);
        return message;
    }

    synchronized boolean canSend(int window) {
        return !unsent.isEmpty() && sent.size() < window;
    }

    /** The client could not take it: it is the next again. */
    synchronized void putBack(Outgoing message) {
        if (sent.remove(message)) {
            unsent.addFirst(message);
        }
    }

    /** The connection is lost: what was sent and not acknowledged is sent again, in order. */
    synchronized void unsendAll() {
        List<Outgoing> again = new ArrayList<>(sent);
        sent.clear();
        for (int i = again.size() - 1; i >= 0; i--) {
            unsent.addFirst(again.get(i));
        }
    }

    /** Takes a message out; whether it was still here, so that it is settled once only. */
    synchronized boolean remove(Outgoing message) {
        if (sent.remove(message) || unsent.remove(message)) {
            bytes -= message.payload().length;
            return true;
        }
        return false;
    }

    /** The oldest message on its way, or null. */
    synchronized Outgoing oldestSent() {
        return sent.isEmpty() ? null : sent.iterator().next();
    }

    synchronized int size() {
        return unsent.size() + sent.size();
    }

    /** Takes no more messages. */
    synchronized void close() {
        closed = true;
    }

    /** Gives away what is left. */
    synchronized List<Outgoing> drain() {
        List<Outgoing> left = new ArrayList<>(sent);
        left.addAll(unsent);
        sent.clear();
        unsent.clear();
        bytes = 0;
        return left;
    }
}
