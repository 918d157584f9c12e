package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.dsp.RunningStats;
import org.anodyne.plugin.Event;

/** One phase as training sees it, and what it came to. */
final class Block {
    /** What a phase is. */
    enum Kind {
        TRAINING,
        TRANSFER,
        REST;

        static Kind of(Object parameter) {
            return valueOf(String.valueOf(parameter).toUpperCase(Locale.ROOT));
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final long OPEN = Long.MAX_VALUE;

    final String phase;
    final int index;
    final int repetition;
    final long startNanos;
    final boolean active;
    final Kind kind;
    long endNanos;
    /** Whether the host has said that it is over. */
    boolean over;

    private final RunningStats[] features;
    private final long[] met;
    private final RunningStats score = new RunningStats();
    private long lastNanos;
    private long rows;
    private long rewarded;
    private long rewards;
    private boolean lastReward;
    private long nanos;
    private long rejectedNanos;
    private long unknownNanos;

    Block(
            String phase,
            int index,
            int repetition,
            long startNanos,
            long endNanos,
            boolean active,
            Kind kind,
            int targets) {
        this.phase = phase;
        this.index = index;
        this.repetition = repetition;
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.active = active;
        this.kind = kind;
        lastNanos = startNanos;
        features = new RunningStats[targets];
        java.util.Arrays.setAll(features, i -> new RunningStats());
        met = new long[targets];
    }

    /** Whether no row of it has come yet. */
    boolean firstRow() {
        return lastNanos == startNanos;
    }

    boolean holds(long timeNanos) {
        return timeNanos > startNanos && timeNanos <= endNanos;
    }

    /** Time that a row stands for: since the one before, no more than rows are waited for. */
    private long step(long timeNanos) {
        long step = Math.min(Math.max(0, timeNanos - lastNanos), Rows.PATIENCE_NANOS);
        lastNanos = timeNanos;
        nanos += step;
        return step;
    }

    /** A row that artefacts spoil. */
    void rejected(long timeNanos) {
        rejectedNanos += step(timeNanos);
        lastReward = false;
    }

    /** A clean row's values, with or without a score. */
    void value(int target, double x, boolean isMet) {
        features[target].add(x);
        if (isMet) {
            met[target]++;
        }
    }

    /** The end of a clean row. */
    void row(long timeNanos, double rowScore, boolean reward) {
        long step = step(timeNanos);
        if (Double.isNaN(rowScore)) {
            unknownNanos += step;
        } else {
            rows++;
            score.add(rowScore);
        }
        if (reward) {
            rewarded++;
            rewards += lastReward ? 0 : 1;
        }
        lastReward = reward;
    }

    /** What is told of it once it is over. */
    Event summary(long timeNanos, List<Settings.Target> targets, double[] thresholds) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("phase", phase);
        m.put("index", (long) index);
        m.put("repetition", (long) repetition);
        m.put("block", kind.word());
        m.put("seconds", nanos / 1e9);
        m.put("secondsRejected", rejectedNanos / 1e9);
        m.put("secondsUnknown", unknownNanos / 1e9);
        m.put("values", rows);
        m.put("rewards", rewards);
        m.put("rewardShare", rows == 0 ? Double.NaN : rewarded / (double) rows);
        m.put("meanScore", score.mean().orElse(Double.NaN));
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < features.length; i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("feature", targets.get(i).feature());
            one.put("direction", targets.get(i).sign() > 0 ? "up" : "down");
            one.put("mean", features[i].mean().orElse(Double.NaN));
            one.put("standardDeviation", features[i].standardDeviation().orElse(Double.NaN));
            one.put("threshold", thresholds[i]);
            one.put("metShare", rows == 0 ? Double.NaN : met[i] / (double) rows);
            all.add(one);
        }
        m.put("targets", all);
        return new Event("training-block", timeNanos, m);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(phase);
        out.writeInt(index);
        out.writeInt(repetition);
        out.writeLong(startNanos);
        out.writeLong(endNanos);
        out.writeBoolean(active);
        out.writeUTF(kind.name());
        out.writeBoolean(over);
        for (int i = 0; i < met.length; i++) {
            write(out, features[i]);
            out.writeLong(met[i]);
        }
        write(out, score);
        for (long n : new long[] {lastNanos, rows, rewarded, rewards, nanos, rejectedNanos, unknownNanos}) {
            out.writeLong(n);
        }
        out.writeBoolean(lastReward);
    }

    static Block read(DataInputStream in, int targets) throws IOException {
        Block b = new Block(
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                Kind.valueOf(in.readUTF()),
                targets);
        b.over = in.readBoolean();
        for (int i = 0; i < targets; i++) {
            read(in, b.features[i]);
            b.met[i] = in.readLong();
        }
        read(in, b.score);
        b.lastNanos = in.readLong();
        b.rows = in.readLong();
        b.rewarded = in.readLong();
        b.rewards = in.readLong();
        b.nanos = in.readLong();
        b.rejectedNanos = in.readLong();
        b.unknownNanos = in.readLong();
        b.lastReward = in.readBoolean();
        return b;
    }

    private static void write(DataOutputStream out, RunningStats stats) throws IOException {
        byte[] state = stats.state();
        out.writeInt(state.length);
        out.write(state);
    }

    private static void read(DataInputStream in, RunningStats into) throws IOException {
        into.restore(in.readNBytes(in.readInt()));
    }
}
