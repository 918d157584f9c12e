package org.anodyne.plugins.closedloop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.anodyne.plugins.closedloop.FlagBook.Judged;
import org.anodyne.plugins.closedloop.FlagBook.Said;
import org.anodyne.plugins.closedloop.FlagBook.Watched;

/**
 * Fires the triggers of the current phase, unless a flag inhibits them. A decision rests on feature values and their times alone: neither on when they
 * arrived, nor on what became of earlier commands. Thread: the lane.
 */
final class ClosedLoop implements Intervention {
    private static final String FORMAT = "anodyne-closed-loop";
    private static final int VERSION = 3;

    private final Outlet outlet;
    private final long maximumInterval;
    private Timeline timeline = new Timeline();
    private Map<String, TriggerState> triggers = new TreeMap<>();
    private Map<String, FlagBook> flags = new TreeMap<>();
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
        flags.values().forEach(FlagBook::interrupt);
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
        int components = input.feature().values().length;
        timeline.at(time).ifPresent(stretch -> {
            stretch.add(name, value);
            if (stretch.phase().active() && !paused) {
                for (Trigger trigger : stretch.phase().triggers()) {
                    trigger.unless()
                            .filter(u -> watches(u.feature(), name, components))
                            .ifPresent(u -> judge(
                                    trigger,
                                    book(trigger)
                                            .flag(
                                                    time,
                                                    u.inhibits(value),
                                                    stretch.phase().index(),
                                                    maximumInterval)));
                    if (watches(trigger.feature(), name, components)) {
                        watched(trigger, stretch, time, name, value, input.version());
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

    private FlagBook book(Trigger trigger) {
        return flags.computeIfAbsent(trigger.id(), id -> new FlagBook());
    }

    private void watched(
            Trigger trigger, Timeline.Stretch stretch, long time, String feature, double value, String version) {
        Watched watched = new Watched(
                time,
                stretch.phase().index(),
                stretch.phase().startNanos(),
                stretch.phase().id(),
                feature,
                value,
                version,
                timeline.threshold(trigger.threshold(), feature, stretch).orElse(Double.NaN));
        judge(
                trigger,
                trigger.unless().isPresent()
                        ? book(trigger).watched(watched, maximumInterval)
                        : List.of(new Judged(watched, Said.CLEAR)));
    }

    private void judge(Trigger trigger, List<Judged> values) {
        values.forEach(v -> evaluate(trigger, v.watched(), v.said()));
    }

    private void evaluate(Trigger trigger, Watched w, Said flag) {
        TriggerState state = triggers.computeIfAbsent(trigger.id(), id -> new TriggerState());
        state.enter(w.phaseIndex());
        if (Double.isNaN(w.limit())) {
            if (!Double.isNaN(w.value())) {
                state.missingBaseline().ifPresent(v -> publish(trigger, w, v, state));
            }
            return;
        }
        // False for NaN, so that never fires.
        boolean met =
                switch (trigger.comparison()) {
                    case ABOVE -> w.value() > w.limit();
                    case BELOW -> w.value() < w.limit();
                };
        state.step(trigger, w.time(), met, maximumInterval, flag).ifPresent(v -> {
            publish(trigger, w, v, state);
            if (v == Verdict.HELD_BY_UNLESS && state.stopped()) {
                publish(trigger, w, Verdict.STOPPED_BY_UNLESS, state);
            }
        });
    }

    private void publish(Trigger trigger, Watched w, Verdict verdict, TriggerState state) {
        boolean fired = verdict == Verdict.FIRED;
        String command = fired ? trigger.commandId(state.fired(), 0) : "";
        outlet.decision(new Decision(
                trigger.id(), w.time(), w.value(), w.limit(), verdict, w.phase(), command, w.feature(), w.version()));
        if (fired) {
            for (int i = 0; i < trigger.actions().size(); i++) {
                Trigger.Action action = trigger.actions().get(i);
                outlet.command(new Command(
                        trigger.commandId(state.fired(), i),
                        action.slot(),
                        action.action(),
                        action.arguments(),
                        w.time(),
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
            out.writeInt(flags.size());
            for (Map.Entry<String, FlagBook> book : flags.entrySet()) {
                out.writeUTF(book.getKey());
                book.getValue().write(out);
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
            Map<String, FlagBook> books = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                books.put(in.readUTF(), FlagBook.read(in));
            }
            return () -> {
                timeline = phases;
                triggers = states;
                flags = books;
            };
        });
    }

    @Override
    public void close() {
        paused = true;
    }
}
