package org.anodyne.scenery;

/** The rhythm of a breathing guide: how full the chest is to be at a time, and when in- and out-breath begin. One thread. */
public final class Breath {
    /** In-breath as a part of the whole: out-breath longer than in-breath (engineering default, 2 : 3). */
    public static final float INHALE = 0.4f;

    /** What begins. */
    public enum Turn {
        /** Nothing begins. */
        NONE,
        /** The in-breath begins. */
        IN,
        /** The out-breath begins. */
        OUT
    }

    private double phase;
    private boolean first = true;

    /** Goes on by so many seconds at a rate and tells what has begun meanwhile. */
    public Turn advance(double seconds, double perMinute) {
        double before = phase;
        phase += Math.max(0, seconds) * perMinute / 60;
        if (first || phase >= 1) {
            first = false;
            phase -= Math.floor(phase);
            return Turn.IN;
        }
        return before < INHALE && phase >= INHALE ? Turn.OUT : Turn.NONE;
    }

    /** Where it is in the whole breath, 0 to 1. */
    public double phase() {
        return phase;
    }

    /** How full the chest is to be, 0 empty to 1 full; without corners. */
    public float fullness() {
        double t = phase < INHALE ? phase / INHALE : 1 - (phase - INHALE) / (1 - INHALE);
        return (float) (0.5 - 0.5 * Math.cos(Math.PI * t));
    }

    /** Begins anew, with an in-breath. */
    public void restart() {
        phase = 0;
        first = true;
    }
}
