package org.anodyne.plugins.tmsmagventure;

import java.util.Arrays;
import java.util.Optional;

/** The published presets of theta burst: bursts of 3 pulses 20 ms apart, one every 200 ms. Nothing of them can be changed. */
enum ThetaBurst {
    /** 2 s on, 8 s off, 600 pulses in 192 s. */
    INTERMITTENT_600("iTBS600", 20, 10, 80),
    /** 600 pulses in 40 s. */
    CONTINUOUS_600("cTBS600", 1, 200, Timing.PAUSE),
    /** 300 pulses in 20 s. */
    CONTINUOUS_300("cTBS300", 1, 100, Timing.PAUSE);

    private static final int BURSTS_IN_TEN_SECONDS = 50;
    private static final int PULSES_IN_BURST = 3;

    private final String action;
    private final Timing timing;

    ThetaBurst(String action, int trains, int bursts, int pauseDeciseconds) {
        this.action = action;
        this.timing = new Timing(BURSTS_IN_TEN_SECONDS, bursts, trains, pauseDeciseconds, PULSES_IN_BURST);
    }

    static Optional<ThetaBurst> of(String action) {
        return Arrays.stream(values()).filter(p -> p.action.equals(action)).findFirst();
    }

    String action() {
        return action;
    }

    Timing timing() {
        return timing;
    }
}
