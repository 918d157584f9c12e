package org.anodyne.plugins.thermodetcs2;

import java.util.Locale;

/**
 * One stimulus in the steps of the device: temperature, duration and rise rounded down.
 *
 * @param commandId of the command
 * @param celsius target
 * @param seconds from its start to the start of the return
 * @param rise °C per second
 * @param area 1 to 5, or 0 for all
 */
record Heat(String commandId, double celsius, double seconds, double rise, int area) {
    private static final double ROUNDING = 1e-6;

    /** As fast as it goes: 100 °C per second. */
    private static final String RETURN = "R01000";

    Heat {
        celsius = Math.floor(celsius * 10 + ROUNDING) / 10;
        seconds = Math.floor(seconds * 1000 + ROUNDING) / 1000;
        rise = Math.floor(rise * 10 + ROUNDING) / 10;
    }

    /** Everything but the start, in one write. */
    String settings() {
        StringBuilder areas = new StringBuilder();
        for (int i = 1; i <= Reply.AREAS; i++) {
            areas.append(area == 0 || area == i ? '1' : '0');
        }
        return "S" + areas + number("C0%03d", celsius * 10) + number("V0%04d", rise * 10) + RETURN
                + number("D0%05d", seconds * 1000);
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, Math.round(value));
    }
}
