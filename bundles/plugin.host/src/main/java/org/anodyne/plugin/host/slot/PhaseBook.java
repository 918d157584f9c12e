package org.anodyne.plugin.host.slot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.Phase;

/** The phase that a slot is in, and those announced to it, in data time. Thread: any. */
final class PhaseBook {
    private final Deque<Phase> pending = new ArrayDeque<>();
    private Phase current;
    private boolean ended;

    /** Inputs complete by then change nothing here; read without the lock for every input. */
    private volatile long quietUntil = Long.MAX_VALUE;

    synchronized void announce(Phase phase) {
        List<Phase> all = new ArrayList<>(pending);
        all.add(phase);
        // Stable: phases that start together are entered as they were announced.
        all.sort(Comparator.comparingLong(Phase::startNanos));
        pending.clear();
        pending.addAll(all);
        update();
    }

    /** Whether an input that is complete at this time has to wait for a phase to end or to begin. */
    boolean concerns(long completionNanos) {
        return completionNanos > quietUntil;
    }

    /** The next announced phase that begins before this time. */
    synchronized Optional<Phase> nextBefore(long completionNanos) {
        Phase next = pending.peekFirst();
        return next != null && next.startNanos() < completionNanos ? Optional.of(next) : Optional.empty();
    }

    synchronized boolean pending(Phase phase) {
        return pending.stream().anyMatch(p -> p == phase);
    }

    /** The phase that is to be told that it is over because it ended before this time; told once only. */
    synchronized Optional<Phase> endBefore(long completionNanos) {
        if (current != null
                && !ended
                && current.endNanos().isPresent()
                && current.endNanos().getAsLong() < completionNanos) {
            return endNow();
        }
        return Optional.empty();
    }

    /** The phase under way, if it was not told yet that it is over. */
    synchronized Optional<Phase> endNow() {
        boolean told = ended;
        ended = true;
        update();
        return told ? Optional.empty() : Optional.ofNullable(current);
    }

    synchronized void enter(Phase phase) {
        pending.removeIf(p -> p == phase);
        current = phase;
        ended = false;
        update();
    }

    /** Goes on to the phase of this session time without telling anybody; for a slot without an instance. */
    synchronized void skipTo(long nowNanos) {
        for (Phase next = pending.peekFirst();
                next != null && next.startNanos() <= nowNanos;
                next = pending.peekFirst()) {
            enter(next);
        }
    }

    synchronized Optional<Phase> current() {
        return Optional.ofNullable(current);
    }

    private void update() {
        long until = pending.isEmpty() ? Long.MAX_VALUE : pending.peekFirst().startNanos();
        if (current != null && !ended && current.endNanos().isPresent()) {
            until = Math.min(until, current.endNanos().getAsLong());
        }
        quietUntil = until;
    }
}
