package org.anodyne.plugin.host.slot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.InFlight;

/**
 * Brings work to the lane of the instance that is in the slot, in order. While a swap switches, work is kept and then
 * given to whichever instance is in the slot: nothing is lost and nothing done twice.
 */
final class Router {
    private final InFlight inFlight;
    private final Deque<Consumer<Occupant>> kept = new ArrayDeque<>();
    private Occupant occupant;
    private boolean holding;

    Router(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    synchronized Occupant occupant() {
        return occupant;
    }

    /** Hands work on; {@code false} when nobody is in the slot to do it. */
    synchronized boolean offer(Consumer<Occupant> work) {
        if (holding) {
            inFlight.enter();
            kept.add(work);
            return true;
        }
        Occupant o = occupant;
        return o != null && o.lane().enqueue(() -> work.accept(o));
    }

    /** Keeps work from now on; what was handed on before is still done. */
    synchronized void hold() {
        holding = true;
    }

    /** Puts an instance into the slot, or empties it, and hands on what was kept. */
    synchronized void put(Occupant next) {
        holding = false;
        occupant = next;
        for (Consumer<Occupant> work = kept.poll(); work != null; work = kept.poll()) {
            if (next != null) {
                Consumer<Occupant> w = work;
                next.lane().enqueue(() -> w.accept(next));
            }
            inFlight.leave();
        }
    }

    /** Empties the slot if it still holds this instance; whether it did. */
    synchronized boolean remove(Occupant gone) {
        if (occupant != gone) {
            return false;
        }
        if (holding) {
            occupant = null; // what is kept waits for the successor
        } else {
            put(null);
        }
        return true;
    }
}
