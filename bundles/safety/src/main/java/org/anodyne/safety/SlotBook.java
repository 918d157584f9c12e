package org.anodyne.safety;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.Background.Delivery;
import org.anodyne.safety.ledger.DoseLedger.Entry;

/** What the gate remembers of one session while it runs. Thread: any. */
final class SlotBook {
    private static final long KEPT_NANOS = 600_000_000_000L;

    private final Set<String> seen = new HashSet<>();
    private final Map<String, Map<String, Double>> delivered = new HashMap<>();
    private final Map<String, Long> fired = new HashMap<>();
    private final Map<String, Deque<Delivery>> recent = new HashMap<>();
    private final Map<String, Entry> entries = new HashMap<>();

    /** Whether this id is new for the slot; it is not from now on. */
    synchronized boolean first(String slot, String commandId) {
        return seen.add(slot + "/" + commandId);
    }

    /** A command was executed, or may have been. */
    synchronized void fired(String modality, Command c, long atNanos, Entry entry) {
        fired.put(c.target(), atNanos);
        if (entry != null) {
            entries.put(c.target() + "/" + c.id(), entry);
        }
        Deque<Delivery> all = recent.computeIfAbsent(modality, m -> new ArrayDeque<>());
        all.addLast(new Delivery(atNanos, c.target(), c.action(), c.arguments()));
        while (all.size() > 1 && atNanos - all.getFirst().atNanos() > KEPT_NANOS) {
            all.removeFirst();
        }
    }

    synchronized void count(String slot, Map<String, Double> amounts) {
        Map<String, Double> totals = delivered.computeIfAbsent(slot, s -> new HashMap<>());
        // An amount that is no number must not make a total say that there is room left.
        amounts.forEach((quantity, amount) -> totals.merge(
                quantity, Double.isFinite(amount) ? Math.max(0, amount) : Double.POSITIVE_INFINITY, Double::sum));
    }

    /** The ledger's entry of a command of this session. */
    synchronized Entry entry(String slot, String commandId) {
        return entries.get(slot + "/" + commandId);
    }

    synchronized Map<String, Double> delivered(String slot) {
        return Map.copyOf(delivered.getOrDefault(slot, Map.of()));
    }

    synchronized long lastFired(String slot) {
        return fired.getOrDefault(slot, Long.MIN_VALUE);
    }

    synchronized List<Delivery> recent(String modality) {
        return new ArrayList<>(recent.getOrDefault(modality, new ArrayDeque<>()));
    }
}
