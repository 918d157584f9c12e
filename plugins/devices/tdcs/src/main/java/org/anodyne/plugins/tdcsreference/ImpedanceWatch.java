package org.anodyne.plugins.tdcsreference;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Judges impedance while something runs: a warning from 10 kΩ on, an end above 20 kΩ for more than 2 s or after a change
 * by more than half within 5 s. Defaults of this platform, no norm. Not thread-safe.
 */
final class ImpedanceWatch {
    static final double START = 10;
    static final double END = 20;

    private static final long HIGH_NANOS = 2_000_000_000L;
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double CHANGE = 0.5;

    private final Deque<double[]> window = new ArrayDeque<>();
    private long began;
    private boolean any;
    private boolean warned;
    private long highSince;
    private boolean high;

    /** What to do about it. */
    enum Verdict {
        GOOD,
        WARN,
        END
    }

    /** A bandwidth that tells a person enough and an analyst nothing about the arm. */
    static String band(double kiloohms) {
        if (kiloohms < START) {
            return "below 10 kOhm";
        }
        return kiloohms <= END ? "10 to 20 kOhm" : "above 20 kOhm";
    }

    /** Takes a reading at this monotonic time; WARN comes once for each time that 10 kΩ is passed. */
    Verdict judge(double kiloohms, long now) {
        if (!any) {
            any = true;
            began = now;
        }
        double at = now - began;
        window.addLast(new double[] {at, kiloohms});
        while (at - window.peekFirst()[0] > WINDOW_NANOS) {
            window.removeFirst();
        }
        for (double[] earlier : window) {
            if (Math.abs(kiloohms - earlier[1]) > CHANGE * earlier[1]) {
                return Verdict.END;
            }
        }
        if (kiloohms <= END) {
            high = false;
        } else if (!high) {
            high = true;
            highSince = now;
        }
        if (high && now - highSince > HIGH_NANOS) {
            return Verdict.END;
        }
        return passed(kiloohms) ? Verdict.WARN : Verdict.GOOD;
    }

    /** Whether 10 kΩ is passed with this reading; after END, too, when there was none between 10 kΩ and that. */
    boolean passed(double kiloohms) {
        boolean passed = kiloohms >= START && !warned;
        warned = kiloohms >= START;
        return passed;
    }
}
