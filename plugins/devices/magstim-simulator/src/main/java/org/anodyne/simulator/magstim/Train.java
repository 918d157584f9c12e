package org.anodyne.simulator.magstim;

/** The repetitive side of a Rapid: what a train is to be, and the one under way. Not thread-safe. */
final class Train {
    static final long NEVER = Long.MAX_VALUE;

    private static final double WATTS = 1050;
    private static final double SECOND = 1e9;

    private boolean repetitive;
    private int decihertz = 100;
    private int pulses = 10;
    private int deciseconds = 10;

    private int given;
    private long begun = NEVER;
    private long waitUntil = Long.MIN_VALUE;

    boolean repetitive() {
        return repetitive;
    }

    void repetitive(boolean is) {
        repetitive = is;
    }

    int decihertz() {
        return decihertz;
    }

    void decihertz(int value) {
        decihertz = value;
    }

    int pulses() {
        return pulses;
    }

    void pulses(int value) {
        pulses = value;
    }

    int deciseconds() {
        return deciseconds;
    }

    void deciseconds(int value) {
        deciseconds = value;
    }

    /** Least wait after a train, 0.1 s. */
    int waitDeciseconds(int power) {
        double hertz = decihertz / 10.0;
        double seconds = pulses * (hertz * Coil.joulesAt(power) - WATTS) / (WATTS * hertz);
        return (int) Math.ceil(Math.max(0.5, seconds) * 10);
    }

    boolean running() {
        return begun != NEVER;
    }

    boolean waiting(long now) {
        return now < waitUntil;
    }

    void begin(long now) {
        begun = now;
        given = 0;
    }

    /** When its next pulse is due. */
    long nextDue() {
        return running() ? begun + Math.round(given * SECOND * 10 / decihertz) : NEVER;
    }

    /** Counts a pulse; ends after the last one. */
    void given(int power, long now) {
        given++;
        if (given >= pulses) {
            end(power, now);
        }
    }

    /** Ends the train under way. */
    void end(int power, long now) {
        if (running()) {
            begun = NEVER;
            waitUntil = now + waitDeciseconds(power) * 100_000_000L;
        }
    }
}
