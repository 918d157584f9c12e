package org.anodyne.plugins.tensrehastim;

import java.util.Map;
import org.anodyne.plugin.Command;

/**
 * What a command means in the steps that the protocol has. Amplitude, width and frequency are rounded down, never up.
 *
 * @param milliampere whole mA
 * @param microseconds width of one phase, whole µs
 * @param interval half milliseconds from one pulse to the next, less two: the main interval of InitChannelList
 * @param pulses number of pulses
 */
record Dose(int milliampere, int microseconds, int interval, long pulses) {
    /** So close to a step counts as that step. */
    private static final double ROUNDING = 1e-9;

    static Dose of(Command command) {
        int milliampere = (int) Math.floor(command.arguments().get("amplitude") + ROUNDING);
        int microseconds = (int) Math.floor(command.arguments().get("pulseWidth") + ROUNDING);
        if (command.action().equals(Limits.PULSE)) {
            return new Dose(milliampere, microseconds, 0, 1);
        }
        double period = 1000 / command.arguments().get("frequency");
        int interval = (int) Math.ceil((period - 1) * 2 - ROUNDING);
        double milliseconds = command.arguments().get("duration") * 1000;
        long pulses = (long) Math.max(1, Math.ceil(milliseconds / (interval / 2.0 + 1) - ROUNDING));
        return new Dose(milliampere, microseconds, interval, pulses);
    }

    /** Time from one pulse to the next, nanoseconds. */
    long periodNanos() {
        return (interval + 2) * 500_000L;
    }

    /** Time from the first pulse to the moment half-way between the last one wanted and the next, nanoseconds. */
    long stopAfterNanos() {
        return pulses * periodNanos() - periodNanos() / 2;
    }

    /** Quantities for the acknowledgement. Charge is that of one phase of every pulse at the commanded amplitude. */
    Map<String, Double> delivered() {
        return Map.of(
                "pulses",
                (double) pulses,
                "charge_uC",
                pulses * charge(),
                "duration_s",
                pulses == 1 && interval == 0 ? microseconds * 1e-6 : pulses * periodNanos() * 1e-9,
                "amplitude_mA",
                (double) milliampere);
    }

    /** Charge of one phase, µC. */
    double charge() {
        return milliampere * microseconds / 1000.0;
    }

    /** Data of InitChannelList: one channel, pulse interval 8 ms, which single pulses do not use. */
    int[] channelList(int channel) {
        return new int[] {0, 1 << channel - 1, 0, 13, interval >> 8, interval & 0xFF, 0};
    }

    /** Data of Start: single pulses. */
    int[] start() {
        return new int[] {0, microseconds >> 8, microseconds & 0xFF, milliampere};
    }

    /** Data of SinglePulse. */
    int[] singlePulse(int channel) {
        return new int[] {channel - 1, microseconds >> 8, microseconds & 0xFF, milliampere};
    }
}
