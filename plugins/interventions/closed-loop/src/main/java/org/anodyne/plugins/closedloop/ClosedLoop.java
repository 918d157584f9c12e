package org.anodyne.plugins.closedloop;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Decision.Verdict;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.signal.FeatureInput;

/**
 * Fires the triggers of the current phase. A decision rests on feature values and their times alone: neither on when they
 * arrived, nor on what became of earlier commands. Thread: the lane.
 */
final class ClosedLoop implements Intervention {
    private static final String FORMAT = "anodyne-closed-loop";
    private static final int VERSION = 2;

    private final Outlet outlet;
    private final long maximumInterval;
    private Timeline timeline = new Timeline();
    private Map<String, TriggerState> triggers = new TreeMap<>();
    private boolean paused;

    ClosedLoop(Outlet outlet, long maximumInterval) {
        this.outlet = outlet;
        this.maximumInterval = maximumInterval;
    }

    @Override
    public void enterPhase(Phase phase) {
        timeline.enter(phase);
    }

    @Override
    public void pause() {
        paused = true;
        triggers.values().forEach(TriggerState::interrupt);
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void feature(String port, FeatureInput input) {
        String name = input.slot() + "/" + input.feature().name();
        double value = input.feature().value();
        long time = input.feature().timeNanos();
        timeline.at(time).ifPresent(stretch -> {
            stretch.add(name, value);
            if (stretch.phase().active() && !paused) {
                for (Trigger trigger : stretch.phase().triggers()) {
                    if (watches(trigger.feature(), name, input.feature().values().length)) {
                        evaluate(trigger, name, stretch, time, new Measured(name, value, input.version()));
                    }
                }
            }
        });
    }

    /** A component arrives under its own name; of a feature of one component the name may be left out. */
    private static boolean watches(FeatureRef feature, String name, int components) {
        return feature.toString().equals(name)
                || components == 1 && (feature.slot() + "/" + feature.feature()).equals(name);
    }

    private void evaluate(Trigger trigger, String feature, Timeline.Stretch stretch, long time, Measured measured) {
        TriggerState state = triggers.computeIfAbsent(trigger.id(), id -> new TriggerState());
        state.enter(stretch.phase().index());
        OptionalDouble threshold = timeline.threshold(trigger.threshold(), feature, stretch);
        double value = measured.value();
        if (threshold.isEmpty()) {
            if (!Double.isNaN(value)) {
                state.missingBaseline().ifPresent(v -> publish(trigger, stretch, time, measured, Double.NaN, v, state));
            }
            return;
        }
        double limit = threshold.getAsDouble();
        // False for NaN on either side, so that never fires.
        boolean met =
                switch (trigger.comparison()) {
                    case ABOVE -> value > limit;
                    case BELOW -> value < limit;
                };
        state.step(trigger, time, met, maximumInterval)
                .ifPresent(v -> publish(trigger, stretch, time, measured, limit, v, state));
    }

    /** A value, what it is of, and who computed it. */
    private record Measured(String feature, double value, String version) {}

    private void publish(
            Trigger trigger,
            Timeline.Stretch stretch,
            long time,
            Measured measured,
            double limit,
            Verdict verdict,
            TriggerState state) {
        boolean fired = verdict == Verdict.FIRED;
        String command = fired ? trigger.commandId(state.fired(), 0) : "";
        outlet.decision(new Decision(
                trigger.id(),
                time,
                measured.value(),
                limit,
                verdict,
                stretch.phase().id(),
                command,
                measured.feature(),
                measured.version()));
        if (fired) {
            for (int i = 0; i < trigger.actions().size(); i++) {
                Trigger.Action action = trigger.actions().get(i);
                outlet.command(new Command(
                        trigger.commandId(state.fired(), i),
                        action.slot(),
                        action.action(),
                        action.arguments(),
                        time,
                        trigger.id()));
            }
        }
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            timeline.write(out);
            out.writeInt(triggers.size());
            for (Map.Entry<String, TriggerState> trigger : triggers.entrySet()) {
                out.writeUTF(trigger.getKey());
                trigger.getValue().write(out);
            }
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            Timeline phases = Timeline.read(in);
            Map<String, TriggerState> states = new TreeMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                states.put(in.readUTF(), TriggerState.read(in));
            }
            return () -> {
                timeline = phases;
                triggers = states;
            };
        });
    }

    @Override
    public void close() {
        paused = true;
    }
}
