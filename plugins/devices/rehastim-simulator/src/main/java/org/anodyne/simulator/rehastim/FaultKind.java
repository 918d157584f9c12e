package org.anodyne.simulator.rehastim;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be made to go wrong. */
enum FaultKind {
    /** The reply leaves with a wrong check byte. */
    BAD_CRC(Nature.REPLY),
    /** One byte of the reply, drawn by the seed, does not leave. */
    LOST_BYTE(Nature.REPLY),
    /** Every byte leaves in a write of its own. */
    SPLIT(Nature.WIRE),
    /** A reply is held for the next packet and leaves in one write with it; Init leaves twice in one write. */
    MERGE(Nature.WIRE),
    /** The reply leaves after so many milliseconds. */
    LATE_REPLY(Nature.REPLY),
    /** The command is carried out but not answered. */
    NO_REPLY(Nature.REPLY),
    /** The command is not carried out; the answer is "wrong mode". */
    WRONG_STATE(Nature.REPLY),
    /** The command is not carried out; the answer is "busy". */
    BUSY(Nature.REPLY),
    /** The command is not carried out; the answer is UnknownCommand. */
    UNKNOWN_COMMAND(Nature.REPLY),
    /** What flows cannot be switched off any more. */
    STUCK_OUTPUT(Nature.CONDITION),
    /** The electrode is off: the next pulse with current raises the electrode error. */
    ELECTRODE_OFF(Nature.CONDITION),
    /** The emergency stop is pressed: the session ends with its error, and so does every pulse while pressed. */
    EMERGENCY_STOP(Nature.CONDITION),
    /** The line is cut; with a value it comes back after so many milliseconds. */
    CABLE_PULLED(Nature.CONDITION),
    /** The stimulation module fails once. */
    MODULE_ERROR(Nature.EVENT),
    /** The watchdog runs out at once. */
    WATCHDOG_EXPIRY(Nature.EVENT),
    /** The unit loses power for a moment and starts from the beginning. */
    RESET(Nature.EVENT);

    /** How long a fault lasts when nothing is said about it. */
    enum Nature {
        /** Strikes one reply: the next one, or the one that is named. */
        REPLY,
        /** Strikes everything that leaves until cleared, or the one reply that is named. */
        WIRE,
        /** Holds from now, or from the named reply on, until cleared. */
        CONDITION,
        /** Happens once: now, or after the named reply. */
        EVENT
    }

    private final Nature nature;

    FaultKind(Nature nature) {
        this.nature = nature;
    }

    Nature nature() {
        return nature;
    }

    /** The name on the command line, such as {@code bad-crc}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind with this name.
     *
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    static FaultKind named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault \"" + label + "\": use one of "
                        + Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "))));
    }
}
