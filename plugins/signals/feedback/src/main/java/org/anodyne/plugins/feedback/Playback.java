package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A series, one level for each value of the feature, over and over. The first pass gives the very levels of the series; from the
 * second on, the level goes from the last one to the series in a straight line within the fade.
 */
final class Playback {
    private final double[] levels;
    private final long fadeNanos;
    private long next;
    private long passEndNanos;

    Playback(double[] levels, long fadeNanos) {
        this.levels = levels;
        this.fadeNanos = fadeNanos;
    }

    /** The level at the time of the next value. */
    double next(long timeNanos) {
        int place = (int) (next % levels.length);
        double level = levels[place];
        if (next >= levels.length && timeNanos - passEndNanos < fadeNanos) {
            double from = levels[levels.length - 1];
            level = from + (timeNanos - passEndNanos) / (double) fadeNanos * (level - from);
        }
        if (place == levels.length - 1) {
            passEndNanos = timeNanos;
        }
        next++;
        return level;
    }

    /** Whether the value just given was the first of a pass but the first one; how many passes were whole by then. */
    long begunAgain() {
        return next > levels.length && next % levels.length == 1 ? next / levels.length : 0;
    }

    void restart() {
        next = 0;
    }

    /** The same series, at its beginning. */
    Playback copy() {
        return new Playback(levels, fadeNanos);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(levels.length);
        out.writeLong(next);
        out.writeLong(passEndNanos);
    }

    /** Refuses the state of a series of another length. */
    void read(DataInputStream in) throws IOException {
        if (in.readInt() != levels.length) {
            throw new IllegalArgumentException("the state is of another series");
        }
        next = in.readLong();
        passEndNanos = in.readLong();
        if (next < 0) {
            throw new IllegalArgumentException("the state is of no place in the series");
        }
    }
}
