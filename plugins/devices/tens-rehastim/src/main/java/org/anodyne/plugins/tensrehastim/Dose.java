package org.anodyne.plugins.tensrehastim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anodyne.plugin.Command;

/**
 * What a command means in the steps that the protocol has. Amplitude, width and frequency are rounded down, never up.
 *
 * @param milliampere whole mA, before a channel's share of it is taken
 * @param microseconds width of one phase, whole µs
 * @param interval half milliseconds from one group of pulses to the next, less two: the main interval of InitChannelList
 * @param groups number of groups; of pulses, where a group is one pulse
 * @param pattern the channels
 */
record Dose(int milliampere, int microseconds, int interval, long groups, Pattern pattern) {
    /** So close to a step counts as that step. */
    private static final double ROUNDING = 1e-9;

    private static final double NANOS_PER_MILLI = 1e6;

    private static final int ANSWER_MILLIS = 20;

    /** What a command asks for; its arguments have been checked. */
    static Dose of(Command command, Pattern ofParameters) {
        Map<String, Double> arguments = command.arguments();
        Pattern pattern = arguments.containsKey(Limits.CHANNEL)
                ? ofParameters.only(arguments.get(Limits.CHANNEL).intValue())
                : ofParameters;
        int milliampere = down(arguments.get("amplitude"));
        int microseconds = down(arguments.get("pulseWidth"));
        if (command.action().equals(Limits.PULSE)) {
            Pattern first = Pattern.single(pattern.members().get(0).channel());
            return new Dose(milliampere, microseconds, 0, 1, first);
        }
        // The frequency counts every pulse of a channel, so that a group comes as many times less often.
        double period = 1000 * pattern.group() / arguments.get("frequency");
        int interval = (int) Math.ceil((period - 1) * 2 - ROUNDING);
        double milliseconds = arguments.get("duration") * 1000;
        long groups = (long) Math.max(1, Math.ceil(milliseconds / (interval / 2.0 + 1) - ROUNDING));
        return new Dose(milliampere, microseconds, interval, groups, pattern);
    }

    private static int down(double value) {
        return (int) Math.floor(value + ROUNDING);
    }

    /** Time from one group to the next, nanoseconds. */
    long periodNanos() {
        return (interval + 2) * 500_000L;
    }

    /** Time from the first pulse to the moment half-way between the last one wanted and the next, nanoseconds. */
    long stopAfterNanos() {
        long extent = Math.round(pattern.extentMillis() * NANOS_PER_MILLI);
        return groups * periodNanos() - (periodNanos() - extent) / 2;
    }

    /**
     * Quantities for the acknowledgement, summed over the channels. Charge is that of one phase of every pulse at the
     * commanded amplitude.
     */
    Map<String, Double> delivered() {
        double pulses = pulses(groups);
        double charge = charge(groups);
        boolean one = groups == 1 && interval == 0;
        double seconds = one ? microseconds * 1e-6 : groups * periodNanos() * 1e-9;
        Map<String, Double> delivered = new HashMap<>();
        delivered.put("pulses", pulses);
        delivered.put("chargeMicrocoulomb", charge);
        delivered.put("seconds", seconds);
        delivered.put("commands", 1.0);
        delivered.put("charge_uC", charge);
        delivered.put("duration_s", seconds);
        delivered.put("amplitude_mA", (double) milliampere);
        return delivered;
    }

    private double pulses(long given) {
        return pattern.members().stream()
                .mapToLong(member -> pattern.pulses(member, given))
                .sum();
    }

    /** One phase of every pulse, µC. */
    private double charge(long given) {
        return pattern.members().stream()
                .mapToDouble(
                        member -> pattern.pulses(member, given) * (double) milliampere(member) * microseconds / 1000)
                .sum();
    }

    /**
     * What a burst that was ended late may have given beyond its order.
     *
     * @param seconds from its beginning to the answer that it is over
     * @return empty when it was in time: an answer takes {@value #ANSWER_MILLIS} ms (the protocol's mean)
     */
    Map<String, Double> beyond(double seconds) {
        double until = seconds * 1e9 - ANSWER_MILLIS * NANOS_PER_MILLI;
        long given = (long) Math.floor(until / periodNanos()) + 1;
        if (interval == 0 || until <= stopAfterNanos() || given <= groups) {
            return Map.of();
        }
        return Map.of(
                "pulses", pulses(given) - pulses(groups),
                "chargeMicrocoulomb", charge(given) - charge(groups),
                "seconds", (given - groups) * periodNanos() * 1e-9);
    }

    private int milliampere(Pattern.Member member) {
        return down(milliampere * member.scale());
    }

    /**
     * Why a running burst cannot become another one by an Update; empty when it can. An Update has no part in intervals
     * and channels, and it only makes weaker: whether it reached the stimulator or not, nothing is then above what was
     * begun.
     */
    Optional<String> hindrance(Dose next) {
        if (next.interval != interval || !next.pattern.equals(pattern)) {
            return Optional.of("this one has another frequency or other channels");
        }
        return next.milliampere > milliampere || next.microseconds > microseconds
                ? Optional.of("this one is stronger: " + next.milliampere + " mA, " + next.microseconds
                        + " us instead of " + milliampere + " mA, " + microseconds + " us")
                : Optional.empty();
    }

    /** Data of InitChannelList. */
    int[] channelList() {
        return new int[] {
            pattern.lowFrequencyFactor(),
            pattern.activeMask(),
            pattern.lowFrequencyMask(),
            pattern.groupHalfMillis(),
            interval >> 8,
            interval & 0xFF,
            0
        };
    }

    /** Data of Start: mode, width and amplitude of each channel. */
    int[] start() {
        return pattern.members().stream()
                .flatMapToInt(member ->
                        IntStream.of(pattern.group() - 1, microseconds >> 8, microseconds & 0xFF, milliampere(member)))
                .toArray();
    }

    /** Data of SinglePulse. */
    int[] singlePulse() {
        return new int[] {pattern.members().get(0).channel() - 1, microseconds >> 8, microseconds & 0xFF, milliampere};
    }
}
