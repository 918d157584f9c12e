package org.anodyne.bus.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.anodyne.bus.BusException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Keeps the filters that the broker holds for this process in step with the subscriptions that are wanted here.
 *
 * <p>Thread: {@link #subscribe}, {@link #unsubscribe} and {@link #unanswered} from any; the rest is the link's.
 */
final class StandingFilters {
    private final Subscriptions subscriptions;
    private final Inbox inbox;
    private final Link.Reports reports;
    private final Runnable wake;
    private final ConcurrentLinkedQueue<LocalSubscription> toSubscribe = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> toUnsubscribe = new ConcurrentLinkedQueue<>();
    /** Filters that the broker may hold for us. */
    private final Set<String> atBroker = ConcurrentHashMap.newKeySet();
    /** Requests on the present connection that the broker has not answered; each connection has a count of its own. */
    private volatile AtomicInteger unanswered = new AtomicInteger();

    /** @param wake is called when the broker has answered */
    StandingFilters(Subscriptions subscriptions, Inbox inbox, Link.Reports reports, Runnable wake) {
        this.subscriptions = subscriptions;
        this.inbox = inbox;
        this.reports = reports;
        this.wake = wake;
    }

    void subscribe(LocalSubscription subscription) {
        toSubscribe.add(subscription);
        wake.run();
    }

    void unsubscribe(LocalSubscription subscription) {
        toUnsubscribe.add(subscription.filter().toString());
        wake.run();
    }

    /** Whether there is something to tell the broker. */
    boolean due() {
        return !toSubscribe.isEmpty() || !toUnsubscribe.isEmpty();
    }

    /** Whether the broker still owes an answer on the present connection. */
    boolean unanswered() {
        return unanswered.get() > 0;
    }

    /** The connection is gone, and with it all answers. */
    void lost() {
        unanswered = new AtomicInteger();
    }

    /** Asks a new connection for everything; the broker has it once nothing is {@link #unanswered}. */
    void restore(Connection c, boolean brokerForgotUs) throws MqttException {
        unanswered = new AtomicInteger();
        if (brokerForgotUs) {
            inbox.brokerForgotUs();
            atBroker.clear();
        }
        toSubscribe.clear(); // all of them are in the list below
        toUnsubscribe.clear();
        Map<String, List<LocalSubscription>> byFilter = byFilter(subscriptions.all());
        for (String filter : atBroker) {
            if (!byFilter.containsKey(filter)) {
                unsubscribe(c, filter);
            }
        }
        subscribe(c, byFilter);
    }

    /** Tells the broker what has changed since. */
    void update(Connection c) throws MqttException {
        for (String f = toUnsubscribe.poll(); f != null; f = toUnsubscribe.poll()) {
            if (!subscriptions.has(f)) {
                unsubscribe(c, f);
            }
        }
        List<LocalSubscription> wanted = new ArrayList<>();
        for (LocalSubscription s = toSubscribe.poll(); s != null; s = toSubscribe.poll()) {
            if (!s.closed()) {
                wanted.add(s);
            }
        }
        subscribe(c, byFilter(wanted));
    }

    private static Map<String, List<LocalSubscription>> byFilter(Iterable<LocalSubscription> wanted) {
        Map<String, List<LocalSubscription>> byFilter = new LinkedHashMap<>();
        for (LocalSubscription s : wanted) {
            byFilter.computeIfAbsent(s.filter().toString(), f -> new ArrayList<>())
                    .add(s);
        }
        return byFilter;
    }

    private void subscribe(Connection c, Map<String, List<LocalSubscription>> byFilter) throws MqttException {
        if (byFilter.isEmpty()) {
            return;
        }
        List<Connection.Wanted> wanted = new ArrayList<>();
        List<List<LocalSubscription>> owners = new ArrayList<>();
        byFilter.forEach((filter, list) -> {
            wanted.add(new Connection.Wanted(filter, list.stream().anyMatch(s -> !s.confirmed())));
            owners.add(list);
            atBroker.add(filter);
        });
        AtomicInteger open = unanswered;
        open.incrementAndGet();
        c.subscribe(wanted, codes -> {
            for (int i = 0; i < codes.length; i++) {
                for (LocalSubscription s : owners.get(i)) {
                    confirm(s, codes[i]);
                }
            }
            open.decrementAndGet();
            wake.run();
        });
    }

    private void confirm(LocalSubscription s, int code) {
        if (code < 0x80) {
            reports.subscribed(s, null);
        } else {
            atBroker.remove(s.filter().toString());
            reports.subscribed(
                    s,
                    new BusException(
                            "the broker refused the subscription of " + s.filter() + ": " + Reasons.text(code)));
        }
    }

    private void unsubscribe(Connection c, String filter) throws MqttException {
        // What is subscribed at this moment goes on without a hole; what is subscribed after it may begin after one.
        List<TopicFilter> standing = subscriptions.all().stream()
                .filter(LocalSubscription::confirmed)
                .map(LocalSubscription::filter)
                .toList();
        AtomicInteger open = unanswered;
        open.incrementAndGet();
        c.unsubscribe(filter, () -> {
            if (!subscriptions.has(filter)) {
                atBroker.remove(filter);
            }
            inbox.unsubscribed(filter, standing);
            open.decrementAndGet();
            wake.run();
        });
    }
}
