package org.anodyne.plugins.tdcsreference;

import java.util.Locale;

/**
 * One stimulation, in the steps that the protocol has: current and duration rounded down, ramp up.
 *
 * @param commandId of the command
 * @param milliamps greatest current; for tACS the peak
 * @param duration seconds, both ramps included
 * @param ramp seconds
 * @param hertz 0 for tDCS
 * @param area of the smaller electrode, cm²
 * @param sham ramp up and down only
 * @param blinded whether what is told must not show the arm
 */
record Course(
        String commandId,
        double milliamps,
        double duration,
        double ramp,
        double hertz,
        double area,
        boolean sham,
        boolean blinded) {
    private static final double MEAN_OF_SINE = 2 / Math.PI;
    private static final double ROUNDING = 1e-9;

    Course {
        milliamps = Math.floor(milliamps * 1000 + ROUNDING) / 1000;
        duration = Math.floor(duration * 10 + ROUNDING) / 10;
        ramp = Math.ceil(ramp * 10 - ROUNDING) / 10;
        hertz = Math.rint(hertz * 100) / 100;
        area = Math.floor(area * 10 + ROUNDING) / 10;
    }

    boolean alternating() {
        return hertz > 0;
    }

    /** The settings, one command each. */
    String[] settings() {
        return new String[] {
            "CONF:MODE " + (alternating() ? "AC" : "DC"),
            text("CONF:FREQ %.2f", alternating() ? hertz : 10),
            text("CONF:CURR %.3f", milliamps),
            text("CONF:RAMP %.1f", ramp),
            text("CONF:DUR %.1f", duration),
            text("CONF:AREA %.1f", area),
            "CONF:SHAM " + (sham ? 1 : 0)
        };
    }

    /** What {@code CONF?} says when all settings have arrived. */
    String readBack() {
        return String.format(
                Locale.ROOT,
                "%.3f,%.1f,%.1f,%s,%.2f,%d,%.1f",
                milliamps,
                ramp,
                duration,
                alternating() ? "AC" : "DC",
                alternating() ? hertz : 10,
                sham ? 1 : 0,
                area);
    }

    /** Current of the active arm at this time, mA. */
    double nominal(double seconds) {
        double rising = Math.min(1, seconds / ramp);
        double falling = Math.min(1, (duration - seconds) / ramp);
        return milliamps * Math.max(0, Math.min(rising, falling));
    }

    /** Current that is to flow at this time, mA. */
    double target(double seconds) {
        if (!sham) {
            return nominal(seconds);
        }
        double ramps = seconds / ramp;
        return milliamps * Math.max(0, Math.min(ramps, 2 - ramps));
    }

    /** Charge of the active arm up to this time, mC. */
    double nominalCharge(double seconds) {
        double t = Math.max(0, Math.min(seconds, duration));
        double up = Math.min(t, ramp);
        double hold = Math.max(0, Math.min(t, duration - ramp) - ramp);
        double left = duration - t;
        double down = t > duration - ramp ? ramp - left : 0;
        double charge = milliamps * (up * up / (2 * ramp) + hold + down * (1 - down / (2 * ramp)));
        return alternating() ? charge * MEAN_OF_SINE : charge;
    }

    /** The greatest current that may be measured around this time: half a second of ramp either way, and 0.2 mA. */
    double tolerated(double seconds) {
        double slope = milliamps / ramp;
        double around = Math.max(target(seconds), Math.max(target(Math.max(0, seconds - 0.3)), target(seconds + 0.3)));
        return Math.min(milliamps, around + 0.1 * slope) + 0.2;
    }

    private static String text(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
