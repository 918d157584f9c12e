package org.anodyne.simulator.tdcs;

import java.util.EnumSet;
import java.util.Set;

/** Where the device is, with the legal moves. */
enum State {
    /** Output open. */
    IDLE,
    /** Checked and ready; output open, watchdog running. */
    ARMED,
    /** Current rises. */
    RAMPUP,
    /** Set current, or in sham nothing after its own ramp down. */
    HOLD,
    /** Current falls. */
    RAMPDOWN,
    /** The run has ended by itself or by OUTP OFF; its figures can be read. */
    DONE,
    /** Something went wrong; output open once the short ramp is over. */
    FAULT;

    private static final Set<State> FLOWING = EnumSet.of(RAMPUP, HOLD, RAMPDOWN);
    private static final Set<State> WATCHED = EnumSet.of(ARMED, RAMPUP, HOLD, RAMPDOWN);

    boolean flowing() {
        return FLOWING.contains(this);
    }

    boolean watched() {
        return WATCHED.contains(this);
    }

    /** Whether this move is in the table of the protocol. */
    boolean mayBecome(State next) {
        return switch (this) {
            case IDLE -> next == ARMED;
            // OUTP ON; OUTP OFF and ABOR; an error.
            case ARMED -> next == RAMPUP || next == IDLE || next == FAULT;
            // Time; OUTP OFF and ABOR; an error.
            case RAMPUP -> next == HOLD || next == RAMPDOWN || next == FAULT;
            case HOLD -> next == RAMPDOWN || next == FAULT;
            // Time after a planned end or OUTP OFF; time after ABOR; an error.
            case RAMPDOWN -> next == DONE || next == IDLE || next == FAULT;
            // OUTP:ARM; a setting or ABOR.
            case DONE -> next == ARMED || next == IDLE;
            // ABOR when the cause is gone.
            case FAULT -> next == IDLE;
        };
    }
}
