package org.anodyne.simulator.rehastim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Where the unit is in a session, with the table of its legal moves. */
enum SessionState {
    /** Switched on or thrown back: output off, Init goes out every 500 ms until it is acknowledged. */
    AWAITING_INIT_ACK(0),
    /** Session open, no channel list; the protocol calls this mode 0, "start". */
    READY(0),
    /** A channel list is loaded, nothing flows; mode 1, "initialised". */
    INITIALISED(1),
    /** The channel list is being stimulated; mode 2, "started". */
    STARTED(2);

    /** Why a state is left or kept. */
    enum Trigger {
        INIT_ACKNOWLEDGED,
        CHANNEL_LIST,
        START,
        STOP,
        STOP_KEEPING_LIST,
        SINGLE_PULSE,
        WATCHDOG_EXPIRED,
        STIMULATION_ERROR,
        POWER_RESET
    }

    private static final Map<SessionState, Map<Trigger, SessionState>> MOVES = new EnumMap<>(SessionState.class);

    static {
        for (SessionState state : values()) {
            MOVES.put(state, new EnumMap<>(Trigger.class));
            // A power failure can come at any time.
            legal(state, Trigger.POWER_RESET, AWAITING_INIT_ACK);
        }
        // The host has answered Init with result 0; only this opens a session.
        legal(AWAITING_INIT_ACK, Trigger.INIT_ACKNOWLEDGED, READY);
        // A list can be loaded, and loaded anew, as long as nothing flows.
        legal(READY, Trigger.CHANNEL_LIST, INITIALISED);
        legal(INITIALISED, Trigger.CHANNEL_LIST, INITIALISED);
        // The first Start begins, every further one updates width and current.
        legal(INITIALISED, Trigger.START, STARTED);
        legal(STARTED, Trigger.START, STARTED);
        // A single pulse needs no list and disturbs none, but never mixes with a running one.
        legal(READY, Trigger.SINGLE_PULSE, READY);
        legal(INITIALISED, Trigger.SINGLE_PULSE, INITIALISED);
        for (SessionState open : new SessionState[] {READY, INITIALISED, STARTED}) {
            // Stop is never refused in an open session, and forgets the list.
            legal(open, Trigger.STOP, READY);
            // 1200 ms without a valid packet.
            legal(open, Trigger.WATCHDOG_EXPIRED, AWAITING_INIT_ACK);
            // Emergency stop, electrode or module: the unit has stopped and starts from the beginning.
            legal(open, Trigger.STIMULATION_ERROR, AWAITING_INIT_ACK);
        }
        // The other reading of Stop: the list stays loaded.
        legal(READY, Trigger.STOP_KEEPING_LIST, READY);
        legal(INITIALISED, Trigger.STOP_KEEPING_LIST, INITIALISED);
        legal(STARTED, Trigger.STOP_KEEPING_LIST, INITIALISED);
    }

    private final int mode;

    SessionState(int mode) {
        this.mode = mode;
    }

    /** The mode that GetStimMode reports: 0 start, 1 initialised, 2 started. */
    int mode() {
        return mode;
    }

    /** The state after a trigger; nothing when the move is not legal here. */
    Optional<SessionState> after(Trigger trigger) {
        return Optional.ofNullable(MOVES.get(this).get(trigger));
    }

    private static void legal(SessionState from, Trigger trigger, SessionState to) {
        MOVES.get(from).put(trigger, to);
    }
}
