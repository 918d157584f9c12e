package org.anodyne.programme;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityGuide;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.programme.Programme.Frame;
import org.anodyne.programme.Step.Asking;
import org.anodyne.programme.Step.Page;
import org.anodyne.programme.Step.Practising;
import org.anodyne.programme.Step.Reporting;
import org.anodyne.programme.Step.Setting;

/**
 * Leads a participant through one session of a programme after the other: a phase whose parameters name a session begins it,
 * any other phase goes on with the one under way. Steps follow each other by the times of answers and of prompts alone, so a
 * replay shows the same. Thread: the lane.
 */
public final class ProgrammeWalk implements Intervention, ActivityGuide {
    /** Names of the parameters. */
    static final String SESSION = "session";

    private static final String FORMAT = "anodyne-programme-walk";
    private static final int VERSION = 1;

    private final PluginContext context;
    private final ShippedProgrammes shipped;
    private final boolean guided;
    private final long patienceNanos;
    private Programme programme;
    private Frame frame;
    private Reports reports;
    private List<Step> steps = List.of();
    private WalkState state = new WalkState();
    private Optional<ScheduledFuture<?>> timer = Optional.empty();
    private Optional<Phase> waiting = Optional.empty();
    private Optional<Long> goesOnNanos = Optional.empty();
    private boolean started;

    /** @param shipped what the plug-in brings along */
    public ProgrammeWalk(PluginContext context, ShippedProgrammes shipped) {
        this.context = context;
        this.shipped = shipped;
        Parameters p = context.parameters();
        guided = p.text("delivery").equals("guided");
        patienceNanos = Math.round(p.number("patience") * 1e9);
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        try {
            programme = shipped.of(context.parameters());
            frame = ShippedProgrammes.frame(programme, context.parameters());
        } catch (IllegalArgumentException | ProgrammeException e) {
            throw new PluginException(e.getMessage());
        }
        reports = new Reports(context.outlet(), programme);
    }

    @Override
    public void start() {
        started = true;
        if (waiting.isPresent()) {
            Phase phase = waiting.get();
            waiting = Optional.empty();
            enter(phase, Math.max(phase.startNanos(), context.clock().nowNanos()));
        } else {
            schedule();
        }
    }

    @Override
    public void enterPhase(Phase phase) {
        if (!started) {
            waiting = Optional.of(phase);
        } else {
            enter(phase, phase.startNanos());
        }
    }

    private void enter(Phase phase, long at) {
        if (!phase.active()) {
            // The clock may be a little further on than the boundary.
            state.stoodNanos = state.standing() ? Math.min(state.stoodNanos, at) : at;
            stop();
            return;
        }
        boolean names = phase.parameters().get(SESSION) instanceof Number;
        if (names || state.session == 0) {
            int session = names
                    ? ((Number) phase.parameters().get(SESSION)).intValue()
                    : context.parameters().integer(SESSION);
            begin(session, phase.index(), at);
        } else if (state.standing()) {
            goesOnNanos = Optional.of(at);
        }
    }

    private void begin(int session, int phase, long at) {
        ShippedProgrammes.checkSession(programme, frame, session);
        stop();
        if (state.session > 0 && !state.finished) {
            unanswered(at, "the next session began");
        }
        state.stoodNanos = Long.MIN_VALUE;
        goesOnNanos = Optional.empty();
        state.begin(session, phase);
        steps = Step.of(programme, frame, session);
        reports.begun(frame, session, guided ? "guided" : "alone", at);
        show(at);
    }

    @Override
    public void pause() {
        if (!state.standing()) {
            state.stoodNanos = context.clock().nowNanos();
        }
        stop();
    }

    @Override
    public void resume() {
        if (state.standing()) {
            long at = goesOnNanos.orElseGet(() -> context.clock().nowNanos());
            long stood = Math.max(0, at - state.stoodNanos);
            state.openedNanos += stood;
            state.dueNanos += stood;
            state.stoodNanos = Long.MIN_VALUE;
            goesOnNanos = Optional.empty();
        }
        schedule();
    }

    // --- steps

    private Optional<Step> step() {
        return state.session > 0 && !state.finished && state.step < steps.size()
                ? Optional.of(steps.get(state.step))
                : Optional.empty();
    }

    private String activity() {
        return state.phase + "-" + state.session + "-" + state.step;
    }

    private void show(long at) {
        Optional<Step> next = step();
        if (next.isEmpty()) {
            state.finished = true;
            reports.finished(state, frame, at);
            return;
        }
        state.openedNanos = at;
        long length = patienceNanos;
        String id = activity();
        if (next.get() instanceof Page page) {
            reports.shown(page.lesson(), id, at);
        } else if (next.get() instanceof Practising p) {
            length = Math.round(p.practice().seconds() * 1e9);
        } else if (next.get() instanceof Asking a) {
            state.asked++;
            reports.asked(a.exercise(), a.lesson(), id, at);
        } else if (next.get() instanceof Reporting r) {
            state.asked++;
            reports.asked(r.exercise(), "", id, at);
        } else if (next.get() instanceof Setting s) {
            s.pieces().forEach(piece -> reports.set(piece, at));
        }
        state.dueNanos = at + length;
        Activity shown = Showing.of(programme, next.get(), id, guided, state.remembered, length / 1e9);
        context.outlet().event(shown.event(at));
        schedule();
    }

