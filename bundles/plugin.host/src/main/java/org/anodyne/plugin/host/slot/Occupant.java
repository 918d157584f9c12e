package org.anodyne.plugin.host.slot;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.anodyne.host.CommandGate;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotSpec;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.device.SignalSink;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance at work, with its lane and what it was given; every call of plug-in code goes through it. */
final class Occupant {
    private static final Logger LOG = LoggerFactory.getLogger(Occupant.class);

    private final Env env;
    private final String slot;
    private final Provider provider;
    private final PluginKind kind;
    private final String name;
    private final Lane lane;
    private final SlotOutlet outlet;
    private final LaneExecutor executor;
    private final SlotContext context;
    private final BiConsumer<Occupant, String> onFailure;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final AtomicBoolean retired = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final long seed;
    private volatile PluginInstance instance;
    private volatile Display.Act act;

    /** Whether inputs are delivered. */
    private volatile boolean running;

    /**
     * @param onFailure told once when a call threw or outlived its limit, with the reason; on the lane or watchdog
     * @param onDeviceFault told when an actuator says that its device has a fault, with the reason; any thread
     */
    Occupant(
            Env env,
            SlotSpec spec,
            Parameters parameters,
            Provider provider,
            ThreadGroup group,
            Set<String> awaited,
            Map<String, Long> ends,
            BiConsumer<Occupant, String> onFailure,
            Consumer<String> onDeviceFault) {
        this.env = env;
        this.slot = spec.slot();
        this.provider = provider;
        this.kind = provider.info().kind();
        this.seed = spec.seed();
        this.name = provider.info().id() + " " + provider.info().version();
        this.onFailure = onFailure;
        lane = new Lane(slot, group, env.bus().inFlight(), call -> fail(call.reason()));
        env.watchdog().watch(lane);
        outlet = new SlotOutlet(
                env, slot, kind, version(provider), lane, awaited, ends, e -> happened(spec, onDeviceFault, e));
        executor = new LaneExecutor(env.time(), (what, task) -> lane.enqueue(() -> task(what, task)));
        context = new SlotContext(
                slot,
                env.session(),
                parameters,
                spec.input(),
                env.time(),
                executor,
                new SplittableRandom(spec.seed()),
                outlet);
    }

    /** With the beginning of the jar's hash: two builds may have the same version. */
    private static String version(Provider provider) {
        String sha256 = provider.info().sha256();
        return provider.info().version() + (sha256.length() < 12 ? "" : " sha256:" + sha256.substring(0, 12));
    }

    /** What an instance says that the host itself has to act on; on the thread that says it. */
    private void happened(SlotSpec spec, Consumer<String> onDeviceFault, Event e) {
        switch (kind.name() + " " + e.type()) {
            case "ACTUATOR delivered" -> delivered(spec, e);
            case "ACTUATOR device-fault" ->
                onDeviceFault.accept(String.valueOf(e.attributes().getOrDefault("reason", "it reports a fault")));
            case "DISPLAY panic" -> env.neighbours().endedBy(slot, "the participant pressed panic");
            case "DISPLAY fms-stop" -> env.neighbours().endedBy(slot, "the participant feels too sick");
            default -> {
                // Of concern to others only.
            }
        }
    }

    /** What goes on after its acknowledgement tells what it delivers; the ledger is written on no device's thread. */
    private void delivered(SlotSpec spec, Event event) {
        CommandGate gate = env.gate().get();
        if (gate == null) {
            return;
        }
        Map<String, Double> amounts = new HashMap<>();
        event.attributes().forEach((quantity, amount) -> {
            if (amount instanceof Number n) {
                amounts.put(quantity, n.doubleValue());
            }
        });
        String command = String.valueOf(event.attributes().getOrDefault("commandId", ""));
        boolean last = Boolean.TRUE.equals(event.attributes().get("last"));
        CommandGate.Subject subject = new CommandGate.Subject(
                env.info(), slot, provider.info().id(), spec.input().orElse(""));
        env.notices().execute(() -> gate.delivered(subject, command, amounts, last));
    }

    Provider provider() {
        return provider;
    }

    PluginKind kind() {
        return kind;
    }

    /** What a source or a processor publishes, as it says itself; nothing for others. Thread: any. */
    List<StreamInfo> streams() {
        if (instance instanceof SignalSource source) {
            return source.streams();
        }
        return instance instanceof SignalProcessor processor ? processor.streams() : List.of();
    }

    Lane lane() {
        return lane;
    }

    /** Parameters that the instance was made with. */
    Parameters parameters() {
        return context.parameters();
    }

    SlotOutlet outlet() {
        return outlet;
    }

    PluginInstance instance() {
        return instance;
    }

    boolean running() {
        return running;
    }

