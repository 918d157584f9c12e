package org.anodyne.bench.device;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What came of a fault at one device. */
sealed interface Verdict {
    /**
     * The output went off.
     *
     * @param millis from when the fault could be known; negative when it was off before, infinite when it did not go off
     */
    record Off(double millis) implements Verdict {}

    /** Nobody is left who could switch the device off, and it has no watchdog. */
    record WithoutWatchdog() implements Verdict {}

    /**
     * The output cannot be switched off by anybody, but it was told to be.
     *
     * @param millis from when the fault could be known to the command that ends all output; infinite when none came
     */
    record Ordered(double millis) implements Verdict {}

    /** The fault did no harm that anybody could see: a frame in pieces is a frame. */
    record Harmless() implements Verdict {}

    /** A fault that is to strike the next reply found none, so nobody could know of it. */
    record Unseen() implements Verdict {}

    Set<String> HARMLESS = Set.of("split", "merge");

    /** The device hears nothing any more: whatever software does, it does not reach the output. */
    Set<String> UNREACHABLE = Set.of("cable-pulled", "silence");

    /** Shows by the reply to the next request, which does not come in time. */
    Set<String> NO_REPLY = Set.of("no-reply", "late-reply");

    /** Shows by a reply that does not come whole. */
    Set<String> REPLY_DAMAGED = Set.of("lost-byte", "half-frame", "bad-crc");

    /** Shows in the one reply that it strikes. */
    Set<String> IN_A_REPLY = Set.of("wrong-state", "busy", "unknown-command");

    /** A packet that feeds a watchdog is not answered. */
    Pattern REQUEST = Pattern.compile("\"event\":\"rx\",(?!\"command\":\"(watchdog|init-ack)\")");

    Pattern STRUCK = Pattern.compile("\"faults\":\\[|\"event\":\"not-sent\"");

    /** Temperatures as the thermode tells them, by tenths of a degree. */
    Pattern TEMPERATURES = Pattern.compile("\"event\":\"tx\",\"text\":\"([0-9]{3}(?:\\+[0-9]{3}){5})\"");

    Pattern SHOWN = Pattern.compile(
            "\"event\":\"(tx|not-sent|output|state|watchdog|reset)\"|\"event\":\"line\",\"connected\":false");

    /** Whether there is an end to wait for: what is harmless goes on, and so does what nobody can reach. */
    static boolean ends(DeviceCase c, String kind) {
        return !HARMLESS.contains(kind)
                && !c.tolerated().contains(kind)
                && !(UNREACHABLE.contains(kind) && c.watchdogMillis() == 0);
    }

    /**
     * Judges a fault of a device. It can be known
     *
     * <ul>
     *   <li>when the first thing that shows it has left the device, by its trace;
     *   <li>when a reply that does not come, or not whole, is overdue: the adapter's own limit after the device took the
     *       request, or after it sent what was left of the reply;
     *   <li>and after what an adapter waits for by design ({@link DeviceCase#holdMillis}).
     * </ul>
     *
     * What cannot be reached has to be ended by the device's watchdog.
     *
     * @param kind name of the fault
     * @param beganNanos {@link System#nanoTime()} just before
     * @param offNanos when the output was off; null when it was not
     * @param after what the simulator traced since
     */
    static Verdict of(DeviceCase c, String kind, long beganNanos, Long offNanos, List<String> after) {
        if (HARMLESS.contains(kind) || c.tolerated().contains(kind)) {
            return new Harmless();
        }
        if (UNREACHABLE.contains(kind)) {
            return byWatchdog(c, beganNanos, offNanos);
        }
        if (c.tooHotTenths() > 0 && kind.equals("over-temperature")) {
            return tooHot(c, beganNanos, offNanos, after);
        }
        Pattern shows = NO_REPLY.contains(kind)
                ? REQUEST
                : REPLY_DAMAGED.contains(kind) || IN_A_REPLY.contains(kind) ? STRUCK : SHOWN;
        Long shown = after.stream()
                .filter(l -> shows.matcher(l).find())
                .map(Simulator::time)
                .findFirst()
                .orElse(null);
        if (shown == null && offNanos == null) {
            return new Unseen();
        }
        double millis = shown == null ? 0 : (shown - beganNanos) / 1e6;
        if (NO_REPLY.contains(kind) || REPLY_DAMAGED.contains(kind)) {
            millis += c.replyMillis();
        }
        return off(beganNanos, millis + c.holdMillis().getOrDefault(kind, 0), offNanos);
    }

    /** It shows by the first temperature that is told and is more than asked for. */
    private static Verdict tooHot(DeviceCase c, long beganNanos, Long offNanos, List<String> after) {
        for (String line : after) {
            Matcher told = TEMPERATURES.matcher(line);
            if (told.find()
                    && Stream.of(told.group(1).split("\\+"))
                                    .mapToInt(Integer::parseInt)
                                    .max()
                                    .orElse(0)
                            >= c.tooHotTenths()) {
                return off(beganNanos, (Simulator.time(line) - beganNanos) / 1e6, offNanos);
            }
        }
        return offNanos == null ? new Unseen() : off(beganNanos, 0, offNanos);
    }

    /** Judges what cannot be switched off, by the command that was to do it. */
    static Verdict ordered(long beganNanos, double knowableMillis, Long orderNanos) {
        return new Ordered(
                orderNanos == null ? Double.POSITIVE_INFINITY : (orderNanos - beganNanos) / 1e6 - knowableMillis);
    }

    /** Judges what only the device's own watchdog can end. */
    static Verdict byWatchdog(DeviceCase c, long beganNanos, Long offNanos) {
        return c.watchdogMillis() == 0 ? new WithoutWatchdog() : off(beganNanos, c.watchdogMillis(), offNanos);
    }

    /** @param knowableMillis after the fault it can be known */
    static Verdict off(long beganNanos, double knowableMillis, Long offNanos) {
        return new Off(offNanos == null ? Double.POSITIVE_INFINITY : (offNanos - beganNanos) / 1e6 - knowableMillis);
    }
}
