package org.anodyne.session.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.SessionEngine.Progress;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.plan.PlanDocument;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.plan.Timeline.Planned;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.Protocol.Slot;
import org.anodyne.session.engine.time.DrivenTime;

/**
 * One session from PLANNED to its end. Everything is decided on the session's lane; the methods of
 * {@link RunningSession} may be called from any thread.
 */
public final class LiveSession
        implements RunningSession, PhaseWalk.Listener, Preparation.Listener, Arming.Surroundings {
    /** A pause because of a lost slot ends by itself: the session goes on without the slot. */
    private static final long LOSS_GRACE_NANOS = 10_000_000_000L;
    /** What is under way at the last boundary is let through before the slots close. */
    private static final long SETTLE_NANOS = 500_000_000;

    /** A person's pause that nobody ends: a run without a screen must not wait for ever. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(60);

    private final Protocol protocol;
    private final Timeline timeline;
    private final Map<String, Object> facts;
    private final DrivenTime time;
    private final RecordKeeper keeper;
    private final Runnable discard;
    private final Lane lane;
    private final Voice voice;
    private final Stage stage;
    private final Preparation preparation;
    private final PhaseWalk walk;
    private final EndWatch ends;
    private final RatingDesk ratings;
    private final ActivityDesk activities;
    private final Said said;
    private final Optional<SimulatedParticipant> participant;
    private final Arming arming;
    private final DisplayDesk display;
    private final Heart heart;
    private final Swaps swaps;
    private final InputWatch inputs;
    private final Standing standing;
    private final List<Subscription> subscriptions = Collections.synchronizedList(new ArrayList<>());
    private final List<String> problems;
    private boolean held;
    private boolean ending;
    private boolean lastPhaseOver;
    private int pauses;

    /** @param with not yet begun */
    public LiveSession(Groundwork with) {
        String id = with.info().session();
        this.protocol = with.protocol();
        this.timeline = with.timeline();
        this.facts = with.facts();
        this.time = with.time();
        this.keeper = with.keeper();
        this.problems = with.problems();
        this.held = with.held();
        this.discard = with.discard();
        this.lane = new Lane("session-" + id, with.bus().inFlight());
        this.standing = new Standing(timeline, time, with.record(), problems);
        this.voice = new Voice(with.bus(), id, standing::problem);
        this.stage = new Stage(
                id,
                with.bus(),
                time,
                with.host().open(with.info(), time),
                lane,
                voice,
                protocol.slots(),
                standing::problem);
        this.preparation = new Preparation(stage, protocol.seed(), with.hosts(), keeper, this);
        this.walk = new PhaseWalk(stage, timeline, this);
        this.inputs = new InputWatch(stage, keeper, walk::current);
        this.ends = new EndWatch(stage, walk::conditionMet, inputs::ended);
        this.ratings = new RatingDesk(stage, this::completeIfOver);
        this.activities = new ActivityDesk(stage, this::running, with);
        this.said = new Said(stage, voice, ratings, activities);
        this.participant = Boolean.TRUE.equals(facts.get(SimulatedParticipant.FACT))
                ? Optional.of(new SimulatedParticipant(stage, protocol.seed(), activities, ratings))
                : Optional.empty();
        this.arming = new Arming(stage, this);
        this.display = new DisplayDesk(stage);
        this.heart = new Heart(stage, protocol, this, with.headset());
        this.swaps = new Swaps(stage, keeper, arming, this);
    }

    /** Begins to prepare. Once. */
    public void launch() {
        keeper.watch(time, inputs);
        subscriptions.add(inputs::close);
        subscriptions.add(stage.host().onChange(status -> lane.execute(() -> changed(status))));
        subscriptions.add(stage.host().onDisarmed(now -> lane.execute(() -> arming.disarmed(now))));
        AtomicBoolean known = new AtomicBoolean();
        subscriptions.add(stage.bus().onConnectivity(connected -> {
            if (known.getAndSet(true)) {
                lane.execute(() -> connectivity(connected));
            }
        }));
        heart.begin();
        lane.execute(() -> {
            voice.say(
                    org.anodyne.bus.Topic.Kind.EVENT,
                    Voice.SESSION,
                    PlanDocument.TYPE,
                    PlanDocument.of(protocol, timeline, facts));
            move(SessionState.PREPARING, "");
            preparation.prepare(() -> CompletableFuture.allOf(
                    ends.open(timeline.phases()).toCompletableFuture(),
                    inputs.open().toCompletableFuture(),
                    ratings.open().toCompletableFuture(),
                    activities.open(subscriptions).toCompletableFuture(),
                    SimulatedParticipant.open(participant, subscriptions).toCompletableFuture()));
        });
    }

    // --- preparing and starting

    @Override
    public boolean ending() {
        return ending;
    }

    @Override
    public void ready() {
        move(SessionState.READY, "");
        if (!held) {
            preparation.start();
        }
    }

    @Override
    public CompletionStage<String> begin() {
        return CompletableFuture.supplyAsync(
                () -> {
                    boolean ready = !ending && held && standing.state() == SessionState.READY;
                    String why = ready ? preparation.unfit() : standing.unbegun(ending);
                    if (why.isEmpty()) {
                        held = false;
                        preparation.start();
                    }
                    return why;
                },
                lane);
    }

    @Override
    public void started() {
        walk.begin();
        time.begin();
        move(SessionState.RUNNING, "", 0);
    }

    @Override
    public void failed(String why) {
        finish(SessionState.ABORTED, why);
    }

    @Override
    public void unusable(Slot slot, String why) {
        Fault fault = new Fault(slot.line(), "slots." + slot.name(), why);
        finish(SessionState.ABORTED, why, Optional.of(new ProtocolException(List.of(fault))));
    }

    // --- phases

    @Override
    public void entered(Planned planned, long startNanos) {
        standing.phase(planned.plan().id());
        heart.afresh();
        inputs.entered(planned);
        ends.entered(planned, startNanos);
        ratings.entered(planned, startNanos);
        activities.entered(planned);
        for (Slot slot : protocol.slots().values()) {
            boolean runs = planned.plan().slots().contains(slot.name());
            if (slot.kind() == PluginKind.SOURCE) {
                keeper.expecting(slot.name(), runs && standing.state() == SessionState.RUNNING);
            }
            if (slot.kind() == PluginKind.ACTUATOR && runs && !timeline.ranBefore(planned, slot.name())) {
                arming.due(slot.name(), standing.phase());
            }
        }
    }

    @Override
    public void left(Planned planned, long endNanos, String why) {
        ratings.left(planned, endNanos);
        protocol.slots().values().stream()
                .filter(s -> s.kind() == PluginKind.SOURCE)
                .forEach(s -> keeper.expecting(s.name(), false));
    }

    @Override
    public void over(long endNanos) {
        standing.phase("");
        stage.at(endNanos + SETTLE_NANOS, () -> {
            lastPhaseOver = true;
            completeIfOver();
        });
    }

    private void completeIfOver() {
        if (lastPhaseOver && ratings.noneOpen()) {
            finish(SessionState.COMPLETED, "");
        }
    }

    // --- pause, loss, end

    @Override
    public void pause(String why) {
        stage.host().safeState(why);
        lane.execute(() -> {
            if (hold(why) || takeOver(why)) {
                int number = pauses;
                CompletableFuture.delayedExecutor(LONGEST_PAUSE.toMinutes(), TimeUnit.MINUTES, lane)
                        .execute(() -> tooLong(number, why));
            } else if (StateTable.before(standing.state())) {
                finish(SessionState.ABORTED, "it was told to pause before it ran: " + why);
            }
        });
    }

    private void tooLong(int pause, String why) {
        if (standing.state() == SessionState.PAUSED && pauses == pause) {
            String since = "it was paused (" + why + ") and nobody resumed it within ";
            finish(SessionState.ABORTED, since + LONGEST_PAUSE.toMinutes() + " minutes");
        }
    }

    /** The emergency stop: as {@link #pause}, and told as a problem. */
    public void stop(String why) {
        pause(why);
        lane.execute(() -> standing.problem(why + "; all actuators were made safe"));
    }

    /** What is asked of the session's display. */
    public DisplayDesk display() {
        return display;
    }

    /** A pause because of a loss becomes a person's, who alone ends it then. */
    private boolean takeOver(String why) {
        if (ending || standing.state() != SessionState.PAUSED) {
            return false;
        }
        pauses++;
        voice.state(
                time.nowNanos(), Map.of("state", standing.state().name(), "reason", why, "phase", standing.phase()));
        return true;
    }

    private boolean hold(String why) {
        if (ending || standing.state() != SessionState.RUNNING) {
            return false;
        }
        pauses++;
        stage.host().safeState(why);
        walk.hold();
        inputs.held();
        ratings.hold();
        protocol.slots().values().forEach(s -> {
            keeper.expecting(s.name(), false);
            stage.host().pause(s.name()).exceptionally(e -> null);
        });
        move(SessionState.PAUSED, why);
        return true;
    }

    @Override
    public void resume() {
        resume(Optional.empty());
    }

    /** As {@link #resume()}, but arms only these slots (missing: all of the phase); complete when they are armed or refused. */
    public CompletionStage<Arming.Resumed> resume(Optional<List<String>> only) {
        return CompletableFuture.supplyAsync(() -> byPerson(only), lane).thenCompose(resumed -> resumed);
    }

    private CompletionStage<Arming.Resumed> byPerson(Optional<List<String>> only) {
        boolean paused = standing.state() == SessionState.PAUSED;
        String refusal = ending || !(paused || running())
                ? "the session is " + (ending ? "ending" : "not yet running") + "; there is nothing to resume"
                : arming.refusal(only.orElse(List.of()));
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedStage(new Arming.Resumed(refusal, List.of(), Map.of()));
        }
        stage.host().release();
        goOn("resumed");
        return arming.resume(only, paused);
    }

    @Override
    public boolean running() {
        return !ending && standing.state() == SessionState.RUNNING;
    }

    @Override
    public List<String> phaseSlots() {
        return walk.current().map(p -> p.plan().slots()).orElse(List.of());
    }

    private void goOn(String why) {
        heart.afresh();
        List<Slot> backwards = new ArrayList<>(protocol.slots().values());
        Collections.reverse(backwards);
        backwards.forEach(s -> {
            CompletionStage<?> resumed = stage.host().resume(s.name()).exceptionally(e -> null);
            resumed.thenRunAsync(() -> expectAgain(s), lane); // not before it delivers
        });
        if (standing.state() == SessionState.PAUSED) {
            inputs.released();
            ratings.release(walk.release());
            move(SessionState.RUNNING, why);
        }
    }

    private void expectAgain(Slot s) {
        boolean delivers = s.kind() == PluginKind.SOURCE && !arming.isGone(s.name());
        keeper.expecting(s.name(), delivers && running() && phaseSlots().contains(s.name()));
    }

    private void changed(SlotStatus status) {
        Slot slot = protocol.slots().get(status.slot());
        if (slot == null || ending) {
            return;
        } else if (status.state() == SlotStatus.State.RUNNING) {
            arming.back(slot.name());
        }
        boolean dead = status.state() == SlotStatus.State.LOST || status.state() == SlotStatus.State.FAILED;
        if (!dead || standing.state() != SessionState.RUNNING && standing.state() != SessionState.PAUSED) {
            return; // Preparing fails by itself.
        }
        keeper.expecting(slot.name(), false);
        arming.gone(slot.name());
        boolean needed = phaseSlots().contains(slot.name()) && slot.essential();
        String what = "slot '" + slot.name() + "' (" + slot.plugin() + ") is lost: " + status.reason();
        standing.problem(what);
        voice.lost(slot, time.nowNanos(), status.reason(), needed);
        if (needed && hold(what)) {
            int number = pauses;
            stage.at(time.nowNanos() + LOSS_GRACE_NANOS, () -> {
                if (!ending && standing.state() == SessionState.PAUSED && pauses == number) {
                    String it = "slot '" + slot.name() + "'";
                    goOn(arming.isGone(slot.name()) ? "goes on without " + it : it + " is back");
                    arming.goesOn();
                }
            });
        }
    }

    private void connectivity(boolean connected) {
        arming.bus(connected);
        if (!connected) {
            standing.problem("the bus was away at " + time.nowNanos() / 1e9
                    + " s of session time; no trigger was executed meanwhile");
        }
        voice.event(Voice.SESSION, "bus", time.nowNanos(), Map.of("connected", connected));
    }

    @Override
    public void abort(String why) {
        stage.host().safeState(why);
        lane.execute(() -> finish(SessionState.ABORTED, why));
    }

    @Override
    public CompletionStage<SwapReport> swap(String slot, Path jar) {
        return swaps.swap(slot, jar);
    }

    private void finish(SessionState to, String why) {
        finish(to, why, Optional.empty());
    }

    private void finish(SessionState to, String why, Optional<ProtocolException> faults) {
        if (ending) {
            return;
        }
        ending = true;
        standing.reason(why);
        if (to == SessionState.ABORTED) {
            stage.host().safeState(why);
        }
        inputs.sums();
        ratings.giveUp("the session ended");
        heart.close();
        time.close();
        ends.close();
        // Not on the lane: the end waits until nothing is under way, and the lane's own task would count.
        Closing closing = new Closing(stage, keeper, subscriptions, problems);
        Thread thread = new Thread(
                () -> closing.run(() -> move(to, why), () -> {
                    ratings.close();
                    if (faults.isPresent()) {
                        discard.run();
                        standing.refused(faults.get());
                    } else {
                        standing.over(to, why);
                    }
                }),
                "session-end-" + stage.id());
        thread.setDaemon(true);
        thread.start();
    }

    private CompletionStage<Void> move(SessionState to, String why) {
        return move(to, why, time.nowNanos());
    }

    private CompletionStage<Void> move(SessionState to, String why, long atNanos) {
        if (!StateTable.legal(standing.state(), to)) {
            throw new IllegalStateException("a session cannot go from " + standing.state() + " to " + to);
        }
        if (!StateTable.over(to)) {
            standing.state(to); // Over it is when its record is sealed, see finish.
        }
        Map<String, Object> attributes =
                new HashMap<>(Map.of("state", to.name(), "reason", why, "phase", standing.phase()));
        if (to == SessionState.RUNNING) {
            attributes.put("wallClock", OffsetDateTime.now().toString());
        }
        return voice.state(atNanos, attributes);
    }

    /** What people have to say while it runs. */
    public Said said() {
        return said;
    }

    /** The keeper of the record, for recorders that come and go. */
    public RecordKeeper keeper() {
        return keeper;
    }

    /** Complete when the session is over and nothing of it is left running. */
    public CompletionStage<Result> ended() {
        return standing.ended();
    }

    @Override
    public String id() {
        return stage.id();
    }

    @Override
    public SessionState state() {
        return standing.state();
    }

    @Override
    public Map<String, SlotStatus> slots() {
        return stage.host().status();
    }

    @Override
    public Map<String, List<StreamInfo>> streams() {
        return preparation.streams();
    }

    @Override
    public Progress progress() {
        return standing.progress();
    }

    @Override
    public Result await(Duration timeout) throws InterruptedException {
        return standing.await(timeout);
    }
}
