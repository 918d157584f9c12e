package org.anodyne.plugins.hypnosisdescent;

import org.anodyne.scenery.Breath;

/**
 * The way down: how deep the boat is at a time, and which landing it has come to. Depth is 0 at the top and 1 at the bottom.
 * It is smooth: its speed has no jumps. Without OpenGL; one thread.
 */
final class Course {
    /** Metres from top to bottom. */
    static final double METRES = 30;
    /** Greatest speed when the dial leads, metres per second (engineering default: a seventh of the display's usual limit). */
    static final double FASTEST = 0.2;
    /** Seconds in which the speed follows what is wanted (engineering default). */
    private static final double INERTIA_SECONDS = 1.5;
    /** How much of what is missing is made good per second when the dial leads. */
    private static final double APPROACH = 0.2;
    /** Slowest that the end is approached, depth per second: 3 mm per second. */
    private static final double CREEP = 0.003 / METRES;
    /** How far above a landing one is no longer at it, in landings; keeps a wavering dial from repeating it. */
    private static final double LEAVING = 0.25;

    private static final double HAIR = 1e-9;

    /** What leads. */
    enum Lead {
        TIME,
        DIAL
    }

    private final Lead lead;
    private final double descentSeconds;
    private final int steps;
    private double depth;
    private double speed;
    private int landing;

    /** @param descentSeconds how long the whole way lasts when time leads */
    Course(Lead lead, double descentSeconds, int steps) {
        this.lead = lead;
        this.descentSeconds = descentSeconds;
        this.steps = steps;
    }

    /** Begins here, at rest. */
    void restart(double at) {
        depth = Math.max(0, Math.min(1, at));
        speed = 0;
        landing = (int) Math.floor(depth * steps + HAIR);
    }

    /**
     * The share of the way that falls on a moment of a breath, 1 on average over the breath: none while breathing in, most in
     * the middle of breathing out.
     */
    static double share(double phase) {
        if (phase < Breath.INHALE) {
            return 0;
        }
        double out = (phase - Breath.INHALE) / (1 - Breath.INHALE);
        double sine = Math.sin(Math.PI * out);
        return 2 * sine * sine / (1 - Breath.INHALE);
    }

    /**
     * Goes on.
     *
     * @param phase of the breath, 0 to 1
     * @param told the dial's value
     * @return whether another landing was come to
     */
    boolean advance(double seconds, double phase, double told) {
        double gap = told - depth;
        double asTold = Math.max(-FASTEST / METRES, Math.min(FASTEST / METRES, APPROACH * gap));
        double wanted = lead == Lead.DIAL ? asTold : Math.max(share(phase) / descentSeconds, asTold);
        if (lead == Lead.TIME) {
            wanted = Math.min(wanted, Math.max(CREEP, APPROACH * (1 - depth)));
        }
        speed += (wanted - speed) * Math.min(1, seconds / INERTIA_SECONDS);
        depth = Math.max(0, Math.min(1, depth + speed * seconds));
        if (depth >= 1 && speed > 0 || depth <= 0 && speed < 0) {
            speed = 0;
        }
        int before = landing;
        while (landing < steps && depth * steps >= landing + 1 - HAIR) {
            landing++;
        }
        while (landing > 0 && depth * steps < landing - LEAVING) {
            landing--;
        }
        return landing != before;
    }

    /** How deep it is, 0 to 1. */
    double depth() {
        return depth;
    }

    /** How fast it sinks, metres per second. */
    double metresPerSecond() {
        return speed * METRES;
    }

    /** The landing come to last, 0 at the top to the number of them at the bottom. */
    int landing() {
        return landing;
    }
}
