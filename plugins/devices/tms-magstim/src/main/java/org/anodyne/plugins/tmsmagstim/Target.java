package org.anodyne.plugins.tmsmagstim;

import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;

/**
 * What the stimulator is to be set to, in the steps that it has. Intensities and frequencies are rounded down, never up.
 *
 * @param power of the coil, or of the first of two pulses, in %
 * @param secondPower of the second pulse of a BiStim, in %
 * @param interval of a BiStim between its two pulses, in ms, or in 0.1 ms with high resolution
 * @param train of a Rapid; empty for single pulses
 */
record Target(int power, int secondPower, int interval, Optional<Train> train) {
    /** So close to a step counts as that step. */
    private static final double ROUNDING = 1e-9;

    private static final int MILLIS_PER_PERCENT_UP = 10;
    private static final int MILLIS_PER_PERCENT_DOWN = 100;

    /**
     * A train that the stimulator gives by itself.
     *
     * @param decihertz frequency in 0.1 Hz
     * @param pulses number of pulses
     * @param deciseconds duration in 0.1 s
     */
    record Train(int decihertz, int pulses, int deciseconds) {
        static Train of(double hertz, int pulses) {
            int decihertz = Math.max(1, down(hertz * 10));
            return new Train(decihertz, pulses, (int) Math.ceil(pulses * 100.0 / decihertz - ROUNDING));
        }

        double hertz() {
            return decihertz / 10.0;
        }

        double seconds() {
            return pulses / hertz();
        }
    }

    /** What a command asks for; its arguments have been checked. */
    static Target of(Command command, boolean highResolution) {
        Map<String, Double> arguments = command.arguments();
        int power = down(arguments.get("intensity"));
        if (command.action().equals(Limits.TRAIN)) {
            double hertz = arguments.get("frequency");
            int pulses = arguments.containsKey("pulses")
                    ? down(arguments.get("pulses"))
                    : Math.max(1, down(hertz * arguments.get("duration")));
            return new Target(power, 0, 0, Optional.of(Train.of(hertz, pulses)));
        }
        if (command.action().equals(Limits.PAIRED_PULSE)) {
            int interval = (int) Math.round(arguments.get("interval") * (highResolution ? 10 : 1));
            return new Target(power, down(arguments.get("secondIntensity")), interval, Optional.empty());
        }
        return new Target(power, 0, 0, Optional.empty());
    }

    private static int down(double value) {
        return (int) Math.floor(value + ROUNDING);
    }

    /** Pulses that one fire command gives. */
    int pulses() {
        return train.map(Train::pulses).orElse(secondPower > 0 ? 2 : 1);
    }

    /** How long it lasts, seconds. */
    double seconds() {
        return train.map(Train::seconds).orElse(0.0);
    }

    /** Quantities for the acknowledgement. */
    Map<String, Double> delivered() {
        return Map.of("pulses", (double) pulses(), "seconds", seconds(), "commands", 1.0);
    }

    /** Time that the capacitors need from one power to another, nanoseconds. */
    static long settleNanos(int from, int to) {
        int percent = to - from;
        return 1_000_000L * (percent > 0 ? percent * MILLIS_PER_PERCENT_UP : -percent * MILLIS_PER_PERCENT_DOWN);
    }
}
