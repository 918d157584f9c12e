package org.anodyne.simulator.magventure;

/** Coil, pulses and the train under way, on the clock of the caller. Not thread-safe. */
final class Output {
    static final long NEVER = Long.MAX_VALUE;
    static final double HOTTEST = 40;

    /** Taken, for want of a published figure, to be about that of other stimulators. */
    private static final double JOULES_AT_FULL = 300;

    private static final double CELSIUS_PER_JOULE = 0.0012;
    private static final double COOLING_SECONDS = 600;
    private static final double SECOND = 1e9;

    /** 20 bursts a second, in 10 s. */
    private static final int FASTEST_BURSTS = 200;

    private final double ambient;
    private double celsius;
    private long cooledAt;
    private double joules;
    private int greatest;
    private long pulses;

    private int decihertz = 10;
    private int perTrain = 1;
    private int trains = 1;
    private int pauseDeciseconds = 10;
    private long begun = NEVER;
    private int given;
    private boolean once;

    private boolean bursts;
    private int inBurst = 3;
    private int apartDecimillis = 200;

    Output(double ambient, long now) {
        this.ambient = ambient;
        this.celsius = ambient;
        this.cooledAt = now;
    }

    void timing(int hertz10, int count, int trainCount, int pause) {
        decihertz = hertz10;
        perTrain = count;
        trains = trainCount;
        pauseDeciseconds = pause;
    }

    /** Bursts from now on, in place of pulses: so many pulses each, so far apart. */
    void bursts(boolean on, int count, int decimillis) {
        bursts = on;
        inBurst = count;
        apartDecimillis = decimillis;
    }

    boolean inBursts() {
        return bursts;
    }

    int perBurst() {
        return bursts ? inBurst : 1;
    }

    /** Whether one burst is over before the next one begins, and the rate is one that bursts have. */
    boolean fits() {
        return !bursts || decihertz <= FASTEST_BURSTS && apartDecimillis * inBurst < 100_000 / decihertz;
    }

    int decihertz() {
        return decihertz;
    }

    int perTrain() {
        return perTrain;
    }

    boolean running() {
        return begun != NEVER;
    }

    void begin(long now) {
        begun = now;
        given = 0;
        once = false;
    }

    /** One burst. */
    void beginBurst(long now) {
        begin(now);
        once = true;
    }

    void end() {
        begun = NEVER;
    }

    /** When the next pulse of the train is due. */
    long nextDue() {
        if (!running()) {
            return NEVER;
        }
        int burst = given / perBurst();
        int train = burst / perTrain;
        int inTrain = burst % perTrain;
        double within = given % perBurst() * apartDecimillis / 10_000.0;
        double length = perTrain * 10.0 / decihertz + pauseDeciseconds / 10.0;
        return begun + Math.round((train * length + inTrain * 10.0 / decihertz + within) * SECOND);
    }

    /** Counts a pulse of the train; ends it after the last one. */
    void counted() {
        given++;
        if (given >= perBurst() * (once ? 1 : perTrain * trains)) {
            end();
        }
    }

    /** One pulse of this amplitude. */
    void pulse(int percent, long now) {
        double energy = JOULES_AT_FULL * percent * percent / 10_000;
        celsius = celsius(now) + energy * CELSIUS_PER_JOULE;
        cooledAt = now;
        joules += energy;
        greatest = Math.max(greatest, percent);
        pulses++;
    }

    double celsius(long now) {
        return ambient + (celsius - ambient) * Math.exp(-(now - cooledAt) / SECOND / COOLING_SECONDS);
    }

    double joules() {
        return joules;
    }

    int greatest() {
        return greatest;
    }

    long pulses() {
        return pulses;
    }
}
