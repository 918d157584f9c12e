package org.anodyne.safety;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.safety.SafetyRule;

/** What one actuator slot was told and has delivered in one session; in memory. Thread: any. */
final class Ledger {
    private final Map<String, Double> delivered = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long lastFiredNanos = Long.MIN_VALUE;

    /** Whether this id is new here; it is not from now on. */
    synchronized boolean first(String commandId) {
        return seen.add(commandId);
    }

    synchronized SafetyRule.State state(long nowNanos) {
        return new SafetyRule.State(nowNanos, delivered, lastFiredNanos);
    }

    /** Counts what a command has delivered, or may have delivered. */
    synchronized void count(Map<String, Double> amounts, long atNanos) {
        // An amount that is no number must not make a total say that there is room left.
        amounts.forEach((quantity, amount) -> delivered.merge(
                quantity, Double.isFinite(amount) ? Math.max(0, amount) : Double.POSITIVE_INFINITY, Double::sum));
        lastFiredNanos = atNanos;
    }
}
