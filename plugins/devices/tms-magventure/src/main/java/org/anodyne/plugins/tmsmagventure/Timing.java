package org.anodyne.plugins.tmsmagventure;

/**
 * What a train is, in the steps that the stimulator has.
 *
 * @param decihertz pulses in 10 s
 * @param pulses in one train
 * @param trains number of trains
 * @param pauseDeciseconds from one train to the next, 0.1 s
 */
record Timing(int decihertz, int pulses, int trains, int pauseDeciseconds) {
    /** So close to a step counts as that step. */
    private static final double ROUNDING = 1e-9;

    /** The shortest pause that may be set; with one train it means nothing. */
    private static final int PAUSE = 1;

    /** One train. Frequencies are rounded down. */
    static Timing of(double hertz, int pulses) {
        return new Timing((int) Math.floor(hertz * 10 + ROUNDING), pulses, 1, PAUSE);
    }

    double hertz() {
        return decihertz / 10.0;
    }

    double seconds() {
        return pulses / hertz();
    }
}
