package org.anodyne.safety.limit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The presets of theta burst: bursts of 3 pulses at 50 Hz, one every 200 ms. No table of safe trains covers theta burst,
 * so exactly these are permitted and nothing between them. Source of the figures: {@link #SOURCE}.
 */
public enum ThetaBurst {
    /** Intermittent: 2 s on, 8 s off, 600 pulses in 192 s. */
    INTERMITTENT_600("iTBS600", 20, 10, 8),
    /** Continuous: 600 pulses in 40 s. */
    CONTINUOUS_600("cTBS600", 1, 200, 0),
    /** Continuous: 300 pulses in 20 s. */
    CONTINUOUS_300("cTBS300", 1, 100, 0);

    /** Where the presets come from, as it stands in a refusal. */
    public static final String SOURCE =
            "presets of theta burst as published, 3 pulses at 50 Hz every 200 ms, verified in part; the tables of safe"
                    + " trains do not cover theta burst";

    private static final int PULSES_IN_BURST = 3;
    private static final double HERTZ_IN_BURST = 50;
    private static final double BURSTS_PER_SECOND = 5;

    private final String action;
    private final int trains;
    private final int bursts;
    private final double off;

    ThetaBurst(String action, int trains, int bursts, double off) {
        this.action = action;
        this.trains = trains;
        this.bursts = bursts;
        this.off = off;
    }

    /** The preset that an action asks for; empty for every other action. */
    public static Optional<ThetaBurst> of(String action) {
        return Arrays.stream(values()).filter(p -> p.action.equals(action)).findFirst();
    }

    /** Name of the action. */
    public String action() {
        return action;
    }

    /** Pulses in all. */
    public int pulses() {
        return PULSES_IN_BURST * bursts * trains;
    }

    /** From the first pulse to one period of bursts after the last, s. */
    public double seconds() {
        return trains * on() + (trains - 1) * off;
    }

    private double on() {
        return bursts / BURSTS_PER_SECOND;
    }

    /** What a command may repeat of the preset, by argument; anything else is another stimulation. */
    public Map<String, Double> arguments() {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("burstPulses", (double) PULSES_IN_BURST);
        all.put("burstFrequency", HERTZ_IN_BURST);
        all.put("frequency", BURSTS_PER_SECOND);
        all.put("on", on());
        all.put("off", off);
        all.put("pulses", (double) pulses());
        all.put("duration", seconds());
        return all;
    }
}
