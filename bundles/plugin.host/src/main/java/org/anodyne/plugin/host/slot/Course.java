package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.signal.SignalProcessor;

/**
 * Takes the instance in a slot through the session: started, in which phase, with which parameters, paused or running.
 * What it knows belongs to the slot and stays when the instance is replaced. Methods that take an occupant are called on
 * its lane.
 */
final class Course {
    private final Slot slot;
    private final PhaseBook phases = new PhaseBook();
    private volatile Parameters base;
    private volatile Parameters effective;
    private volatile boolean started;
    private volatile boolean pausedByRequest;

    Course(Slot slot, Parameters parameters) {
        this.slot = slot;
        base = parameters;
        effective = parameters;
    }

    boolean started() {
        return started;
    }

    /** Parameters as the phase wants them. */
    Parameters parameters() {
        return effective;
    }

    void pausedByRequest(boolean now) {
        pausedByRequest = now;
    }

    Optional<Phase> phase() {
        return phases.current();
    }

    /** Whether an instance in the slot is to be at work. */
    boolean due() {
        return started && !pausedByRequest && phase().map(Phase::active).orElse(true);
    }

    /** Goes on to the phase of now while nobody is in the slot. */
    void skip() {
        phases.skipTo(slot.env().time().nowNanos());
    }

    void start(Occupant o) {
        if (started) {
            return;
        }
        slot.actuator().admit(o);
        o.outlet().open();
        o.run("start", () -> o.instance().start());
        started = true;
        o.running(true);
        slot.move(State.RUNNING, "");
        enterUntil(o, slot.env().time().nowNanos() + 1);
    }

    void change(Occupant o, Parameters parameters) {
        base = parameters;
        adopt(o, phase().orElse(null));
    }

    /** To be called before an input that is complete at this time. */
    void before(Occupant o, long completionNanos) {
        if (phases.concerns(completionNanos)) {
            enterUntil(o, completionNanos);
            endBefore(o, completionNanos);
        }
    }

    void announce(Phase phase, Duration lag) {
        phases.announce(phase);
        long start = phase.startNanos();
        at(start, lag, o -> {
            if (phases.pending(phase)) {
                enterUntil(o, start + 1);
            }
        });
        phase.endNanos()
                .ifPresent(end -> at(end, lag, o -> {
                    if (phase().orElse(null) == phase) {
                        endBefore(o, end + 1);
                    }
                }));
    }

    /** Does something on the lane, later by the lag by which inputs may come late. */
    private void at(long nanos, Duration lag, Consumer<Occupant> work) {
        slot.env().time().at(nanos + lag.toNanos(), () -> slot.router().offer(work));
    }

    private void enterUntil(Occupant o, long completionNanos) {
        if (!started || o.failure() != null) {
            return;
        }
        Occupant.attempt(() -> {
            for (Optional<Phase> next = phases.nextBefore(completionNanos);
                    next.isPresent();
                    next = phases.nextBefore(completionNanos)) {
                enter(o, next.get());
            }
        });
    }

    /** Ends the phase under way when it was over by then, though no other was announced. */
    void endBefore(Occupant o, long completionNanos) {
        if (started && o.failure() == null) {
            Occupant.attempt(() -> phases.endBefore(completionNanos).ifPresent(p -> end(o, p)));
        }
    }

    private void enter(Occupant o, Phase phase) {
        phases.endNow().ifPresent(p -> end(o, p));
        phases.enter(phase);
        adopt(o, phase);
        // A source has to know where the phase begins before it stops: it delivers what is complete by then, and no
        // more.
        boolean source = o.kind() == PluginKind.SOURCE;
        if (source) {
            tell(o, phase);
        }
        if (!phase.active()) {
            pause(o, "not part of phase " + phase.id());
        }
        if (!source) {
            tell(o, phase);
        }
        resumeIfDue(o);
    }

    private static void tell(Occupant o, Phase phase) {
        o.run("enterPhase", () -> o.instance().enterPhase(phase));
    }

    private static void end(Occupant o, Phase phase) {
        if (phase.active() && o.instance() instanceof SignalProcessor p) {
            o.run("endPhase", () -> p.endPhase(phase));
        }
    }

    /** Gives the instance the parameters of the phase when they differ from those it has. */
    private void adopt(Occupant o, Phase phase) {
        Map<String, Object> values = new HashMap<>(base.values());
        if (phase != null) {
            values.putAll(phase.parameters());
        }
        Parameters wanted = new Parameters(values);
        if (!wanted.equals(effective)) {
            effective = wanted;
            o.run("change", () -> o.instance().change(wanted));
        }
    }

    void pause(Occupant o, String why) {
        if (o.kind() == PluginKind.ACTUATOR) {
            slot.safeState(Cause.ORDERED, why);
        }
        if (o.running()) {
            o.running(false);
            slot.env().theatre().pause(o);
            o.run("pause", () -> o.instance().pause());
            slot.move(State.PAUSED, why);
        }
    }

    void resumeIfDue(Occupant o) {
        if (due() && !o.running() && o.failure() == null) {
            o.run("resume", () -> o.instance().resume());
            o.running(true);
            slot.move(State.RUNNING, "");
        }
    }
}
