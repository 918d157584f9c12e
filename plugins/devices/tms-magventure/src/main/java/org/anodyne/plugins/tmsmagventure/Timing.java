package org.anodyne.plugins.tmsmagventure;

/**
 * What a train, or a series of them, is, in the steps that the stimulator has.
 *
 * @param decihertz pulses in 10 s; of bursts, bursts in 10 s
 * @param pulses in one train; of bursts, bursts
 * @param trains number of trains
 * @param pauseDeciseconds from the end of one train to the next, 0.1 s
 * @param burst pulses in a burst; 1 when there are no bursts
 */
record Timing(int decihertz, int pulses, int trains, int pauseDeciseconds, int burst) {
    /** So close to a step counts as that step. */
    private static final double ROUNDING = 1e-9;

    /** The shortest pause that may be set; with one train it means nothing. */
    static final int PAUSE = 1;

    /**
     * Pulses may be told late, but not before they are given: more than ordered since the start, with this much on top, are
     * too many.
     */
    private static final double TOO_FAST = 1.25;

    private static final int MORE = 3;

    Timing(int decihertz, int pulses, int trains, int pauseDeciseconds) {
        this(decihertz, pulses, trains, pauseDeciseconds, 1);
    }

    /** One train. Frequencies are rounded down. */
    static Timing of(double hertz, int pulses) {
        return new Timing((int) Math.floor(hertz * 10 + ROUNDING), pulses, 1, PAUSE);
    }

    double hertz() {
        return decihertz / 10.0;
    }

    /** Pulses in all. */
    int total() {
        return burst * pulses * trains;
    }

    /** From the first pulse to one period after the last. */
    double seconds() {
        return trains * on() + (trains - 1) * pauseDeciseconds / 10.0;
    }

    private double on() {
        return pulses / hertz();
    }

    /** The most pulses that there can have been so long after the start. */
    double mostBy(double seconds) {
        double cycle = on() + pauseDeciseconds / 10.0;
        double whole = Math.floor(seconds / cycle);
        double inTrain = Math.min(pulses, TOO_FAST * hertz() * (seconds - whole * cycle));
        return burst * (whole * pulses + inTrain) + MORE;
    }
}
