package org.anodyne.console.account;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses: after three failures for a name or from an address, each further one doubles the time until
 * the next try is looked at, up to a minute; an hour without a failure forgets. Thread: any.
 */
public final class Throttle {
    private static final int FREE = 3;
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long FORGET_NANOS = Duration.ofHours(1).toNanos();
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Failures> failures = new HashMap<>();

    /** @param nanos a monotonic clock */
    public Throttle(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long these have to wait until a try of theirs is looked at; zero when it is now. */
    public synchronized Duration wait(String... who) {
        long now = nanos.getAsLong();
        long longest = 0;
        for (String w : who) {
            Failures f = failures.get(w);
            longest = f == null ? longest : Math.max(longest, f.until - now);
        }
        return Duration.ofNanos(Math.max(0, longest));
    }

    /** A try failed. */
    public synchronized void failed(String... who) {
        long now = nanos.getAsLong();
        failures.values().removeIf(f -> now - f.last > FORGET_NANOS);
        if (failures.size() > MOST) {
            failures.clear();
        }
        for (String w : who) {
            Failures f = failures.computeIfAbsent(w, k -> new Failures());
            f.count++;
            f.last = now;
            int over = f.count - FREE;
            f.until = over < 0 ? now : now + Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(over, 6));
        }
    }

    /** A try succeeded: what failed before for this name is forgotten. */
    public synchronized void succeeded(String who) {
        failures.remove(who);
    }

    private static final class Failures {
        private int count;
        private long last;
        private long until;
    }
}
