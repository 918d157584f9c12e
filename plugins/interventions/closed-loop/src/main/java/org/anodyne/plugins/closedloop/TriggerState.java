package org.anodyne.plugins.closedloop;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.anodyne.plugin.intervention.Decision.Verdict;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugins.closedloop.FlagBook.Said;

/** What one trigger remembers through the session. All times are data time. */
final class TriggerState {
    private static final long MINUTE = 60_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final Deque<Long> lastMinute = new ArrayDeque<>();
    private int fired;
    private long lastFired = NEVER;
    private int phase = -1;
    private int firedInPhase;
    private long lastSeen = NEVER;

    /** Since when the condition holds without a break. */
    private long since = NEVER;

    /** Since the condition began to hold: whether it fired, and which verdicts were published. */
    private boolean firedSince;

    /** Inhibitions since it last fired, and when the last of them was. */
    private int inhibitions;

    private long lastInhibited = NEVER;
    private boolean stopped;

    private final Set<Verdict> published = EnumSet.noneOf(Verdict.class);

    /** Number of firings in the session. */
    int fired() {
        return fired;
    }

    void enter(int phaseIndex) {
        if (phase != phaseIndex) {
            phase = phaseIndex;
            firedInPhase = 0;
            lastSeen = NEVER;
            interrupt();
        }
    }

    /** The condition stops holding. */
    void interrupt() {
        since = NEVER;
        firedSince = false;
        published.clear();
    }

    /** A value arrived whose threshold is not known; the verdict if it is to be published. */
    Optional<Verdict> missingBaseline() {
        since = NEVER;
        return published.add(Verdict.HELD_BY_MISSING_BASELINE)
                ? Optional.of(Verdict.HELD_BY_MISSING_BASELINE)
                : Optional.empty();
    }

    /**
     * A value arrived.
     *
     * @param met whether it satisfies the comparison
     * @param flag what the flag says of it; clear for a trigger that nothing inhibits
     * @return the verdict if one is to be published: each firing; each time that it would have fired and was inhibited, at
     *     most once in its refractory time; and what else holds a met condition back once for as long as it holds
     */
    Optional<Verdict> step(Trigger trigger, long timeNanos, boolean met, long maximumInterval, Said flag) {
        boolean silent = lastSeen != NEVER && timeNanos - lastSeen > maximumInterval;
        lastSeen = timeNanos;
        if (!met || silent) {
            interrupt();
        }
        if (!met || stopped) {
            return Optional.empty();
        }
        if (since == NEVER) {
            since = timeNanos;
        }
        if (timeNanos - since < trigger.holdNanos()) {
            return Optional.empty();
        }
        Verdict verdict = judge(trigger, timeNanos);
        if (verdict == Verdict.FIRED && flag != Said.CLEAR) {
            return flag == Said.INHIBITS ? inhibited(trigger, timeNanos) : Optional.empty();
        }
        if (verdict == Verdict.FIRED) {
            inhibitions = 0;
            lastInhibited = NEVER;
            fired++;
            firedInPhase++;
            firedSince = true;
            lastFired = timeNanos;
            lastMinute.addLast(timeNanos);
            return Optional.of(verdict);
        }
        // Waiting out its own refractory time while the condition goes on is no new crossing.
        boolean expected = verdict == Verdict.HELD_BY_REFRACTORY_TIME && firedSince;
        return !expected && published.add(verdict) ? Optional.of(verdict) : Optional.empty();
    }

    /** As often as it would have fired: once in each refractory time. */
    private Optional<Verdict> inhibited(Trigger trigger, long timeNanos) {
        if (lastInhibited != NEVER && timeNanos - lastInhibited < trigger.refractoryNanos()) {
            return Optional.empty();
        }
        lastInhibited = timeNanos;
        inhibitions++;
        stopped = inhibitions >= trigger.unless().orElseThrow().stopAfter();
        return Optional.of(Verdict.HELD_BY_UNLESS);
    }

    /** Whether it was inhibited so often in a row that it fires no more. */
    boolean stopped() {
        return stopped;
    }

    private Verdict judge(Trigger trigger, long timeNanos) {
        if (lastFired != NEVER && timeNanos - lastFired < trigger.refractoryNanos()) {
            return Verdict.HELD_BY_REFRACTORY_TIME;
        }
        while (!lastMinute.isEmpty() && timeNanos - lastMinute.peekFirst() >= MINUTE) {
            lastMinute.removeFirst();
        }
        if (reached(trigger.perMinute(), lastMinute.size())) {
            return Verdict.HELD_BY_CAP_PER_MINUTE;
        }
        if (reached(trigger.perPhase(), firedInPhase)) {
            return Verdict.HELD_BY_CAP_PER_PHASE;
        }
        if (reached(trigger.perSession(), fired)) {
            return Verdict.HELD_BY_CAP_PER_SESSION;
        }
        // Firings of this session never leave the 24 h while it lasts, those before it are not given back: on the safe
        // side.
        if (reached(trigger.perDay(), trigger.givenBefore() + fired)) {
            return Verdict.HELD_BY_CAP_PER_DAY;
        }
        return Verdict.FIRED;
    }

    private static boolean reached(OptionalInt cap, int count) {
        return cap.isPresent() && count >= cap.getAsInt();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(lastMinute.size());
        for (long time : lastMinute) {
            out.writeLong(time);
        }
        out.writeInt(fired);
        out.writeLong(lastFired);
        out.writeInt(phase);
        out.writeInt(firedInPhase);
        out.writeLong(lastSeen);
        out.writeLong(since);
        out.writeBoolean(firedSince);
        out.writeInt(inhibitions);
        out.writeLong(lastInhibited);
        out.writeBoolean(stopped);
        out.writeInt(published.size());
        for (Verdict verdict : published) {
            out.writeUTF(verdict.name());
        }
    }

    static TriggerState read(DataInputStream in) throws IOException {
        TriggerState state = new TriggerState();
        int times = in.readInt();
        for (int i = 0; i < times; i++) {
            state.lastMinute.addLast(in.readLong());
        }
        state.fired = in.readInt();
        state.lastFired = in.readLong();
        state.phase = in.readInt();
        state.firedInPhase = in.readInt();
        state.lastSeen = in.readLong();
        state.since = in.readLong();
        state.firedSince = in.readBoolean();
        state.inhibitions = in.readInt();
        state.lastInhibited = in.readLong();
        state.stopped = in.readBoolean();
        int verdicts = in.readInt();
        for (int i = 0; i < verdicts; i++) {
            state.published.add(Verdict.valueOf(in.readUTF()));
        }
        return state;
    }
}
