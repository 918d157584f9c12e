package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.PluginKind;

/**
 * Looks again, as long as a session waits to be begun, whether its actuators may be armed and its display may show
 * a world: a screening was entered meanwhile, an emergency stop was called. Otherwise a slot would look ready that is not, or the other way round.
 */
final class Readiness {
    private final List<Slot> slots;
    private final Executor notices;
    private final AtomicLong last = new AtomicLong(System.nanoTime());

    /**
     * @param slots may grow
     * @param notices where changes are told
     */
    Readiness(List<Slot> slots, Executor notices) {
        this.slots = slots;
        this.notices = notices;
    }

    /** Looks when the last look is long enough ago; the heartbeat of the session's controller is the clock. Thread: any. */
    void review() {
        long now = System.nanoTime();
        long before = last.get();
        if (now - before >= Limits.REVIEW.toNanos()
                && last.compareAndSet(before, now)
                && slots.stream().anyMatch(s -> s.state() == State.PREPARED)) {
            notices.execute(() -> slots.forEach(Readiness::review));
        }
    }

    private static boolean asked(PluginKind kind) {
        return kind == PluginKind.ACTUATOR || kind == PluginKind.DISPLAY;
    }

    private static void review(Slot slot) {
        Occupant o = slot.router().occupant();
        if (o == null || !asked(o.kind()) || slot.state() != State.PREPARED) {
            return;
        }
        String why = slot.actuator().objection(o).orElse("");
        synchronized (slot) { // it may have been started while the gate was asked
            if (slot.state() == State.PREPARED) {
                slot.move(State.PREPARED, why);
            }
        }
    }
}
