package org.anodyne.plugin.host.slot;

import static org.anodyne.host.SlotStatus.State.CLOSED;
import static org.anodyne.host.SlotStatus.State.CREATED;
import static org.anodyne.host.SlotStatus.State.DRAINING;
import static org.anodyne.host.SlotStatus.State.FAILED;
import static org.anodyne.host.SlotStatus.State.LOST;
import static org.anodyne.host.SlotStatus.State.PAUSED;
import static org.anodyne.host.SlotStatus.State.PREPARED;
import static org.anodyne.host.SlotStatus.State.RUNNING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.anodyne.host.SlotStatus.State;

/** The legal moves of a slot; each that is made is published. */
final class Moves {
    private static final Map<State, Set<State>> LEGAL = new EnumMap<>(State.class);

    static {
        move(CREATED, PREPARED); // prepare() came back and the inputs are connected
        move(PREPARED, RUNNING); // start() came back
        move(RUNNING, PAUSED); // a request, or a phase that does not run the slot
        move(PAUSED, RUNNING); // the request taken back, or a phase that runs the slot
        move(PREPARED, DRAINING); // a swap before the session runs
        move(RUNNING, DRAINING); // a swap, or the end of the session
        move(PAUSED, DRAINING); // the same while paused
        move(DRAINING, RUNNING); // the successor is at work; or it failed and the predecessor goes on
        move(DRAINING, PAUSED); // the same in a slot that was paused, or after a hand-over that was not taken
        move(DRAINING, PREPARED); // the same in a slot that was not started yet
        move(CREATED, CLOSED); // the session ends while the slot is being prepared
        move(PREPARED, CLOSED); // the session ends before it began
        move(DRAINING, CLOSED); // the end of the session
        move(FAILED, CLOSED); // the end of the session; the instance itself was closed when it failed
        move(LOST, CLOSED); // the end of the session
        move(FAILED, PREPARED); // a swap filled the place of a failed instance before the session ran
        move(FAILED, RUNNING); // a swap filled the place of a failed instance
        move(FAILED, PAUSED); // the same in a slot that is paused
        move(FAILED, CREATED); // the slot is prepared once more
        move(LOST, PREPARED); // a swap filled the place of a lost plug-in before the session ran
        move(LOST, RUNNING); // a swap filled the place of a lost plug-in
        move(LOST, PAUSED); // the same in a slot that is paused
        move(LOST, CREATED); // the slot is prepared once more
        move(FAILED, LOST); // the plug-in of a failed instance was taken away
        for (State from : EnumSet.of(CREATED, PREPARED, RUNNING, PAUSED, DRAINING)) {
            move(from, FAILED); // a method threw or outlived its limit
            move(from, LOST); // the plug-in's bundle or factory was taken away
        }
    }

    private Moves() {}

    static boolean legal(State from, State to) {
        return LEGAL.getOrDefault(from, Set.of()).contains(to);
    }

    private static void move(State from, State to) {
        LEGAL.computeIfAbsent(from, s -> EnumSet.noneOf(State.class)).add(to);
    }
}
