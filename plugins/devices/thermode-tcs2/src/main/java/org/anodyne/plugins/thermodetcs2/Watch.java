package org.anodyne.plugins.thermodetcs2;

import java.util.Arrays;

/**
 * Compares the temperatures of one stimulus with what was asked for. This is the only way to know that the device did what
 * it was told: it acknowledges nothing. Belongs to the owner's thread.
 */
final class Watch {
    /** What a reading says. */
    enum Verdict {
        /** Nothing to see yet. */
        WAITING,
        /** As it should be. */
        GOOD,
        /** It has begun: the first reading that is clearly above neutral. */
        BEGUN,
        /** Back near neutral. */
        OVER,
        /** It should have begun and has not. */
        COLD,
        /** Above what was asked for. */
        TOO_HOT,
        /** Hot for too long. */
        TOO_LONG
    }

    private static final double TOLERANCE = 0.8;
    private static final double BEGINS = 0.5;
    private static final double NEAR = 1.0;
    private static final double PATIENCE = 1.0;
    private static final double RETURN_PATIENCE = 1.5;

    private final Heat heat;
    private final double neutral;
    private double before = -1;
    private double last;
    private double hotSeconds;
    private double hottest;
    private boolean begun;

    Watch(Heat heat, double neutral) {
        this.heat = heat;
        this.neutral = neutral;
        this.hottest = neutral;
    }

    /** Takes the areas' temperatures, so many seconds after the start. */
    Verdict judge(double[] areas, double seconds) {
        double now = Arrays.stream(areas).max().orElseThrow();
        if (before < 0) {
            before = now;
        }
        hottest = Math.max(hottest, now);
        hotSeconds += now >= Limits.HOT - TOLERANCE ? seconds - last : 0;
        last = seconds;
        if (now > heat.celsius() + TOLERANCE) {
            return Verdict.TOO_HOT;
        }
        if (heat.celsius() >= Limits.HOT && hotSeconds > Limits.HOT_SECONDS + PATIENCE) {
            return Verdict.TOO_LONG;
        }
        if (!begun) {
            begun = now > Math.max(before, neutral) + BEGINS;
            if (begun) {
                return Verdict.BEGUN;
            }
            return seconds > PATIENCE + BEGINS / heat.rise() ? Verdict.COLD : Verdict.WAITING;
        }
        if (now <= neutral + NEAR && (seconds >= heat.seconds() || hottest > neutral + 2 * NEAR)) {
            return Verdict.OVER;
        }
        return seconds > heat.seconds() + RETURN_PATIENCE ? Verdict.TOO_LONG : Verdict.GOOD;
    }

    double hottest() {
        return hottest;
    }
}
