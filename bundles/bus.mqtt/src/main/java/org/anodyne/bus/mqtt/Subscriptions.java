package org.anodyne.bus.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The subscriptions of this process, found by topic. Thread: any. */
final class Subscriptions {
    private static final int CACHED_TOPICS = 10_000;

    private final CopyOnWriteArrayList<LocalSubscription> all = new CopyOnWriteArrayList<>();
    private final Map<String, List<LocalSubscription>> byTopic = new ConcurrentHashMap<>();
    private volatile int version;

    synchronized void add(LocalSubscription subscription) {
        all.add(subscription);
        changed();
    }

    synchronized void remove(LocalSubscription subscription) {
        all.remove(subscription);
        changed();
    }

    List<LocalSubscription> all() {
        return all;
    }

    /** Whether a subscription has this very filter. */
    boolean has(String filter) {
        return all.stream().anyMatch(s -> s.filter().toString().equals(filter));
    }

    /** Those whose filter matches, in the order in which they were made. */
    List<LocalSubscription> matching(String topic) {
        List<LocalSubscription> found = byTopic.get(topic);
        if (found != null) {
            return found;
        }
        int before = version;
        found = new ArrayList<>();
        for (LocalSubscription s : all) {
            if (s.filter().matches(topic)) {
                found.add(s);
            }
        }
        found = List.copyOf(found);
        synchronized (this) {
            if (version == before) {
                if (byTopic.size() >= CACHED_TOPICS) {
                    byTopic.clear();
                }
                byTopic.put(topic, found);
            }
        }
        return found;
    }

    private void changed() {
        version++;
        byTopic.clear();
    }
}