    /** A scene that does not run any more is shown until {@link Theatre#leave} or until its successor is there. */
    void running(boolean now) {
        running = now;
        if (now) {
            env.theatre().enter(this);
        }
    }

    /** The scene in here, for the display. */
    Display.Act act() {
        return act;
    }

    /** Why it failed; null while it has not. */
    String failure() {
        return failure.get();
    }

    /** Makes the instance and holds it to the contract of its kind. Thread: the lane. */
    void create() {
        instance = call("create", Limits.CALL, () -> {
            PluginInstance made = provider.factory().create(context);
            Class<?> contract =
                    switch (kind) {
                        case SOURCE -> SignalSource.class;
                        case PROCESSOR -> SignalProcessor.class;
                        case INTERVENTION -> Intervention.class;
                        case ACTUATOR -> Actuator.class;
                        case OUTCOME -> OutcomeInstrument.class;
                        case SINK -> SignalSink.class;
                        case SCENE -> SceneProgram.class;
                        case DISPLAY -> Display.class;
                        case SAFETY_RULE ->
                            throw new PluginException(
                                    "it is a safety rule; those work in the gate and are put into no slot");
                    };
            if (!contract.isInstance(made)) {
                throw new PluginException(
                        "it says that it is of kind " + kind + " but its instances are no " + contract.getSimpleName());
            }
            return made;
        });
        if (instance instanceof SceneProgram scene) {
            act = new Display.Act(slot, name, seed, scene, this::fail);
        }
    }

    /**
     * Calls plug-in code. Thread: the lane.
     *
     * @throws HostException when it threw or outlived its limit; the instance is FAILED then
     */
    <T> T call(String what, Duration limit, Callable<T> body) {
        String failed = failure.get();
        if (failed != null) {
            throw new HostException(failed);
        }
        try {
            return lane.call(what, limit, body);
        } catch (Lane.Overrun e) {
            throw new HostException(fail(e.getMessage()), e);
        } catch (HostException e) {
            throw new HostException(fail(what + ": " + e.getMessage()), e);
        } catch (PluginException e) {
            throw new HostException(fail(e.getMessage()), e);
        } catch (Throwable e) {
            // One that is taken away in the middle of a call is not to blame for what it meets then.
            if (failure.get() == null && !retired.get()) {
                LOG.warn("{} in slot {} threw in {}", name, slot, what, e);
            }
            throw new HostException(fail("it threw in " + what + ": " + e), e);
        }
    }

    /** Like {@link #call} for a method without a result. */
    void run(String what, Body body) {
        call(what, Limits.CALL, () -> {
            body.run();
            return null;
        });
    }

    /** Plug-in code. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    private void task(String what, Runnable task) {
        if (failure.get() == null && !retired.get()) {
            attempt(() -> run(what, task::run));
        }
    }

    /** Runs on the lane what may fail the instance; the failure has been told to the slot already. */
    static void attempt(Runnable calls) {
        try {
            calls.run();
        } catch (HostException e) {
            LOG.debug("a call failed its instance: {}", e.getMessage());
        }
    }

    /** Marks it as failed, once, and tells the slot; returns the whole reason. */
    String fail(String what) {
        String reason = name + " in slot " + slot + " failed: " + what;
        if (failure.compareAndSet(null, reason)) {
            running = false;
            onFailure.accept(this, reason);
        }
        return failure.get();
    }

    /** Brings an actuator to its safe state. Thread: any. */
    void safeState() {
        if (instance instanceof Actuator a) {
            try {
                a.safeState();
            } catch (RuntimeException | Error e) {
                LOG.error("{} in slot {} threw in safeState, which it must not", name, slot, e);
            }
        }
    }

    /** Closes the instance on its lane and ends the lane; complete when the thread is gone or given up and the factory is let go of. Idempotent. */
    CompletableFuture<Void> retire() {
        running = false;
        if (retired.compareAndSet(false, true)) {
            executor.end();
            lane.enqueue(() -> {
                PluginInstance i = instance;
                try {
                    // The render thread lets go of a scene, and a scene of its display, before they are closed.
                    lane.call("leave the display", Limits.CLOSE, () -> env.theatre()
                            .leave(this)
                            .get());
                    if (i != null) {
                        lane.call("close", Limits.CLOSE, () -> {
                            i.close();
                            return null;
                        });
                    }
                } catch (Throwable e) {
                    LOG.error("{} in slot {} threw in close", name, slot, e);
                } finally {
                    outlet.close();
                }
            });
            lane.finish().whenComplete((v, e) -> {
                try {
                    outlet.close();
                    env.providers().release(provider);
                } finally {
                    gone.complete(null);
                }
            });
        }
        return gone;
    }
}
