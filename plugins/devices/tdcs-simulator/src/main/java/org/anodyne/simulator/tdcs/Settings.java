package org.anodyne.simulator.tdcs;

/**
 * What the next run is to be.
 *
 * @param milliamps greatest current; for AC the peak
 * @param ramp seconds from zero to it
 * @param duration seconds of the whole run, both ramps included
 * @param alternating AC instead of DC
 * @param hertz frequency of AC
 * @param sham ramp up and down only
 * @param area of the smaller electrode, cm²
 */
record Settings(
        double milliamps, double ramp, double duration, boolean alternating, double hertz, boolean sham, double area) {

    /** After power-up nothing would flow. */
    static final Settings INITIAL = new Settings(0, 30, 1200, false, 10, false, 25);

    private static final double GREATEST_AC = 2.0;
    private static final double GREATEST_DENSITY = 0.16;

    Settings withMilliamps(double value) {
        return new Settings(value, ramp, duration, alternating, hertz, sham, area);
    }

    Settings withRamp(double value) {
        return new Settings(milliamps, value, duration, alternating, hertz, sham, area);
    }

    Settings withDuration(double value) {
        return new Settings(milliamps, ramp, value, alternating, hertz, sham, area);
    }

    Settings withAlternating(boolean value) {
        return new Settings(milliamps, ramp, duration, value, hertz, sham, area);
    }

    Settings withHertz(double value) {
        return new Settings(milliamps, ramp, duration, alternating, value, sham, area);
    }

    Settings withSham(boolean value) {
        return new Settings(milliamps, ramp, duration, alternating, hertz, value, area);
    }

    Settings withArea(double value) {
        return new Settings(milliamps, ramp, duration, alternating, hertz, sham, value);
    }

    /** What does not fit together; empty when everything does. */
    String contradiction() {
        if (milliamps <= 0) {
            return "CURR NOT SET";
        }
        if (duration < 2 * ramp) {
            return "DUR SHORTER THAN TWO RAMPS";
        }
        if (alternating && milliamps > GREATEST_AC) {
            return "CURR ABOVE 2.000 IN AC";
        }
        if (milliamps / area > GREATEST_DENSITY + 1e-9) {
            return "DENSITY ABOVE 0.16";
        }
        return "";
    }
}
