package org.anodyne.plugins.tmsmagventure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The train under way: counts its pulses, finds what was not ordered and tells of its end. The stimulator does not say
 * whether it understood how the train was to be, so this is what sees it. Thread: any; lock-free.
 */
final class Trains {
    private static final long GRACE_NANOS = 1_000_000_000L;

    private record Running(String command, Timing timing, long begun, int pulses, boolean seen) {}

    private final AtomicReference<Running> running = new AtomicReference<>();
    private final BiConsumer<String, Map<String, Object>> events;

    Trains(BiConsumer<String, Map<String, Object>> events) {
        this.events = events;
    }

    /** The command whose train is going on. */
    Optional<String> underWay() {
        return Optional.ofNullable(running.get()).map(Running::command);
    }

    /** A train is about to be started. */
    void beginning(String command, Timing timing) {
        running.set(new Running(command, timing, System.nanoTime(), 0, false));
    }

    /** It was not started. */
    void forget() {
        running.set(null);
    }

    /** Counts a pulse of the train under way; what is wrong with it, empty when nothing is. Thread: the line's owner. */
    String pulse(long now) {
        Running train = running.get();
        if (train == null) {
            return "the stimulator gave a pulse that was not ordered";
        }
        int pulses = train.pulses() + 1;
        if (!running.compareAndSet(train, new Running(train.command(), train.timing(), train.begun(), pulses, true))) {
            return "";
        }
        if (pulses > train.timing().total()) {
            return "the train has more pulses than were ordered";
        }
        return pulses > train.timing().mostBy((now - train.begun()) * 1e-9)
                ? "the train is faster than was ordered"
                : "";
    }

    /** Looks whether the train is over; what is wrong with it, empty when nothing is. Thread: the line's owner. */
    String state(State state, long now) {
        Running train = running.get();
        if (train == null) {
            return state.trainRunning() ? "the stimulator runs a train that was not ordered" : "";
        }
        if (state.trainRunning()) {
            running.compareAndSet(
                    train, new Running(train.command(), train.timing(), train.begun(), train.pulses(), true));
            return now - train.begun() > train.timing().seconds() * 1.1e9 + GRACE_NANOS
                    ? "the train lasts longer than was ordered"
                    : "";
        }
        boolean late = now - train.begun() > train.timing().seconds() * 1e9 + GRACE_NANOS;
        if (train.pulses() >= train.timing().total() || late) {
            over(train.pulses() == train.timing().total() ? "complete" : "fewer pulses than ordered");
        }
        return "";
    }

    /** Whatever is going on was ended. */
    void end(String reason) {
        over(reason);
    }

    private void over(String reason) {
        Running last = running.getAndSet(null);
        if (last == null) {
            return;
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("command", last.command());
        attributes.put(
                "seconds",
                Math.min(
                        (System.nanoTime() - last.begun()) * 1e-9, last.timing().seconds()));
        attributes.put("pulses", (long) last.pulses());
        attributes.put("reason", reason);
        events.accept("train-ended", attributes);
    }
}
