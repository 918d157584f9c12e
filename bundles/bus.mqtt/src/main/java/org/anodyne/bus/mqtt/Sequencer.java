package org.anodyne.bus.mqtt;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Puts messages of each source and topic in the order of their numbers, once each. A message that comes too early waits
 * for the missing ones until a deadline; then the hole is given up.
 *
 * <p>The first message that comes need not be the first that was published: brokers mix up the messages of a topic that
 * is new to them. So it waits too, for a short while, for those before it; if none come, it was published before we
 * subscribed. Thread: the dispatcher.
 *
 * @param <M> a message
 */
final class Sequencer<M> {
    private static final int HELD_MOST = 10_000;
    private static final int STATES_MANY = 20_000;
    private static final long STATE_IDLE_NANOS = 600_000_000_000L;
    /** Beyond this number the first message that comes is not taken for one of a new topic. */
    private static final long JOINING_MOST = 1000;

    /** Where messages go. */
    interface Sink<M> {
        /** In order, once. */
        void deliver(M message);

        /** A retained message that this process knows already: news only to who has nothing of the topic yet. */
        void deliverToNewcomers(M message);

        /** Numbers {@code from} to {@code to} will not come any more, or have come too late. */
        void lost(String source, String topic, long from, long to);

        /**
         * The lowest number that may still come, when the first message of a source and topic has {@code seen}; empty
         * when nobody can know.
         */
        OptionalLong earliest(String source, String topic, long seen);
    }

    private record Key(String source, String topic) {}

    private static final class State<M> {
        /** Number delivered last. */
        private long last;
        /** Number with which it began; what is lower and comes later is no double but comes too late. */
        private long first;
        /** Whether we may have come in the middle: then what is missing before is not for us. */
        private boolean joining;
        /** Whether the next message may have any higher number: what came between was not meant for us. */
        private boolean anyNext;
        /** Whether the broker has lost our session since: what it has kept may be far ahead of what we know. */
        private boolean forgotten;

        private final TreeMap<Long, M> held = new TreeMap<>();
        private long deadlineNanos;
        private long usedNanos;
    }

    private final long holeNanos;
    private final long joinNanos;
    private final Sink<M> sink;
    private final Map<Key, State<M>> states = new HashMap<>();
    private int statesWithHoles;
    private volatile long doubles;
    private volatile long lost;

    Sequencer(long holeNanos, long joinNanos, Sink<M> sink) {
        this.holeNanos = holeNanos;
        this.joinNanos = joinNanos;
        this.sink = sink;
    }

    long doubles() {
        return doubles;
    }

    long lost() {
        return lost;
    }

    /**
     * A message arrived.
     *
     * @param retained whether the broker had kept it and sends it because of a new subscription
     * @param again whether it is sent once more in case the broker has lost it: then it may also be one from before we
     *     subscribed, which is not for us
     */
    void accept(String source, String topic, long sequence, boolean retained, boolean again, M message, long now) {
        State<M> s = states.get(new Key(source, topic));
        if (s == null) {
            s = begin(source, topic, sequence, retained);
            if (states.size() >= STATES_MANY) {
                states.values().removeIf(idle -> idle.held.isEmpty() && now - idle.usedNanos > STATE_IDLE_NANOS);
            }
            states.put(new Key(source, topic), s);
        }
        s.usedNanos = now;
        if (s.anyNext && sequence > s.last) {
            s.anyNext = retained;
            s.last = sequence - 1;
        } else if (s.forgotten && retained && sequence > s.last) {
            s.last = sequence - 1;
        }
        s.forgotten &= retained;
        if (sequence == s.last + 1) {
            s.last = sequence;
            sink.deliver(message);
            deliverHeld(source, topic, s, now);
        } else if (retained) {
            sink.deliverToNewcomers(message);
        } else if (sequence < s.first && !again) {
            lost++;
            sink.lost(source, topic, sequence, sequence);
        } else if (sequence <= s.last || s.held.containsKey(sequence)) {
            doubles++;
        } else {
            hold(source, topic, s, sequence, message, now);
        }
    }

