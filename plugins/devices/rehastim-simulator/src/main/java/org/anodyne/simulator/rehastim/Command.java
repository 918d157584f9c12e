package org.anodyne.simulator.rehastim;

import java.util.Arrays;
import java.util.Optional;

/** The command codes of ScienceMode2 that this unit knows, and who sends them. */
enum Command {
    INIT(1, false),
    INIT_ACK(2, true),
    UNKNOWN_COMMAND(3, false),
    WATCHDOG(4, true),
    GET_STIM_MODE(10, true),
    GET_STIM_MODE_ACK(11, false),
    INIT_CHANNEL_LIST(30, true),
    INIT_CHANNEL_LIST_ACK(31, false),
    START(32, true),
    START_ACK(33, false),
    STOP(34, true),
    STOP_ACK(35, false),
    SINGLE_PULSE(36, true),
    SINGLE_PULSE_ACK(37, false),
    STIMULATION_ERROR(38, false);

    private final int code;
    private final boolean fromHost;

    Command(int code, boolean fromHost) {
        this.code = code;
        this.fromHost = fromHost;
    }

    int code() {
        return code;
    }

    /** The command with this code; nothing when no such code is known. */
    static Optional<Command> of(int code) {
        return Arrays.stream(values()).filter(command -> command.code == code).findFirst();
    }

    /** The command a host may send with this code; nothing when a host has no business sending it. */
    static Optional<Command> fromHost(int code) {
        return of(code).filter(command -> command.fromHost);
    }
}
