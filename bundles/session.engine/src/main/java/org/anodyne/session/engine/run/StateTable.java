package org.anodyne.session.engine.run;

import static org.anodyne.session.SessionEngine.SessionState.ABORTED;
import static org.anodyne.session.SessionEngine.SessionState.COMPLETED;
import static org.anodyne.session.SessionEngine.SessionState.PAUSED;
import static org.anodyne.session.SessionEngine.SessionState.PLANNED;
import static org.anodyne.session.SessionEngine.SessionState.PREPARING;
import static org.anodyne.session.SessionEngine.SessionState.READY;
import static org.anodyne.session.SessionEngine.SessionState.RUNNING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.anodyne.session.SessionEngine.SessionState;

/** The legal moves of a session. */
public final class StateTable {
    private static final Map<SessionState, Set<SessionState>> MOVES = new EnumMap<>(SessionState.class);

    static {
        move(PLANNED, PREPARING); // the record is open
        move(PLANNED, ABORTED); // told to end before anything was prepared
        move(PREPARING, READY); // every slot is prepared
        move(PREPARING, ABORTED); // a slot could not be prepared, or told to end
        move(READY, RUNNING); // the operator's word; in a run without a screen the command itself
        move(READY, ABORTED); // a slot could not be started, or told to end
        move(RUNNING, PAUSED); // asked for, emergency stop, or a slot that the phase needs is lost
        move(PAUSED, RUNNING); // a person resumed, or a lost slot's grace is over
        move(RUNNING, COMPLETED); // the last phase is over
        move(PAUSED, COMPLETED); // the pause fell into the last half second of the last phase
        move(RUNNING, ABORTED); // told to end
        move(PAUSED, ABORTED); // told to end, or nobody resumed
    }

    private StateTable() {}

    private static void move(SessionState from, SessionState to) {
        MOVES.computeIfAbsent(from, s -> EnumSet.noneOf(SessionState.class)).add(to);
    }

    /** Whether a session may go from one state to another. */
    public static boolean legal(SessionState from, SessionState to) {
        return MOVES.getOrDefault(from, Set.of()).contains(to);
    }

    /** Whether a session in this state has not begun to run. */
    public static boolean before(SessionState state) {
        return state == PLANNED || state == PREPARING || state == READY;
    }

    /** Whether a session in this state is over. */
    public static boolean over(SessionState state) {
        return !MOVES.containsKey(state);
    }
}