    private State<M> begin(String source, String topic, long sequence, boolean retained) {
        State<M> s = new State<>();
        s.anyNext = retained;
        OptionalLong earliest = sink.earliest(source, topic, sequence);
        s.joining = !retained && earliest.isEmpty() && sequence > 1 && sequence <= JOINING_MOST;
        s.last = s.joining ? 0 : earliest.orElse(sequence) - 1;
        if (retained) {
            s.last = sequence - 1;
        }
        s.first = s.joining ? 1 : retained ? 0 : s.last + 1;
        return s;
    }

    private void hold(String source, String topic, State<M> s, long sequence, M message, long now) {
        if (s.held.isEmpty()) {
            s.deadlineNanos = now + (s.joining ? joinNanos : holeNanos);
            statesWithHoles++;
        }
        s.held.put(sequence, message);
        if (s.held.size() > HELD_MOST) {
            skipHole(source, topic, s, now);
        }
    }

    private void deliverHeld(String source, String topic, State<M> s, long now) {
        s.joining = false;
        if (s.held.isEmpty()) {
            return;
        }
        while (!s.held.isEmpty() && s.held.firstKey() <= s.last + 1) {
            Map.Entry<Long, M> first = s.held.pollFirstEntry();
            if (first.getKey() == s.last + 1) {
                s.last++;
                sink.deliver(first.getValue());
            }
        }
        if (s.held.isEmpty()) {
            statesWithHoles--;
        } else {
            s.deadlineNanos = now + holeNanos;
        }
    }

    private void skipHole(String source, String topic, State<M> s, long now) {
        long from = s.last + 1;
        long to = s.held.firstKey() - 1;
        s.last = to;
        if (s.joining) {
            s.first = to + 1;
        } else {
            lost += to - from + 1;
            sink.lost(source, topic, from, to);
        }
        deliverHeld(source, topic, s, now);
    }

    /** Whether something waits for a missing message. */
    boolean hasHoles() {
        return statesWithHoles > 0;
    }

    /** Gives up holes whose deadline has passed. */
    void overdue(long now) {
        if (statesWithHoles == 0) {
            return;
        }
        for (Map.Entry<Key, State<M>> e : states.entrySet()) {
            State<M> s = e.getValue();
            if (!s.held.isEmpty() && now - s.deadlineNanos >= 0) {
                skipHole(e.getKey().source(), e.getKey().topic(), s, now);
            }
        }
    }

    /**
     * The broker has forgotten us. What was published meanwhile may be sent once more by those who know that the broker
     * died, so it is waited for like any hole.
     */
    void brokerForgotUs(long now) {
        states.values().forEach(s -> {
            s.forgotten = true;
            s.deadlineNanos = now + holeNanos;
        });
    }

    /**
     * A filter is no longer subscribed.
     *
     * @param goesOn whether a topic was subscribed by another filter all the time: its messages keep coming, and those that
     *     wait for a missing one keep waiting
     * @param wanted whether another still asks for a topic, though perhaps only since
     */
    void unsubscribed(TopicFilter filter, Predicate<String> goesOn, Predicate<String> wanted, long now) {
        for (Iterator<Map.Entry<Key, State<M>>> i = states.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Key, State<M>> e = i.next();
            if (filter.matches(e.getKey().topic()) && !goesOn.test(e.getKey().topic())) {
                startAfresh(e.getKey(), e.getValue(), now);
                if (!wanted.test(e.getKey().topic())) {
                    i.remove();
                }
            }
        }
    }

    private void startAfresh(Key key, State<M> s, long now) {
        while (!s.held.isEmpty()) {
            skipHole(key.source(), key.topic(), s, now);
        }
        s.anyNext = true;
    }
}
