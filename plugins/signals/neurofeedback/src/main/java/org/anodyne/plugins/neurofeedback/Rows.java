package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Puts the values of several features together by their times, whatever the order in which they arrive. A row is at the time of
 * each value of the first feature; of the others it has the newest value that is not later. It is whole once every other feature
 * has told a value of that time or later. One that falls 2 s behind is waited for no longer and counts as unknown.
 */
final class Rows {
    /** Engineering default: more than any window's step, less than a person waits for feedback. */
    static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final Queue[] queues;
    private final double[] row;
    private long timeNanos;

    /** What waits of one feature, and the newest that was used. */
    private static final class Queue {
        long[] times = new long[32];
        double[] values = new double[32];
        int first;
        int size;
        long usedNanos = NEVER;
        double used = Double.NaN;
        long newestNanos = NEVER;

        void add(long time, double value) {
            if (time <= newestNanos) {
                return; // a feature's times rise; what does not is of an earlier life of its slot
            }
            newestNanos = time;
            if (size == times.length) {
                long[] longer = new long[2 * size];
                double[] more = new double[2 * size];
                for (int i = 0; i < size; i++) {
                    longer[i] = times[(first + i) % size];
                    more[i] = values[(first + i) % size];
                }
                times = longer;
                values = more;
                first = 0;
            }
            int place = (first + size++) % times.length;
            times[place] = time;
            values[place] = value;
        }

        void takeUntil(long time) {
            while (size > 0 && times[first] <= time) {
                usedNanos = times[first];
                used = values[first];
                first = (first + 1) % times.length;
                size--;
            }
        }

        void write(DataOutputStream out) throws IOException {
            out.writeLong(usedNanos);
            out.writeDouble(used);
            out.writeLong(newestNanos);
            out.writeInt(size);
            for (int i = 0; i < size; i++) {
                out.writeLong(times[(first + i) % times.length]);
                out.writeDouble(values[(first + i) % times.length]);
            }
        }

        void read(DataInputStream in) throws IOException {
            usedNanos = in.readLong();
            used = in.readDouble();
            long newest = in.readLong();
            int saved = in.readInt();
            if (saved < 0 || saved > 1 << 20) {
                throw new IllegalArgumentException("a queue of " + saved + " values");
            }
            for (int i = 0; i < saved; i++) {
                add(in.readLong(), in.readDouble());
            }
            newestNanos = newest;
        }
    }

    Rows(int features) {
        queues = new Queue[features];
        Arrays.setAll(queues, i -> new Queue());
        row = new double[features];
    }

    void add(int feature, long time, double value) {
        queues[feature].add(time, value);
    }

    /** Goes on to the next whole row, if there is one. */
    boolean next() {
        Queue lead = queues[0];
        if (lead.size == 0) {
            return false;
        }
        long time = lead.times[lead.first];
        for (int i = 1; i < queues.length; i++) {
            boolean told = queues[i].newestNanos >= time;
            if (!told && lead.newestNanos - Math.max(queues[i].newestNanos, time) <= PATIENCE_NANOS) {
                return false;
            }
        }
        for (int i = 0; i < queues.length; i++) {
            queues[i].takeUntil(time);
            boolean fresh = queues[i].usedNanos != NEVER && time - queues[i].usedNanos <= PATIENCE_NANOS;
            row[i] = fresh ? queues[i].used : Double.NaN;
        }
        timeNanos = time;
        return true;
    }

    /** Time of the row. */
    long timeNanos() {
        return timeNanos;
    }

    /** A feature's value in the row; NaN where it is not known. */
    double value(int feature) {
        return row[feature];
    }

    /** Whether a row at this time or before is still to come of what has arrived. */
    boolean waiting(long untilNanos) {
        return queues[0].size > 0 && queues[0].times[queues[0].first] <= untilNanos;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(queues.length);
        for (Queue q : queues) {
            q.write(out);
        }
    }

    void read(DataInputStream in) throws IOException {
        if (in.readInt() != queues.length) {
            throw new IllegalArgumentException("the state is of other targets");
        }
        for (Queue q : queues) {
            q.read(in);
        }
    }
}
