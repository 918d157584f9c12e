package org.anodyne.plugins.tmsmagstim;

/**
 * How long replies are, command and check byte included; nothing in a reply says so. It depends on the software of the
 * Rapid.
 *
 * @param rapid whether the stimulator is a Rapid
 * @param version first number of its software version; 0 as long as it is not known, when only {@code Q}, {@code R} and
 *     {@code N} may be asked
 */
record Lengths(boolean rapid, int version) {
    /** Of a refusal: command, {@code ?} or {@code S}, check byte. */
    static final int REFUSAL = 3;

    /** Ends with a zero and the check byte, wherever that is. */
    static final int BY_ITS_END = -1;

    /** Such a command has no reply. */
    static final int NONE = 0;

    /** From this version on trains have five digits, {@code x} exists and {@code Q} takes an unlock code. */
    static final int FIVE_DIGITS = 9;

    private static final int EXTENDED_DELAY = 10;
    private static final int FIRST_WITH_LONGER_WAIT = 7;

    /** Length of the reply to a command. */
    int of(int command) {
        return switch (command) {
            case 'Q', 'R', '@', 'A', 'C', 'E', 'Y', 'Z' -> 3;
            case 'X', 'B', 'D', '[', '^', '_' -> 4;
            case 'n' -> rapid && version >= EXTENDED_DELAY ? 6 : 4;
            case 'I', 'x' -> 6;
            case 'o' -> version >= EXTENDED_DELAY ? 8 : 7;
            case 'F' -> 9;
            case 'J' -> 12;
            case '\\' -> parameters();
            case 'N' -> BY_ITS_END;
            default -> NONE;
        };
    }

    private int parameters() {
        if (version == 0) {
            return NONE;
        }
        if (version < FIRST_WITH_LONGER_WAIT) {
            return 21;
        }
        return version < FIVE_DIGITS ? 22 : 24;
    }

    /** Digits of the number of pulses. */
    int pulseDigits() {
        return version < FIVE_DIGITS ? 4 : 5;
    }

    /** Digits of the duration of a train. */
    int durationDigits() {
        return version < FIVE_DIGITS ? 3 : 4;
    }

    /** Digits of the wait after a train. */
    int waitDigits() {
        return version < FIRST_WITH_LONGER_WAIT ? 3 : 4;
    }

    /** Greatest charge delay in ms; 0 where there is none. */
    int longestChargeDelay() {
        if (!rapid || version < FIVE_DIGITS) {
            return 0;
        }
        return version < EXTENDED_DELAY ? 2000 : 10_000;
    }

    /** Digits of the charge delay. */
    int chargeDelayDigits() {
        return version < EXTENDED_DELAY ? 4 : 5;
    }
}
