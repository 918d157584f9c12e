package org.anodyne.plugins.tmsmagstim;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The energy that a Rapid has given in the last minute; it may give 63 kJ, which is 1050 W. Formulas as published for the
 * maker's own control software; a fit to its table of energies per pulse. Thread: the lane.
 */
final class Energy {
    /** Continuous power, W. */
    static final double WATTS = 1050;

    /** What may be given in a minute, J. */
    static final double MINUTE = 63_000;

    private static final double FULL_PULSE = 252;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final double LEAST_WAIT = 0.5;

    private record Given(long endNanos, double joules) {}

    private final Deque<Given> given = new ArrayDeque<>();

    /** Energy of one pulse, J. */
    static double ofPulse(int power) {
        return FULL_PULSE * power * power / 10_000;
    }

    /** Least time from the end of a train to the next, seconds. */
    static double waitAfter(int power, double hertz, int pulses) {
        double wait = pulses * (hertz * ofPulse(power) - WATTS) / (WATTS * hertz);
        return Math.max(LEAST_WAIT, wait);
    }

    /** Longest that a train may last in a minute, seconds; 60 and more: without an end. */
    static double onTimePerMinute(int power, double hertz) {
        return MINUTE / (hertz * ofPulse(power));
    }

    /** Whether so much more may be given within a minute. */
    boolean permits(double joules, long now) {
        while (!given.isEmpty() && now - given.peek().endNanos() >= MINUTE_NANOS) {
            given.remove();
        }
        double sum = given.stream().mapToDouble(Given::joules).sum();
        return sum + joules <= MINUTE;
    }

    /** Most energy that a train gives within one minute, J. */
    static double inAMinute(int power, double hertz, int pulses) {
        return ofPulse(power) * Math.min(pulses, Math.ceil(hertz * 60));
    }

    /** Counts what is given until {@code endNanos}; a train counts whole until a minute after its end. */
    void count(double joules, long endNanos) {
        given.add(new Given(endNanos, joules));
    }
}
