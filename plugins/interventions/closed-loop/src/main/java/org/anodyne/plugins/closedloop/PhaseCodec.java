package org.anodyne.plugins.closedloop;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Trigger;

/** Phases and triggers as bytes, for the hand-over. Overridden parameters are left out: the loop has none. */
final class PhaseCodec {
    private static final int NONE = -1;

    private PhaseCodec() {}

    static void write(DataOutputStream out, Phase phase) throws IOException {
        out.writeUTF(phase.id());
        out.writeInt(phase.index());
        out.writeInt(phase.repetition());
        out.writeLong(phase.startNanos());
        out.writeLong(phase.endNanos().orElse(Long.MIN_VALUE));
        out.writeBoolean(phase.active());
        out.writeInt(phase.triggers().size());
        for (Trigger trigger : phase.triggers()) {
            write(out, trigger);
        }
    }

    static Phase read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        int index = in.readInt();
        int repetition = in.readInt();
        long start = in.readLong();
        long end = in.readLong();
        boolean active = in.readBoolean();
        int count = in.readInt();
        List<Trigger> triggers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            triggers.add(trigger(in));
        }
        OptionalLong until = end == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(end);
        return new Phase(id, index, repetition, start, until, active, Map.of(), triggers);
    }

    private static void write(DataOutputStream out, Trigger trigger) throws IOException {
        out.writeUTF(trigger.id());
        out.writeUTF(trigger.feature().slot());
        out.writeUTF(trigger.feature().feature());
        out.writeUTF(trigger.feature().component());
        out.writeUTF(trigger.comparison().name());
        if (trigger.threshold() instanceof Trigger.Threshold.RelativeToBaseline relative) {
            out.writeBoolean(true);
            out.writeUTF(relative.phase());
            out.writeDouble(relative.factor());
            out.writeDouble(relative.standardDeviations());
        } else {
            out.writeBoolean(false);
            out.writeDouble(((Trigger.Threshold.Absolute) trigger.threshold()).value());
        }
        out.writeLong(trigger.holdNanos());
        out.writeLong(trigger.refractoryNanos());
        out.writeInt(trigger.perMinute().orElse(NONE));
        out.writeInt(trigger.perPhase().orElse(NONE));
        out.writeInt(trigger.perSession().orElse(NONE));
        out.writeInt(trigger.perDay().orElse(NONE));
        out.writeInt(trigger.givenBefore());
        out.writeBoolean(trigger.unless().isPresent());
        if (trigger.unless().isPresent()) {
            Trigger.Unless unless = trigger.unless().get();
            out.writeUTF(unless.feature().slot());
            out.writeUTF(unless.feature().feature());
            out.writeUTF(unless.feature().component());
            out.writeUTF(unless.comparison().name());
            out.writeDouble(unless.limit());
            out.writeInt(unless.stopAfter());
        }
        out.writeInt(trigger.actions().size());
        for (Trigger.Action action : trigger.actions()) {
            out.writeUTF(action.slot());
            out.writeUTF(action.action());
            out.writeInt(action.arguments().size());
            for (Map.Entry<String, Double> argument : new TreeMap<>(action.arguments()).entrySet()) {
                out.writeUTF(argument.getKey());
                out.writeDouble(argument.getValue());
            }
        }
    }

    private static Trigger trigger(DataInputStream in) throws IOException {
        String id = in.readUTF();
        FeatureRef feature = new FeatureRef(in.readUTF(), in.readUTF(), in.readUTF());
        Trigger.Comparison comparison = Trigger.Comparison.valueOf(in.readUTF());
        Trigger.Threshold threshold = in.readBoolean()
                ? new Trigger.Threshold.RelativeToBaseline(in.readUTF(), in.readDouble(), in.readDouble())
                : new Trigger.Threshold.Absolute(in.readDouble());
        long hold = in.readLong();
        long refractory = in.readLong();
        OptionalInt perMinute = optional(in.readInt());
        OptionalInt perPhase = optional(in.readInt());
        OptionalInt perSession = optional(in.readInt());
        OptionalInt perDay = optional(in.readInt());
        int givenBefore = in.readInt();
        Optional<Trigger.Unless> unless = in.readBoolean()
                ? Optional.of(new Trigger.Unless(
                        new FeatureRef(in.readUTF(), in.readUTF(), in.readUTF()),
                        Trigger.Comparison.valueOf(in.readUTF()),
                        in.readDouble(),
                        in.readInt()))
                : Optional.empty();
        List<Trigger.Action> actions = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            actions.add(action(in));
        }
        return new Trigger(
                id,
                feature,
                comparison,
                threshold,
                hold,
                refractory,
                perMinute,
                perPhase,
                perSession,
                perDay,
                givenBefore,
                actions,
                unless);
    }

    private static Trigger.Action action(DataInputStream in) throws IOException {
        String slot = in.readUTF();
        String action = in.readUTF();
        Map<String, Double> arguments = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            arguments.put(in.readUTF(), in.readDouble());
        }
        return new Trigger.Action(slot, action, arguments);
    }

    private static OptionalInt optional(int value) {
        return value == NONE ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
