package org.anodyne.plugins.closedloop;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.anodyne.dsp.RunningStats;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Trigger;

/**
 * The phases so far with the statistics of every feature in each of them. A value belongs to a phase by its time alone,
 * so values of several slots may arrive in any order.
 */
final class Timeline {
    /** A phase and the values that fell into it. */
    static final class Stretch {
        private Phase phase;
        private final Map<String, RunningStats> features = new TreeMap<>();

        private Stretch(Phase phase) {
            this.phase = phase;
        }

        Phase phase() {
            return phase;
        }

        void add(String feature, double value) {
            features.computeIfAbsent(feature, f -> new RunningStats()).add(value);
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();

    /** The next phase; a phase that is entered again keeps its statistics. */
    void enter(Phase phase) {
        if (!stretches.isEmpty()) {
            Stretch last = stretches.get(stretches.size() - 1);
            if (last.phase.index() == phase.index()) {
                last.phase = phase;
                return;
            }
        }
        stretches.add(new Stretch(phase));
    }

    /** The phase that a value of this time belongs to: one of its very start belongs to the phase before. */
    Optional<Stretch> at(long timeNanos) {
        for (int i = stretches.size() - 1; i >= 0; i--) {
            Stretch stretch = stretches.get(i);
            if (stretch.phase.startNanos() < timeNanos) {
                boolean over = stretch.phase.endNanos().isPresent()
                        && stretch.phase.endNanos().getAsLong() < timeNanos;
                return over ? Optional.empty() : Optional.of(stretch);
            }
        }
        return Optional.empty();
    }

    /** The threshold in this phase; empty while the baseline that it refers to is not over or holds too few values. */
    OptionalDouble threshold(Trigger.Threshold threshold, String feature, Stretch now) {
        if (threshold instanceof Trigger.Threshold.Absolute absolute) {
            return OptionalDouble.of(absolute.value());
        }
        var relative = (Trigger.Threshold.RelativeToBaseline) threshold;
        for (int i = stretches.indexOf(now) - 1; i >= 0; i--) {
            Stretch before = stretches.get(i);
            if (before.phase.id().equals(relative.phase())) {
                return threshold(relative, before.features.getOrDefault(feature, new RunningStats()));
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble threshold(Trigger.Threshold.RelativeToBaseline relative, RunningStats baseline) {
        if (baseline.mean().isEmpty()) {
            return OptionalDouble.empty();
        }
        double mean = relative.factor() * baseline.mean().getAsDouble();
        if (relative.standardDeviations() == 0) {
            return OptionalDouble.of(mean);
        }
        return baseline.standardDeviation().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean
                        + relative.standardDeviations()
                                * baseline.standardDeviation().getAsDouble());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(stretches.size());
        for (Stretch stretch : stretches) {
            PhaseCodec.write(out, stretch.phase);
            out.writeInt(stretch.features.size());
            for (Map.Entry<String, RunningStats> feature : stretch.features.entrySet()) {
                out.writeUTF(feature.getKey());
                byte[] state = feature.getValue().state();
                out.writeInt(state.length);
                out.write(state);
            }
        }
    }

    static Timeline read(DataInputStream in) throws IOException {
        Timeline timeline = new Timeline();
        int phases = in.readInt();
        for (int i = 0; i < phases; i++) {
            Stretch stretch = new Stretch(PhaseCodec.read(in));
            int features = in.readInt();
            for (int f = 0; f < features; f++) {
                String name = in.readUTF();
                RunningStats stats = new RunningStats();
                stats.restore(in.readNBytes(in.readInt()));
                stretch.features.put(name, stats);
            }
            timeline.stretches.add(stretch);
        }
        return timeline;
    }
}
