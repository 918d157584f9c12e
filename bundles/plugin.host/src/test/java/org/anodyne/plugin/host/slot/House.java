package org.anodyne.plugin.host.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.anodyne.host.CommandGate;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionTime;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotSpec.StreamRef;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeBus;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.VirtualTime;

/** A session's slots on a bus within the process, in time that the test moves. */
final class House implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration LAG = Duration.ofMillis(250);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final FakeBus bus = new FakeBus();
    final VirtualTime time = new VirtualTime(bus.inFlight());
    final FakeProviders providers = new FakeProviders();
    final OpenSlots slots;
    volatile CommandGate gate = new OpenGate(() -> this.objection);

    /** Why nothing may be done to the participant; empty when it may. */
    volatile String objection = "";

    /** The controller, which has to say that it is at work. */
    private final ScheduledExecutorService controller = Executors.newSingleThreadScheduledExecutor();

    volatile boolean controllerAlive = true;
    volatile String stale = "";

    House() {
        slots = new OpenSlots(
                SessionInfo.nobody("s1"), bus, time, providers, () -> gate, n -> new ThreadGroup("slot-" + n), s -> {});
        controller.scheduleAtFixedRate(
                () -> {
                    if (controllerAlive) {
                        slots.heartbeat(stale);
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    static SlotSpec spec(
            String slot, String plugin, Map<String, List<StreamRef>> streams, Map<String, List<FeatureRef>> features) {
        return new SlotSpec(slot, plugin, new Parameters(Map.of("gain", 1.0)), streams, features, Optional.empty(), 7);
    }

    static SlotSpec source(String slot, String plugin) {
        return spec(slot, plugin, Map.of(), Map.of());
    }

    static SlotSpec taking(String slot, String plugin, String from) {
        return spec(slot, plugin, Map.of("samples", List.of(new StreamRef(from, ""))), Map.of());
    }

    static SlotSpec watching(String slot, String plugin, String feature) {
        return spec(slot, plugin, Map.of(), Map.of("features", List.of(FeatureRef.parse(feature))));
    }

    static Phase phase(String id, int index, long startMillis, long endMillis, boolean active, Object... parameter) {
        Map<String, Object> parameters = parameter.length == 0 ? Map.of() : Map.of((String) parameter[0], parameter[1]);
        return new Phase(
                id,
                index,
                0,
                startMillis * 1_000_000,
                endMillis < 0 ? OptionalLong.empty() : OptionalLong.of(endMillis * 1_000_000),
                active,
                parameters,
                List.of());
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What a session gives a slot: nothing comes late to one without inputs. */
    static Duration lag(String slot) {
        return slot.equals("eeg") || slot.equals("stim") ? Duration.ZERO : LAG;
    }

    void ready(SlotSpec... specs) {
        for (SlotSpec spec : specs) {
            assertEquals(
                    SlotStatus.State.PREPARED, get(slots.prepare(spec, SOON)).state());
        }
        for (SlotSpec spec : specs) {
            get(slots.start(spec.slot()));
        }
    }

    void millis(long millis) {
        time.to(millis * 1_000_000);
    }

    SlotStatus.State state(String slot) {
        return slots.status().get(slot).state();
    }

    /** Waits until a slot is where it should be. */
    void await(String slot, SlotStatus.State wanted) {
        until(slot, s -> s.state() == wanted);
    }

    /** Waits for a status. Not under the bus's lock: who publishes a status holds the slot's. */
    void until(String slot, Predicate<SlotStatus> wanted) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!wanted.test(slots.status().get(slot))) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError(
                        "slot " + slot + " stays " + slots.status().get(slot));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        controller.shutdownNow();
        slots.close();
        bus.close();
    }

    /** Lets through what is armed and connected. */
    private record OpenGate(java.util.function.Supplier<String> objection) implements CommandGate {
        @Override
        public Acknowledgement pass(
                Subject subject,
                Command command,
                SessionTime time,
                boolean slotArmed,
                boolean busConnected,
                Function<Command, Acknowledgement> execute) {
            return slotArmed && busConnected
                    ? execute.apply(command)
                    : new Acknowledgement(
                            command.id(),
                            Acknowledgement.Outcome.REFUSED,
                            slotArmed ? "no bus" : "not armed",
                            time.nowNanos(),
                            Map.of());
        }

        @Override
        public Map<String, Object> begin(SessionInfo session) {
            return Map.of();
        }

        @Override
        public Optional<String> objectionToArming(Subject subject) {
            return Optional.empty();
        }

        @Override
        public Optional<String> objectionToActing(Subject subject, List<PluginPorts.ActionInfo> actions) {
            return Optional.of(objection.get()).filter(why -> !why.isEmpty());
        }

        /** As for stimulation, but only in a headset. */
        @Override
        public Optional<String> objectionToShowing(Subject subject, Sight sight) {
            return Optional.of(objection.get()).filter(why -> sight == Sight.HEADSET && !why.isEmpty());
        }

        @Override
        public void delivered(Subject subject, String commandId, Map<String, Double> amounts, boolean last) {}

        @Override
        public void end(String session) {}
    }
}
