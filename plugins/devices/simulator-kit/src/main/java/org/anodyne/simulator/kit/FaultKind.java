package org.anodyne.simulator.kit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be made to go wrong. A device supports some of these and refuses the others. */
public enum FaultKind {
    /** The reply leaves with a wrong check byte. */
    BAD_CRC(Nature.REPLY),
    /** One byte of the reply, drawn by the seed, does not leave. */
    LOST_BYTE(Nature.REPLY),
    /** Only the first half of the reply leaves. */
    HALF_FRAME(Nature.REPLY),
    /** Every byte leaves in a write of its own. */
    SPLIT(Nature.WIRE),
    /** A reply is held for the next one and leaves in one write with it. */
    MERGE(Nature.WIRE),
    /** The reply leaves after so many milliseconds. */
    LATE_REPLY(Nature.REPLY),
    /** The command is carried out but not answered. */
    NO_REPLY(Nature.REPLY),
    /** The command is not carried out; the answer says that the device is in the wrong state for it. */
    WRONG_STATE(Nature.REPLY),
    /** The command is not carried out; the answer is "busy". */
    BUSY(Nature.REPLY),
    /** The command is not carried out; the answer says that it is unknown. */
    UNKNOWN_COMMAND(Nature.REPLY),
    /** What flows cannot be switched off any more. */
    STUCK_OUTPUT(Nature.CONDITION),
    /** An electrode is off. */
    ELECTRODE_OFF(Nature.CONDITION),
    /** The coil is not connected. */
    COIL_OFF(Nature.CONDITION),
    /** The coil, or what touches the skin, is too warm. */
    OVER_TEMPERATURE(Nature.CONDITION),
    /** Impedance rises; a value says how far or how fast, as the device describes. */
    IMPEDANCE_RISE(Nature.CONDITION),
    /** The emergency stop is pressed. */
    EMERGENCY_STOP(Nature.CONDITION),
    /** The device is switched on and connected but says nothing at all any more; commands have no effect. */
    SILENCE(Nature.CONDITION),
    /** The line is cut; with a value it comes back after so many milliseconds. */
    CABLE_PULLED(Nature.CONDITION),
    /** A module of the device fails once. */
    MODULE_ERROR(Nature.EVENT),
    /** The watchdog runs out at once. */
    WATCHDOG_EXPIRY(Nature.EVENT),
    /** The device loses power for a moment and starts from the beginning. */
    RESET(Nature.EVENT);

    /** How long a fault lasts when nothing is said about it. */
    public enum Nature {
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

    /** How long it lasts. */
    public Nature nature() {
        return nature;
    }

    /** The name on the command line, such as {@code bad-crc}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind with this name.
     *
     * @param supported the kinds that this device has
     * @throws IllegalArgumentException when it is none of them; the message lists them
     */
    public static FaultKind named(String label, Set<FaultKind> supported) {
        return supported.stream()
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException((isKnown(label)
                                ? "this device has no fault \""
                                : "there is no fault \"")
                        + label
                        + "\": use one of "
                        + supported.stream().sorted().map(FaultKind::label).collect(Collectors.joining(", "))));
    }

    private static boolean isKnown(String label) {
        return Arrays.stream(values()).anyMatch(kind -> kind.label().equals(label));
    }
}
