package org.anodyne.bus.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anodyne.bus.MessageBus.InFlight;

/**
 * Messages of this process that subscriptions of this process will be handed: one piece of work under way each, until the
 * handler has returned or it is certain that it will not be called. Thread: any.
 */
final class AwaitedDeliveries {
    private record Key(String topic, long sequence) {}

    private static final class Delivery {
        private final List<LocalSubscription> targets;
        private volatile long acknowledgedNanos;

        Delivery(List<LocalSubscription> targets) {
            this.targets = new ArrayList<>(targets);
        }

        /** Whether it was still owed; at most once true. */
        synchronized boolean claim(LocalSubscription target) {
            return targets.remove(target);
        }

        synchronized int claimAll() {
            int n = targets.size();
            targets.clear();
            return n;
        }
    }

    private final Map<Key, Delivery> owed = new ConcurrentHashMap<>();
    private final InFlight inFlight;

    AwaitedDeliveries(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** A message is about to be published; only confirmed subscriptions are certain to get it. */
    void expect(String topic, long sequence, List<LocalSubscription> matching) {
        List<LocalSubscription> targets = new ArrayList<>(matching.size());
        for (LocalSubscription s : matching) {
            if (s.confirmed()) {
                targets.add(s);
            }
        }
        if (targets.isEmpty()) {
            return;
        }
        targets.forEach(t -> inFlight.enter());
        Delivery delivery = new Delivery(targets);
        owed.put(new Key(topic, sequence), delivery);
        for (LocalSubscription t : targets) {
            if (t.closed() && delivery.claim(t)) {
                inFlight.leave();
            }
        }
    }

    /** The lowest number that is owed together with all between it and {@code seen}. */
    long earliest(String topic, long seen) {
        long n = seen;
        while (n > 1 && owed.containsKey(new Key(topic, n - 1))) {
            n--;
        }
        return n;
    }

    /** The handler of one subscription has returned. */
    void handled(String topic, long sequence, LocalSubscription target) {
        Delivery delivery = owed.get(new Key(topic, sequence));
        if (delivery != null && delivery.claim(target)) {
            inFlight.leave();
        }
    }

    /** All handlers have returned, or none will be called. */
    void settle(String topic, long sequence) {
        Delivery delivery = owed.remove(new Key(topic, sequence));
        if (delivery != null) {
            for (int n = delivery.claimAll(); n > 0; n--) {
                inFlight.leave();
            }
        }
    }

    /** The broker has the message. */
    void acknowledged(String topic, long sequence, long nowNanos) {
        Delivery delivery = owed.get(new Key(topic, sequence));
        if (delivery != null) {
            delivery.acknowledgedNanos = nowNanos;
        }
    }

    /** A subscription is closed. */
    void forget(LocalSubscription target) {
        for (Delivery delivery : owed.values()) {
            if (delivery.claim(target)) {
                inFlight.leave();
            }
        }
    }

    /** Gives up what the broker has had for longer than this and has not delivered; how many. */
    int giveUp(long nowNanos, long longerThanNanos) {
        int given = 0;
        for (Map.Entry<Key, Delivery> e : owed.entrySet()) {
            long since = e.getValue().acknowledgedNanos;
            if (since != 0 && nowNanos - since > longerThanNanos) {
                settle(e.getKey().topic(), e.getKey().sequence());
                given++;
            }
        }
        return given;
    }

    void settleAll() {
        owed.keySet().forEach(k -> settle(k.topic(), k.sequence()));
    }
}