    @Override
    public void answered(ActivityAnswer answer) {
        if (answer.activity().equals(ActivityAnswer.RECOLLECTION)) {
            Recall.takeUp(programme, answer.fields(), state.remembered);
            return;
        }
        Optional<Step> step = step();
        if (step.isEmpty() || !answer.activity().equals(activity())) {
            return; // it crossed with the next one
        }
        long at = answer.timeNanos();
        stop();
        double seconds = (at - state.openedNanos) / 1e9;
        if (step.get() instanceof Page p) {
            reports.read(p.lesson(), activity(), seconds, !answer.skipped(), at);
        } else if (step.get() instanceof Practising p) {
            practised(p, seconds, false, at);
        } else if (step.get() instanceof Asking a) {
            answered(a, answer, seconds, at);
        } else if (step.get() instanceof Reporting r) {
            reported(r, answer, seconds, at);
        }
        next(at);
    }

    private void answered(Asking a, ActivityAnswer answer, double seconds, long at) {
        if (answer.skipped()) {
            reports.unanswered(a.exercise().id(), a.lesson(), activity(), "skipped", at);
            return;
        }
        state.answered++;
        reports.answered(a.exercise(), a.lesson(), activity(), answer, seconds, at);
        Recall.keep(programme, a.exercise(), answer.fields(), state.remembered);
        skill(a.exercise().skill(), a.lesson(), seconds, true, "exercise", at);
    }

    private void reported(Reporting r, ActivityAnswer answer, double seconds, long at) {
        if (answer.skipped()) {
            reports.unanswered(r.exercise().id(), "", activity(), "skipped", at);
            return;
        }
        state.answered++;
        reports.answered(r.exercise(), "", activity(), answer, seconds, at);
        reports.reported(r.homework(), answer.fields(), at);
    }

    private void practised(Practising p, double seconds, boolean whole, long at) {
        String skill = p.practice().skill().isEmpty()
                ? p.lesson().skill()
                : p.practice().skill();
        skill(skill, p.lesson().id(), seconds, whole, p.practice().id(), at);
    }

    private void skill(String skill, String lesson, double seconds, boolean whole, String by, long at) {
        if (!skill.isEmpty() && seconds > 0) {
            state.minutes.merge(skill, seconds / 60, Double::sum);
            reports.practised(skill, lesson, seconds / 60, whole, by, at);
        }
    }

    /** The step under way ends without an answer. */
    private void unanswered(long at, String reason) {
        Optional<Step> step = step();
        double seconds = (at - state.openedNanos) / 1e9;
        if (step.isEmpty()) {
            return;
        } else if (step.get() instanceof Page p) {
            reports.read(p.lesson(), activity(), seconds, false, at);
        } else if (step.get() instanceof Practising p) {
            practised(p, seconds, at >= state.dueNanos, at);
        } else if (step.get() instanceof Asking a) {
            reports.unanswered(a.exercise().id(), a.lesson(), activity(), reason, at);
        } else if (step.get() instanceof Reporting r) {
            reports.unanswered(r.exercise().id(), "", activity(), reason, at);
        }
    }

    private void next(long at) {
        state.step++;
        show(at);
    }

    // --- time

    private void schedule() {
        stop();
        if (started && step().isPresent() && !state.standing()) {
            long due = state.dueNanos;
            long delay = Math.max(0, due - context.clock().nowNanos());
            timer = Optional.of(context.executor().schedule(() -> timeUp(due), delay, TimeUnit.NANOSECONDS));
        }
    }

    private void stop() {
        timer.ifPresent(t -> t.cancel(false));
        timer = Optional.empty();
    }

    private void timeUp(long due) {
        if (step().isPresent() && !state.standing() && state.dueNanos == due) {
            unanswered(due, "no answer in time");
            next(due);
        }
    }

    // --- hand-over

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        stop();
        started = false;
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeUTF(programme.fingerprint());
            out.writeUTF(frame.id());
            state.write(out);
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            String fingerprint = in.readUTF();
            String of = in.readUTF();
            WalkState read = WalkState.read(in);
            if (!fingerprint.equals(programme.fingerprint()) || !of.equals(frame.id())) {
                throw new IllegalArgumentException("another programme or frame");
            }
            List<Step> all = read.session == 0 ? List.of() : Step.of(programme, frame, read.session);
            return () -> {
                state = read;
                steps = all;
                waiting = Optional.empty();
            };
        });
    }

    @Override
    public void close() {
        started = false;
        stop();
    }

    /** What the walk counted so far in the session under way, minutes by skill; for tests. */
    Map<String, Double> minutes() {
        return new LinkedHashMap<>(state.minutes);
    }
}
