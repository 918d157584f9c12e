package org.anodyne.plugins.feedbackscreen;

/** Counts rewards as they are seen: each time that reward begins, but not twice within a second. */
final class Rewards {
    /** A chime and a light that come more often are a flicker. Engineering default. */
    private static final double LEAST_SECONDS = 1;

    private static final double HALF = 0.5;

    private int count;
    private boolean before;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    /**
     * A frame.
     *
     * @param reward where the dial is going
     * @return whether a reward is counted with this frame
     */
    boolean at(double seconds, double reward) {
        boolean now = reward >= HALF;
        boolean begins = now && !before && seconds - lastSeconds >= LEAST_SECONDS;
        before = now;
        if (begins) {
            count++;
            lastSeconds = seconds;
        }
        return begins;
    }

    int count() {
        return count;
    }
}
