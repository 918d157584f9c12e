package org.anodyne.simulator.tdcs;

/**
 * Skin, electrodes and what lies between: total resistance over time. Drift is exponential, as for gel that soaks in
 * (negative) or sponges that dry (positive). Not thread-safe.
 */
final class Body {
    /** What an open circuit reads. */
    static final double OPEN = 999.9;

    private static final double RISE_PER_SECOND = 10;
    private static final double ANODE_SHARE = 0.485;

    private final double initial;
    private final double driftPerSecond;
    private final long begin;

    private boolean open;
    private double riseTo;
    private long riseBegan;
    private boolean rising;

    /**
     * A body.
     *
     * @param kiloohms total at {@code begin}
     * @param percentPerMinute drift
     */
    Body(double kiloohms, double percentPerMinute, long begin) {
        this.initial = kiloohms;
        this.driftPerSecond = Math.log1p(percentPerMinute / 100) / 60;
        this.begin = begin;
    }

    void lift(boolean isOpen) {
        open = isOpen;
    }

    /** Lets resistance rise to this total, 10 kΩ a second, and stay there. */
    void rise(double kiloohms, long now) {
        riseTo = kiloohms;
        riseBegan = now;
        rising = true;
    }

    void riseOver() {
        rising = false;
    }

    boolean isOpen() {
        return open;
    }

    /** Total in kΩ; infinite when an electrode is off. */
    double kiloohms(long now) {
        if (open) {
            return Double.POSITIVE_INFINITY;
        }
        double base = initial * Math.exp(driftPerSecond * (now - begin) * 1e-9);
        if (!rising) {
            return base;
        }
        double risen = base + RISE_PER_SECOND * (now - riseBegan) * 1e-9;
        return Math.max(base, Math.min(risen, riseTo));
    }

    /** As the device measures it: one decimal, 999.9 for an open circuit. */
    double measured(long now) {
        return Math.min(OPEN, kiloohms(now));
    }

    /** The part of the total at the anode, kΩ. */
    double anode(long now) {
        return open ? OPEN : measured(now) * ANODE_SHARE;
    }

    /** The part of the total at the cathode, kΩ. */
    double cathode(long now) {
        return open ? OPEN : measured(now) * (1 - ANODE_SHARE);
    }
}
