package org.anodyne.plugins.painstate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.anodyne.dsp.RunningStats;

/** The newest values of one feature, and its baseline. */
final class History {
    /** Beyond this nothing is kept, even when the driving feature has stopped. */
    private static final long KEPT_NANOS = 60_000_000_000L;

    private record Sample(long timeNanos, double value) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final RunningStats baseline = new RunningStats();

    RunningStats baseline() {
        return baseline;
    }

    void add(long timeNanos, double value, long maximumAge) {
        samples.addLast(new Sample(timeNanos, value));
        while (samples.peekFirst().timeNanos() < timeNanos - maximumAge - KEPT_NANOS) {
            samples.removeFirst();
        }
    }

    /** The newest value that is not newer than one time and not older than another; NaN when there is none. */
    double newest(long notAfter, long notBefore) {
        double value = Double.NaN;
        long time = Long.MIN_VALUE;
        for (Sample sample : samples) {
            if (sample.timeNanos() > notAfter) {
                break;
            }
            value = sample.value();
            time = sample.timeNanos();
        }
        final long used = time;
        // Older ones will not be asked for: the driving feature comes in order.
        samples.removeIf(s -> s.timeNanos() < used);
        return time >= notBefore ? value : Double.NaN;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(samples.size());
        for (Sample sample : samples) {
            out.writeLong(sample.timeNanos());
            out.writeDouble(sample.value());
        }
        byte[] state = baseline.state();
        out.writeInt(state.length);
        out.write(state);
    }

    static History read(DataInputStream in) throws IOException {
        History history = new History();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            history.samples.addLast(new Sample(in.readLong(), in.readDouble()));
        }
        history.baseline.restore(in.readNBytes(in.readInt()));
        return history;
    }
}
