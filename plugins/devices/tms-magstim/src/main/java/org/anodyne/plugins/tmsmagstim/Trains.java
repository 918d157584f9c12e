package org.anodyne.plugins.tmsmagstim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** The train under way, and the event that tells of its end. Thread: any; lock-free. */
final class Trains {
    /** A device that has not begun by then, or goes on so long after, is not waited for. */
    private static final long GRACE_NANOS = 1_500_000_000L;

    private record Running(String command, Target target, long begun, boolean seen) {}

    private final AtomicReference<Running> running = new AtomicReference<>();
    private final BiConsumer<String, Map<String, Object>> events;

    Trains(BiConsumer<String, Map<String, Object>> events) {
        this.events = events;
    }

    /** The command whose train is going on. */
    Optional<String> underWay() {
        return Optional.ofNullable(running.get()).map(Running::command);
    }

    /** A fire command is about to be sent; a single pulse is no train. */
    void beginning(String command, Target target) {
        if (target.train().isPresent()) {
            running.set(new Running(command, target, System.nanoTime(), false));
        }
    }

    /** It was not fired. */
    void forget() {
        running.set(null);
    }

    /** Looks whether the train has begun or is over. */
    void condition(Condition condition, long now) {
        Running train = running.get();
        if (train == null) {
            return;
        }
        if (condition.trainRunning()) {
            running.compareAndSet(train, new Running(train.command(), train.target(), train.begun(), true));
        } else if (train.seen()) {
            over(train, "complete");
        }
        long lasted = now - train.begun();
        if (lasted > train.target().seconds() * 1e9 + GRACE_NANOS) {
            over(train, train.seen() ? "longer than ordered" : "complete");
        }
    }

    /** Whatever is going on was ended. */
    void end(String reason) {
        Running train = running.get();
        if (train != null) {
            over(train, reason);
        }
    }

    private void over(Running train, String reason) {
        Running last = running.getAndSet(null);
        if (last == null) {
            return;
        }
        double lasted = Math.min(
                (System.nanoTime() - train.begun()) * 1e-9, train.target().seconds());
        double hertz = train.target().train().orElseThrow().hertz();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("command", train.command());
        attributes.put("seconds", lasted);
        attributes.put("pulses", (long) Math.min(train.target().pulses(), Math.floor(lasted * hertz) + 1));
        attributes.put("reason", reason);
        events.accept("train-ended", attributes);
    }
}
