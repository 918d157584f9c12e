package org.anodyne.programme;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Where a walk stands, and what it counted in the session under way. All times are session time. Thread: the lane. */
final class WalkState {
    /** Session of the frame, from 1; 0 before the first phase. */
    int session;

    /** Index of the phase in which it began; part of the activities' ids. */
    int phase;

    /** Step under way; that of the end when it is over. */
    int step;

    boolean finished;

    /** When the step was shown, and when it ends by itself. */
    long openedNanos;

    long dueNanos;

    /** Since when it stands still; {@link Long#MIN_VALUE} while it does not. */
    long stoodNanos = Long.MIN_VALUE;

    long asked;
    long answered;
    final Map<String, Double> minutes = new TreeMap<>();

    /** Answers that exercises recall, by {@code exercise.field}; kept through all sessions of the walk. */
    final Map<String, String> remembered = new TreeMap<>();

    void begin(int session, int phase) {
        this.session = session;
        this.phase = phase;
        step = 0;
        finished = false;
        asked = 0;
        answered = 0;
        minutes.clear();
    }

    boolean standing() {
        return stoodNanos != Long.MIN_VALUE;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(session);
        out.writeInt(phase);
        out.writeInt(step);
        out.writeBoolean(finished);
        out.writeLong(openedNanos);
        out.writeLong(dueNanos);
        out.writeLong(stoodNanos);
        out.writeLong(asked);
        out.writeLong(answered);
        out.writeInt(minutes.size());
        for (Map.Entry<String, Double> e : minutes.entrySet()) {
            out.writeUTF(e.getKey());
            out.writeDouble(e.getValue());
        }
        out.writeInt(remembered.size());
        for (Map.Entry<String, String> e : remembered.entrySet()) {
            out.writeUTF(e.getKey());
            byte[] text = e.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
    }

    static WalkState read(DataInputStream in) throws IOException {
        WalkState s = new WalkState();
        s.session = in.readInt();
        s.phase = in.readInt();
        s.step = in.readInt();
        s.finished = in.readBoolean();
        s.openedNanos = in.readLong();
        s.dueNanos = in.readLong();
        s.stoodNanos = in.readLong();
        s.asked = in.readLong();
        s.answered = in.readLong();
        int minutes = in.readInt();
        for (int i = 0; i < minutes; i++) {
            s.minutes.put(in.readUTF(), in.readDouble());
        }
        int remembered = in.readInt();
        for (int i = 0; i < remembered; i++) {
            String name = in.readUTF();
            byte[] text = in.readNBytes(in.readInt());
            s.remembered.put(name, new String(text, java.nio.charset.StandardCharsets.UTF_8));
        }
        return s;
    }
}
