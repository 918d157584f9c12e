package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.Disarmed;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.scene.Display;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place of a session: what it asks for, which instance is in it, and where that stands. Plug-in code is called on the
 * instance's lane only; what is said here of a method's thread is about the host's side.
 */
final class Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    private final Env env;
    private final SlotSpec spec;
    private final ThreadGroup group;
    private final Router router;
    private final Course course;
    private final ActuatorPort actuator;
    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private volatile Wiring wiring;
    private volatile long lostAtNanos;
    private volatile Provider provider;

    // guarded by this
    private State state;
    private String reason = "";

    Slot(Env env, SlotSpec spec, ThreadGroup group) {
        this.env = env;
        this.spec = spec;
        this.group = group;
        router = new Router(env.bus().inFlight());
        actuator = new ActuatorPort(env, spec, this::safeState);
        course = new Course(this, spec.parameters());
    }

    SlotSpec spec() {
        return spec;
    }

    Env env() {
        return env;
    }

    Router router() {
        return router;
    }

    Course course() {
        return course;
    }

    ActuatorPort actuator() {
        return actuator;
    }

    ThreadGroup group() {
        return group;
    }

    Wiring wiring() {
        return wiring;
    }

    /** Who is in the slot, or was last; null when nobody ever was. */
    Provider provider() {
        return provider;
    }

    long lostAtNanos() {
        return lostAtNanos;
    }

    // --- states

    synchronized SlotStatus status() {
        Provider p = provider;
        return new SlotStatus(
                spec.slot(), spec.plugin(), p == null ? "" : p.info().version(), state, reason);
    }

    synchronized State state() {
        return state;
    }

    /** Makes a legal move and publishes it; an illegal one is a fault of the host and changes nothing. */
    synchronized void move(State to, String why) {
        if (state != null && state != to && !Moves.legal(state, to)) {
            throw new IllegalStateException("slot " + spec.slot() + " cannot go from " + state + " to " + to);
        }
        boolean same = state == to && reason.equals(why);
        state = to;
        reason = why;
        if (!same) {
            publish();
            env.notices().changed(status());
        }
    }

    /** Publishes where the slot stands. */
    synchronized void publish() {
        SlotStatus s = status();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("plugin", s.plugin());
        attributes.put("version", s.version());
        attributes.put("state", s.state().name());
        attributes.put("reason", s.reason());
        if (kind() == PluginKind.ACTUATOR) {
            attributes.put("armed", actuator.armed());
        }
        env.retain(
                env.topic(Kind.STATE, spec.slot(), ""),
                new Payload.Document("state", env.time().nowNanos(), attributes));
    }

    private PluginKind kind() {
        Provider p = provider;
        return p == null ? null : p.info().kind();
    }

    // --- getting ready

    /** Finds the plug-in, makes an instance, prepares it and connects its inputs. */
    CompletableFuture<SlotStatus> prepare(Duration deadline) {
        CompletableFuture<SlotStatus> result = new CompletableFuture<>();
        Occupant o;
        try {
            Provider found = env.providers()
                    .provider(spec.plugin())
                    .orElseThrow(() -> new HostException("slot " + spec.slot() + " asks for plug-in '" + spec.plugin()
                            + "', which is not installed; put its jar into the plugins folder"));
            provider = found;
            move(State.CREATED, "");
            wiring = new Wiring(env, spec, this, awaited);
            o = occupy(found, this::failed);
        } catch (HostException e) {
            refuse(e.getMessage());
            result.completeExceptionally(e);
            return result;
        }
        router.put(o);
        String late = "slot " + spec.slot() + " was not ready within " + deadline.toMillis() + " ms";
        long until = System.nanoTime() + deadline.toNanos();
        ready(o, deadline)
                .thenCompose(v -> wiring.connect(o.kind()))
                .whenCompleteAsync(
                        (v, e) -> {
                            if (e == null && state() == State.CREATED) {
                                move(State.PREPARED, actuator.objection(o).orElse(""));
                                result.complete(status());
                            } else {
                                Throwable cause = e == null ? new HostException(status().reason()) : unwrap(e);
                                o.fail(cause.getMessage());
                                result.completeExceptionally(cause);
                            }
                        },
                        env.notices());
        // The watchdog ends prepare itself; this is for a broker that does not confirm.
        Duration all = Duration.ofNanos(until - System.nanoTime()).plus(Limits.REQUEST);
        env.watchdog().limit(result, all, late + "; is the bus connected?").whenComplete((v, e) -> {
            if (e != null) {
                o.fail(e.getMessage());
            }
        });
        return result;
    }

    /** A new instance, not yet made, with a lane of its own. */
    Occupant occupy(Provider by, BiConsumer<Occupant, String> onFailure) {
        env.providers().use(by);
        Occupant o =
                new Occupant(env, spec, course.parameters(), by, group, awaited, ends, onFailure, this::deviceFault);
        if (o.kind() == PluginKind.ACTUATOR) {
            actuator.opened(o);
        }
        return o;
    }

    /** Makes and prepares the instance on its lane. */
    CompletableFuture<Void> ready(Occupant o, Duration deadline) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean queued = o.lane().enqueue(() -> {
            try {
                o.create();
                o.call("prepare", deadline, () -> {
                    o.instance().prepare(wiring.inputs(), Deadline.in(deadline));
                    return null;
                });
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        if (!queued) {
            done.completeExceptionally(new HostException("slot " + spec.slot() + " was closed"));
        }
        // A lane that is given up never runs or ends the task.
        o.lane()
                .ended()
                .whenComplete((v, e) -> done.completeExceptionally(
                        new HostException(o.failure() == null ? "slot " + spec.slot() + " was closed" : o.failure())));
        return done;
    }

    private void refuse(String why) {
        synchronized (this) {
            if (state == null) {
                state = State.CREATED;
            }
        }
        move(State.FAILED, why);
    }

    static Throwable unwrap(Throwable e) {
        return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    }

    // --- requests

    /** Does something on the lane, in order with everything else, and tells how the slot stands then. */
    CompletableFuture<SlotStatus> request(String what, Consumer<Occupant> work) {
        return request(what, Limits.REQUEST, work);
    }

    private CompletableFuture<SlotStatus> request(String what, Duration limit, Consumer<Occupant> work) {
        CompletableFuture<SlotStatus> result = new CompletableFuture<>();
        boolean taken = router.offer(o -> {
            try {
                work.accept(o);
                SlotStatus now = status();
                env.notices().execute(() -> result.complete(now));
            } catch (RuntimeException e) {
                HostException h = e instanceof HostException he ? he : new HostException(e.getMessage(), e);
                env.notices().execute(() -> result.completeExceptionally(h));
            }
        });
        if (!taken) {
            SlotStatus s = status();
            result.completeExceptionally(new HostException(
                    "slot " + s.slot() + " cannot " + what + ": it is " + s.state() + " (" + s.reason() + ")"));
        }
        return env.watchdog()
                .limit(
                        result,
                        limit,
                        "slot " + spec.slot() + " did not " + what + " within " + limit.toMillis() + " ms");
    }

    CompletableFuture<SlotStatus> start() {
        return request("start", course::start);
    }

    CompletableFuture<SlotStatus> pause() {
        course.pausedByRequest(true);
        safeState(Cause.ORDERED, "it was paused");
        return request("pause", o -> course.pause(o, "paused by request"));
    }

    CompletableFuture<SlotStatus> resume() {
        course.pausedByRequest(false);
        return request("resume", course::resumeIfDue);
    }

    CompletableFuture<SlotStatus> change(Parameters parameters) {
        return request("change its parameters", o -> course.change(o, parameters));
    }

    CompletableFuture<SlotStatus> arm() {
        long orders = actuator.orders();
        return request("arm", Limits.WHOLE.plus(Limits.ARM).plus(Limits.REQUEST), o -> {
            if (o.kind() != PluginKind.ACTUATOR) {
                throw new HostException("slot " + spec.slot() + " holds no actuator");
            }
            if (!o.running()) {
                throw new HostException("slot " + spec.slot() + " is " + state() + " and cannot be armed");
            }
            actuator.arm(o, orders);
            publish();
        });
    }

    /** Asks a display for something; {@code work} gives why it cannot, or an empty text. */
    CompletableFuture<SlotStatus> display(String what, Function<Display, String> work) {
        return request(what, o -> {
            if (!(o.instance() instanceof Display d)) {
                throw new HostException("slot " + spec.slot() + " holds no display");
            }
            String refusal = o.call(what, Limits.CALL, () -> work.apply(d));
            if (!refusal.isEmpty()) {
                throw new HostException("the display in slot " + spec.slot() + " cannot " + what + ": " + refusal);
            }
        });
    }

    /** Makes an actuator safe and says so; any thread. */
    void safeState(Cause cause, String why) {
        if (actuator.safeState()) {
            LOG.info("slot {} is disarmed: {}", spec.slot(), why);
            env.notices().disarmed(new Disarmed(spec.slot(), cause, why));
            env.notices().execute(this::publish);
        }
    }

    /** The adapter has switched off by itself and refuses commands: whoever armed it has to know, to arm it again. */
    private void deviceFault(String why) {
        if (actuator.armed()) {
            safeState(Cause.DEVICE_FAULT, why);
        }
    }

    // --- work on the lane

    void input(long completionNanos, long acquired, String what, Delivery delivery) {
        router.offer(o -> {
            course.before(o, completionNanos);
            if (o.running()) {
                o.lane().acquired(acquired);
                Occupant.attempt(() -> o.run(what, () -> delivery.to(o)));
            }
        });
    }

    /** Hands one input to an instance. */
    @FunctionalInterface
    interface Delivery {
        void to(Occupant o) throws Exception;
    }

    void acknowledged(Acknowledgement a, long acquired) {
        router.offer(o -> {
            if (course.started() && o.failure() == null && o.instance() instanceof Intervention i) {
                o.lane().acquired(acquired);
                Occupant.attempt(() -> o.run("acknowledged", () -> i.acknowledged(a)));
            }
        });
    }

    void command(Command command, long acquired) {
        boolean taken = router.offer(o -> actuator.execute(o, command, acquired, state().name()));
        if (!taken) {
            SlotStatus s = status();
            actuator.refuse(command, "slot " + s.slot() + " is " + s.state() + ": " + s.reason(), acquired);
        }
    }

    // --- failure, loss, end

    /** The instance failed; on the lane or the watchdog's thread. */
    void failed(Occupant o, String why) {
        if (o.kind() == PluginKind.ACTUATOR) {
            o.safeState();
            safeState(Cause.SLOT_LOST, "it failed: " + why);
            o.lane().ended().whenComplete((v, e) -> actuator.abandoned(why));
        }
        if (router.remove(o)) {
            env.neighbours().failed(spec.slot(), why);
            lostAtNanos = env.time().nowNanos();
            synchronized (this) {
                if (state != State.CLOSED && state != State.LOST) {
                    move(State.FAILED, why);
                }
            }
        }
        o.retire();
    }

    /** The plug-in was taken away; on the thread that takes it. */
    void lost(Provider gone) {
        Occupant o = router.occupant();
        if (o == null || o.provider() != gone) {
            synchronized (this) {
                if (provider == gone && state == State.FAILED) {
                    move(State.LOST, "the plug-in " + spec.plugin() + " was taken away");
                }
            }
            return;
        }
        o.safeState();
        if (!router.remove(o)) {
            return;
        }
        lostAtNanos = env.time().nowNanos();
        synchronized (this) {
            if (state != State.CLOSED) {
                move(
                        State.LOST,
                        "the plug-in " + spec.plugin() + " " + gone.info().version()
                                + " was taken away while it was at work; bring one in by swap");
            }
        }
        CompletableFuture<Void> closed = o.retire();
        if (!o.lane().current()) {
            // Its bundle goes when this returns: let it close while its classes are there.
            try {
                closed.get(Limits.CLOSE.plus(Limits.GRACE).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.error("slot {} did not close in time while its plug-in was taken away", spec.slot());
            }
        }
    }

    /** A swap has put an instance of this provider into the slot. */
    void taken(Provider by) {
        provider = by;
    }

    /** Per stream the session time up to which the slot has published it. */
    Map<String, Long> ends() {
        return Map.copyOf(ends);
    }

    /** Drains and closes the instance; complete when its lane has ended. */
    CompletableFuture<Void> close() {
        Wiring w = wiring;
        if (w != null) {
            w.disconnect();
        }
        Occupant o = router.occupant();
        CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
        if (o != null) {
            router.offer(this::drain);
            router.offer(gone -> {
                router.remove(gone);
                gone.retire();
            });
            ended = o.lane().ended();
        }
        return ended.whenComplete((v, e) -> {
            synchronized (this) {
                if (state != null && state != State.CLOSED) {
                    move(State.CLOSED, reason);
                }
            }
        });
    }

    private void drain(Occupant o) {
        if (!course.started() || o.failure() != null) {
            return;
        }
        course.endBefore(o, env.time().nowNanos() + 1);
        if (o.failure() == null) {
            move(State.DRAINING, "the session ends");
            o.running(false);
            Occupant.attempt(
                    () -> o.call("drain", Limits.DRAIN, () -> o.instance().drain(Deadline.in(Limits.DRAIN))));
        }
    }

    /** Threads that plug-in code of the slot started, and lanes that have not ended. */
    List<Thread> threads() {
        return LeakCheck.threads(group);
    }
}
