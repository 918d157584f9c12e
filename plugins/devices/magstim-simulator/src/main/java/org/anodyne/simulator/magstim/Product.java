package org.anodyne.simulator.magstim;

import java.util.Locale;

/**
 * What kind of stimulator is simulated.
 *
 * @param kind of the hardware
 * @param version first number of the software; it decides on lengths of commands and replies
 * @param software as it states it
 * @param mains 240 or 115 V
 */
record Product(Kind kind, int version, String software, int mains) {

    /** The kinds, with the highest train frequencies at powers up to 30, 40 … 100 %. */
    enum Kind {
        MAGSTIM_200(null, null),
        BISTIM(null, null),
        RAPID(new int[] {50, 37, 30, 25, 20, 18, 17, 15}, new int[] {36, 28, 23, 19, 16, 14, 12, 11}),
        SUPER_RAPID(new int[] {100, 75, 50, 45, 40, 35, 30, 25}, new int[] {60, 55, 44, 37, 32, 27, 24, 22}),
        SUPER_RAPID_PLUS1(new int[] {100, 100, 97, 80, 68, 57, 49, 41}, new int[] {60, 60, 58, 47, 40, 34, 30, 25});

        private final int[] at240;
        private final int[] at115;

        Kind(int[] at240, int[] at115) {
            this.at240 = at240;
            this.at115 = at115;
        }
    }

    private static final int LONG_DIGITS = 9;

    static Product of(String model, String software, long mains) {
        try {
            Kind kind = Kind.valueOf(model.toUpperCase(Locale.ROOT).replace('-', '_'));
            int version = Integer.parseInt(software.split("\\.", 2)[0]);
            return new Product(kind, version, software, (int) mains);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "there is no model \"" + model + "\" with software \"" + software
                            + "\": use magstim-200, bistim, rapid, super-rapid or super-rapid-plus1, and a version such as 9.0.0",
                    e);
        }
    }

    boolean rapid() {
        return kind.at240 != null;
    }

    boolean bistim() {
        return kind == Kind.BISTIM;
    }

    /** Software that answers to little when it is not under remote control, and knows {@code x}. */
    boolean late() {
        return rapid() && version >= LONG_DIGITS;
    }

    int pulseDigits() {
        return version < LONG_DIGITS ? 4 : 5;
    }

    int durationDigits() {
        return version < LONG_DIGITS ? 3 : 4;
    }

    int waitDigits() {
        return version < 7 ? 3 : 4;
    }

    int delayDigits() {
        return version < 10 ? 4 : 5;
    }

    int longestDelay() {
        return version < 10 ? 2000 : 10_000;
    }

    /** Highest frequency of a train, Hz; the next higher column counts. */
    int highestFrequency(int power) {
        int[] table = mains == 115 ? kind.at115 : kind.at240;
        int column = Math.max(0, (power + 9) / 10 - 3);
        // Some models give their highest frequency a little beyond the first column.
        int flatTo =
                switch (kind) {
                    case SUPER_RAPID -> mains == 115 ? 37 : 30;
                    case SUPER_RAPID_PLUS1 -> mains == 115 ? 49 : 48;
                    case MAGSTIM_200, BISTIM, RAPID -> 30;
                };
        if (power <= flatTo) {
            return table[0];
        }
        return column >= table.length ? 0 : table[column];
    }

    /** Seconds from a single pulse to the next. */
    int secondsBetween(int power) {
        return switch (kind) {
            case MAGSTIM_200 -> power < 50 ? 2 : power < 80 ? 3 : 4;
            case BISTIM -> 4;
            case RAPID, SUPER_RAPID, SUPER_RAPID_PLUS1 -> power > 100 ? 2 : 1;
        };
    }
}
