package org.anodyne.plugins.closedloop;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Brings the values that one trigger watches together with those of the flag that inhibits it, by their times alone: a
 * value waits until the flag of its own time or of one after is known, so that it does not matter which arrived first.
 * Thread: the lane.
 */
final class FlagBook {
    private static final long NEVER = Long.MIN_VALUE;

    /** What a flag says of a watched value. */
    enum Said {
        CLEAR,
        INHIBITS,
        /** Nothing yet: no flag has come since the phase or a pause began. It does not fire and does not count. */
        NOT_YET
    }

    /**
     * A watched value.
     *
     * @param phaseStart session time at which its phase begins
     * @param limit the threshold at its time; not a number while there is no baseline
     */
    record Watched(
            long time,
            int phaseIndex,
            long phaseStart,
            String phase,
            String feature,
            double value,
            String version,
            double limit) {}

    /** A value with what the flag says of it. */
    record Judged(Watched watched, Said said) {}

    private final NavigableMap<Long, Boolean> flags = new TreeMap<>();
    private final Deque<Watched> waiting = new ArrayDeque<>();
    private long newest = NEVER;

    /** The values that can be judged now, this one among them or not, in the order of time. */
    List<Judged> watched(Watched value, long maximumInterval) {
        waiting.addLast(value);
        newest = Math.max(newest, value.time());
        return judged(value.phaseIndex(), maximumInterval);
    }

    /** The values that can be judged now that this is known of the flag, in a phase of this index. */
    List<Judged> flag(long time, boolean inhibits, int phaseIndex, long maximumInterval) {
        flags.merge(time, inhibits, Boolean::logicalOr);
        List<Judged> now = judged(phaseIndex, maximumInterval);
        // What is older is too old for everything that is still to come, if it comes in time.
        long oldest = waiting.isEmpty()
                ? Math.max(newest, time - maximumInterval)
                : waiting.peekFirst().time();
        Long needed = flags.lowerKey(oldest);
        if (needed != null) {
            flags.headMap(needed, false).clear();
        }
        return now;
    }

    /** After a break nothing of before counts. */
    void interrupt() {
        flags.clear();
        waiting.clear();
    }

    private List<Judged> judged(int phaseIndex, long maximumInterval) {
        List<Judged> now = new ArrayList<>();
        while (!waiting.isEmpty()) {
            long time = waiting.peekFirst().time();
            Long after = flags.ceilingKey(time);
            if (after == null && newest - time <= maximumInterval) {
                return now; // what the flag says is not known yet
            }
            Watched value = waiting.removeFirst();
            now.add(new Judged(value, said(value, after, phaseIndex, maximumInterval)));
        }
        return now;
    }

    /** By the flag of the same time; where there is none, by the one before and the one after, both of which have to be clear. */
    private Said said(Watched value, Long after, int phaseIndex, long maximumInterval) {
        long time = value.time();
        Long before = flags.lowerKey(time);
        boolean first = before == null || before <= value.phaseStart();
        if (after == null || after - time > maximumInterval) {
            // Where its phase ended before a flag came, or none has come yet, nothing was said.
            return first || value.phaseIndex() != phaseIndex ? Said.NOT_YET : Said.INHIBITS;
        }
        if (flags.get(after)) {
            return Said.INHIBITS;
        }
        if (after == time) {
            return Said.CLEAR;
        }
        if (first) {
            return Said.NOT_YET;
        }
        return time - before > maximumInterval || flags.get(before) ? Said.INHIBITS : Said.CLEAR;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(newest);
        out.writeInt(flags.size());
        for (var flag : flags.entrySet()) {
            out.writeLong(flag.getKey());
            out.writeBoolean(flag.getValue());
        }
        out.writeInt(waiting.size());
        for (Watched w : waiting) {
            out.writeLong(w.time());
            out.writeInt(w.phaseIndex());
            out.writeLong(w.phaseStart());
            out.writeUTF(w.phase());
            out.writeUTF(w.feature());
            out.writeDouble(w.value());
            out.writeUTF(w.version());
            out.writeDouble(w.limit());
        }
    }

    static FlagBook read(DataInputStream in) throws IOException {
        FlagBook book = new FlagBook();
        book.newest = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            book.flags.put(in.readLong(), in.readBoolean());
        }
        for (int left = in.readInt(); left > 0; left--) {
            book.waiting.addLast(new Watched(
                    in.readLong(),
                    in.readInt(),
                    in.readLong(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readDouble(),
                    in.readUTF(),
                    in.readDouble()));
        }
        return book;
    }
}
