package org.anodyne.simulator.tdcs;

/**
 * What flows: the course of the run and the physics, I = min(set, 26 V / R). Integrates in steps that the caller makes. Not
 * thread-safe.
 *
 * <p>The course has a nominal level, that of an active run, and a target, which in sham is a triangle at the beginning and
 * then nothing. States and times follow the nominal level, so that both kinds of run last the same and end the same.
 */
final class CurrentSource {
    /** Seconds of the ramp of ABOR, of the watchdog and of every error. */
    static final double SHORT_RAMP = 0.15;

    /** Compliance voltage: kΩ and mA make V. */
    static final double VOLTS = 26;

    private static final double MEAN_OF_SINE = 2 / Math.PI;

    private final Body body;

    private Settings settings = Settings.INITIAL;
    private boolean closed;
    private boolean wanted;
    private long began;
    private long ended;
    private boolean falling;
    private long fallBegan;
    private double fallSeconds;
    private double fallNominal;
    private double fallTarget;
    private boolean stuck;
    private double excess;

    private double flowing;
    private double greatest;
    private double runCharge;
    private double totalCharge;
    private long last;

    CurrentSource(Body body, long now) {
        this.body = body;
        this.last = now;
        this.began = now;
        this.ended = now;
    }

    /** Closes the output and begins at zero. */
    void start(Settings newSettings, long now) {
        settings = newSettings;
        closed = true;
        wanted = true;
        falling = false;
        began = now;
        last = now;
        runCharge = 0;
    }

    /** Lets the current fall to zero from what it is, in so many seconds. */
    void fall(double seconds, long now) {
        double nominal = nominal(now);
        double target = target(now);
        falling = true;
        fallBegan = now;
        fallSeconds = seconds;
        fallNominal = nominal;
        fallTarget = target;
    }

    /** Opens the output; nothing flows any more unless it is stuck. */
    void open(long now) {
        if (closed) {
            ended = now;
        }
        closed = stuck && flowing > 0;
        wanted = false;
        falling = false;
        excess = 0;
        if (!closed) {
            flowing = 0;
        }
    }

    /** The source gives more than it is set to. */
    void exceed(double milliamps) {
        excess = milliamps;
    }

    /** The current goes on to its set level and stays there, whatever is ordered; or it obeys again. */
    void stick(boolean isStuck, boolean shouldFlow, long now) {
        stuck = isStuck;
        if (!isStuck && !shouldFlow) {
            open(now);
        }
    }

    /** Integrates up to {@code now}; at least every few milliseconds while the output is closed. */
    void step(long now) {
        double seconds = (now - last) * 1e-9;
        last = now;
        double before = flowing;
        flowing = closed
                ? Math.min(Math.max(target(now) + excess, stuck ? uncontrolled(now) : 0), VOLTS / body.kiloohms(now))
                : 0;
        greatest = Math.max(greatest, flowing);
        double charge = (before + flowing) / 2 * seconds * (settings.alternating() ? MEAN_OF_SINE : 1);
        runCharge += charge;
        totalCharge += charge;
    }

    private double uncontrolled(long now) {
        return settings.milliamps() * Math.min(1, since(began, now) / settings.ramp());
    }

    /** What an active run would be at, mA. */
    double nominal(long now) {
        if (!wanted) {
            return 0;
        }
        if (falling) {
            return fallNominal * left(now);
        }
        return settings.milliamps() * Math.min(1, since(began, now) / settings.ramp());
    }

    /** What is to flow, mA. */
    double target(long now) {
        if (!wanted) {
            return 0;
        }
        if (falling) {
            return fallTarget * left(now);
        }
        if (!settings.sham()) {
            return nominal(now);
        }
        double ramps = since(began, now) / settings.ramp();
        return settings.milliamps() * Math.max(0, ramps < 1 ? ramps : 2 - ramps);
    }

    boolean closed() {
        return closed;
    }

    boolean fallen(long now) {
        return falling && left(now) <= 0;
    }

    /** Whether less flows than is to flow because the voltage does not suffice. */
    boolean limited(long now) {
        return closed && flowing < 0.9 * target(now) - 0.01;
    }

    Settings settings() {
        return settings;
    }

    /** Present current, mA; for AC its peak. */
    double milliamps() {
        return flowing;
    }

    /** Greatest current since the process began, mA. */
    double greatest() {
        return greatest;
    }

    /** Charge of this run or the last one, mC, without sign. */
    double runCharge() {
        return runCharge;
    }

    /** Charge since the process began, mC. */
    double totalCharge() {
        return totalCharge;
    }

    /** Seconds since OUTP ON; of the whole run when it is over. */
    double elapsed(long now) {
        return since(began, closed ? now : ended);
    }

    private double left(long now) {
        return Math.max(0, 1 - since(fallBegan, now) / fallSeconds);
    }

    private static double since(long begin, long now) {
        return (now - begin) * 1e-9;
    }
}
