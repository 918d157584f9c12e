package org.anodyne.plugins.thermodetcs2;

import java.util.Optional;

/**
 * The replies that the adapter asks for. None has an end: each is read by its length, and every byte must be one that can be
 * there; line ends before it are skipped.
 */
enum Reply {
    /** {@code ?}: the device's name. */
    NAME("?", "TCS"),
    /** {@code E}: neutral and five areas in 0.1 °C. */
    TEMPERATURES("E", "###+###+###+###+###+###"),
    /** {@code Q}: error state, 000000 when there is none. */
    ERRORS("Q", "######");

    static final int AREAS = 5;

    private static final double HOTTEST = 65;

    private final String command;
    private final String form;

    Reply(String command, String form) {
        this.command = command;
        this.form = form;
    }

    String command() {
        return command;
    }

    int length() {
        return form.length();
    }

    /** Whether this byte can be the next one after so many. */
    boolean fits(int position, byte value) {
        char expected = form.charAt(position);
        return expected == '#' ? value >= '0' && value <= '9' : value == expected;
    }

    static boolean isLineEnd(byte value) {
        return value == '\r' || value == '\n';
    }

    /** The device's neutral temperature in °C. */
    static double neutral(String temperatures) {
        return Integer.parseInt(temperatures.substring(0, 3)) / 10.0;
    }

    /** Temperatures of the five areas in °C; empty when one of them cannot be. */
    static Optional<double[]> temperatures(String text) {
        String[] parts = text.split("\\+");
        double[] areas = new double[AREAS];
        for (int i = 0; i < AREAS; i++) {
            areas[i] = Integer.parseInt(parts[i + 1]) / 10.0;
            if (areas[i] > HOTTEST || areas[i] < 5) {
                return Optional.empty();
            }
        }
        return Optional.of(areas);
    }
}
