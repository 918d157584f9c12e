package org.anodyne.plugin.host.slot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.CommandGate;
import org.anodyne.host.Disarmed;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.HostException;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SessionTime;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.Providers;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.scene.Display;
import org.anodyne.plugin.signal.StreamInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The slots of one session. */
public final class OpenSlots implements SessionSlots {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSlots.class);

    private final Env env;
    private final Function<String, ThreadGroup> groups;
    private final Consumer<OpenSlots> onClose;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<Slot> placed = new CopyOnWriteArrayList<>();
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final List<Subscription> registrations = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Subscription> stop;
    private final ThreadPoolExecutor swaps;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Readiness readiness;
    private final CompletableFuture<Subscription> heartbeats;
    private final LeaseWatch watch;

    /**
     * Opens the slots of a session.
     *
     * @param gate gives null while there is none
     * @param groups the thread group of a slot, by its name
     * @param onClose told once when all is closed
     */
    public OpenSlots(
            SessionInfo info,
            MessageBus bus,
            SessionTime time,
            Providers providers,
            Supplier<CommandGate> gate,
            Function<String, ThreadGroup> groups,
            Consumer<OpenSlots> onClose) {
        this.groups = groups;
        this.onClose = onClose;
        String session = info.session();
        env = new Env(
                info,
                bus,
                time,
                providers,
                gate,
                new Watchdog(session),
                new Notices(session, bus.inFlight()),
                new Others(),
                new Lease((time.virtual() ? Limits.LEASE_VIRTUAL : Limits.LEASE).toNanos()),
                new Theatre());
        readiness = new Readiness(placed, env.notices());
        swaps = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
            Thread t = new Thread(r, "slots-swap-" + session);
            t.setDaemon(true);
            return t;
        });
        swaps.allowCoreThreadTimeOut(true);
        registrations.add(providers.onLost(this::lost));
        stop = bus.subscribe(
                        Topic.ofSite(bus.site(), Topic.Kind.STOP, "").path(),
                        m -> safeState("stop was called on the bus"))
                .toCompletableFuture();
        heartbeats = bus.subscribe(leaseTopic().path(), m -> {
                    env.lease().heard(m);
                    stale(env.lease().stale());
                    readiness.review();
                })
                .toCompletableFuture();
        watch = new LeaseWatch(session, env.lease(), placed, bus::connected);
        CommandGate there = gate.get();
        if (there != null && !info.participant().isEmpty()) {
            env.publish(
                    env.topic(Topic.Kind.EVENT, "session", "safety"),
                    new Payload.Document("safety", time.nowNanos(), there.begin(info)),
                    0);
        }
    }

    private final class Others implements Env.Neighbours {
        @Override
        public List<StreamInfo> streams(String slot) {
            return find(slot).map(OpenSlots::streamsOf).orElse(List.of());
        }

        @Override
        public Optional<List<String>> components(String slot, String feature) {
            return find(slot)
                    .filter(s -> s.provider() != null)
                    .flatMap(s -> s.provider().factory().ports(s.spec().parameters()).features().stream()
                            .filter(f -> f.name().equals(feature))
                            .map(f -> f.components())
                            .findFirst());
        }

        @Override
        public void failed(String slot, String why) {
            safeState(Cause.SLOT_LOST, "slot " + slot + " failed: " + why);
        }

        @Override
        public void endedBy(String slot, String why) {
            env.theatre().panic();
            safeState(Cause.ORDERED, why);
        }
    }

    private Optional<Slot> find(String name) {
        synchronized (slots) {
            return Optional.ofNullable(slots.get(name));
        }
    }

    private Slot slot(String name) {
        return find(name)
                .orElseThrow(() -> new HostException("the session has no slot '" + name + "' that was prepared here"));
    }

    private CompletionStage<SlotStatus> on(String name, Function<Slot, CompletableFuture<SlotStatus>> request) {
        try {
            return request.apply(slot(name));
        } catch (HostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<SlotStatus> prepare(SlotSpec spec, Duration deadline) {
        Slot slot;
        synchronized (slots) {
            if (closed.get()) {
                return CompletableFuture.failedFuture(new HostException("the session's slots are closed"));
            }
            Slot there = slots.get(spec.slot());
            if (there != null && there.state() != SlotStatus.State.FAILED && there.state() != SlotStatus.State.LOST) {
                return CompletableFuture.failedFuture(
                        new HostException("slot " + spec.slot() + " is already " + there.state()));
            }
            if (there != null) {
                there.close();
                placed.remove(there);
            }
            slot = new Slot(env, spec, groups.apply(spec.slot()));
            slots.put(spec.slot(), slot);
            placed.add(slot);
        }
        return slot.prepare(deadline);
    }

    @Override
    public CompletionStage<SlotStatus> start(String slot) {
        return on(slot, Slot::start);
    }

    @Override
    public CompletionStage<SlotStatus> pause(String slot) {
        return on(slot, Slot::pause);
    }

    @Override
    public CompletionStage<SlotStatus> resume(String slot) {
        return on(slot, Slot::resume);
    }

    @Override
    public void announce(String slot, Phase phase, Duration lag) {
        slot(slot).course().announce(phase, lag);
    }

    @Override
    public CompletionStage<SlotStatus> change(String slot, Parameters parameters) {
        return on(slot, s -> s.change(parameters));
    }

    @Override
    public CompletionStage<SlotStatus> arm(String slot) {
        return on(slot, Slot::arm);
    }

    @Override
    public void safeState(String reason) {
        safeState(Cause.ORDERED, reason);
    }

    /** What waits to be armed goes on waiting: out of a backlog come heartbeats of when the input was not heard of. */
    private void stale(String what) {
        if (!what.isEmpty()) {
            placed.stream().filter(s -> s.actuator().armed()).forEach(s -> s.safeState(Cause.INPUT_STALE, what));
        }
    }

    private void safeState(Cause cause, String reason) {
        for (Slot s : placed) {
            s.safeState(cause, reason);
        }
    }

    @Override
    public CompletionStage<SwapReport> swap(String name, Path jar) {
        Slot slot;
        try {
            slot = slot(name);
        } catch (HostException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<SwapReport> result = new CompletableFuture<>();
        Swap swap = new Swap(slot, leaks::add);
        try {
            swaps.execute(() -> {
                try {
                    SwapReport report = swap.run(jar);
                    env.notices().execute(() -> result.complete(report));
                } catch (RuntimeException e) {
                    env.notices().execute(() -> result.completeExceptionally(e));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new HostException("the session's slots are closed"));
        }
        return env.watchdog()
                .limit(
                        result,
                        Limits.SWAP,
                        "the swap of slot " + name + " took longer than " + Limits.SWAP.toSeconds() + " s");
    }

    @Override
    public CompletionStage<SlotStatus> recentre(String slot) {
        return on(slot, s -> s.display("be recentred", Display::recentre));
    }

    @Override
    public CompletionStage<SlotStatus> tell(String slot, String text, Duration time) {
        return on(slot, s -> s.display("show a message", d -> d.tell(text, time)));
    }

    @Override
    public void release() {
        env.theatre().release();
    }

    @Override
    public Map<String, SlotStatus> status() {
        Map<String, SlotStatus> all = new TreeMap<>();
        for (Slot s : placed) {
            all.put(s.spec().slot(), s.status());
        }
        return all;
    }

    @Override
    public List<StreamInfo> streams(String slot) {
        return streamsOf(slot(slot));
    }

    private static List<StreamInfo> streamsOf(Slot slot) {
        Occupant o = slot.router().occupant();
        if (o == null || o.failure() != null) {
            return List.of();
        }
        return o.streams().stream()
                .map(s ->
                        new StreamInfo(slot.spec().slot(), s.name(), s.type(), s.rateHz(), s.channels(), s.synthetic()))
                .toList();
    }

    @Override
    public Optional<OutcomeInstrument> instrument(String name) {
        return find(name)
                .filter(s -> {
                    Occupant o = s.router().occupant();
                    return o != null && o.kind() == PluginKind.OUTCOME && o.instance() != null;
                })
                .map(Instrument::new);
    }

    @Override
    public Subscription onChange(Consumer<SlotStatus> listener) {
        return env.notices().onChange(listener);
    }

    @Override
    public Subscription onDisarmed(Consumer<Disarmed> listener) {
        return env.notices().onDisarmed(listener);
    }

    // --- what happens to a session

    private void lost(Provider gone) {
        boolean atWork = placed.stream().anyMatch(s -> {
            Occupant o = s.router().occupant();
            return o != null && o.provider() == gone;
        });
        if (atWork) {
            safeState(Cause.SLOT_LOST, "plug-in " + gone.info().id() + " was taken away");
        }
        for (Slot s : placed) {
            s.lost(gone);
        }
    }

    private Topic leaseTopic() {
        return Topic.ofSite(env.bus().site(), Topic.Kind.LEASE, env.session());
    }

    @Override
    public void heartbeat(String stale) {
        // What cannot be sent now must not be sent later: it would say of then what is not so.
        if (env.bus().connected() && !closed.get()) {
            env.publish(
                    leaseTopic(),
                    new Payload.Document(
                            "lease", env.time().nowNanos(), Map.of("sentNanos", System.nanoTime(), "stale", stale)),
                    0);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long until = System.nanoTime() + Limits.CLOSE_ALL.toNanos();
        safeState("the session ends");
        swaps.shutdown();
        waitFor(until, "swaps", () -> swaps.awaitTermination(left(until), TimeUnit.NANOSECONDS));
        // Sources first: what is under way still reaches those that take it.
        List<Slot> sources = placed.stream().filter(OpenSlots::isSource).toList();
        closeAll(sources, until);
        if (!sources.isEmpty()) {
            waitFor(until, "work in flight", () -> env.bus().inFlight().awaitNone(Duration.ofMillis(500)));
        }
        closeAll(placed.stream().filter(s -> !sources.contains(s)).toList(), until);
        stop.thenAccept(Subscription::close);
        heartbeats.thenAccept(Subscription::close);
        watch.close();
        registrations.forEach(Subscription::close);
        CommandGate gate = env.gate().get();
        if (gate != null) {
            // Behind what the actuators told last.
            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> gate.end(env.session()), env.notices());
            waitFor(until, "the ledger", () -> ended.get(Math.max(left(until), 1_000_000_000L), TimeUnit.NANOSECONDS));
        }
        env.watchdog().close();
        env.notices().close();
        onClose.accept(this);
    }

    private static boolean isSource(Slot s) {
        return s.provider() != null && s.provider().info().kind() == PluginKind.SOURCE;
    }

    private void closeAll(List<Slot> some, long until) {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        some.forEach(s -> ends.add(s.close()));
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        waitFor(until, "slots", () -> all.get(left(until), TimeUnit.NANOSECONDS));
    }

    /** Something that may wait. */
    @FunctionalInterface
    private interface Waiting {
        Object now() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static void waitFor(long until, String what, Waiting waiting) {
        try {
            waiting.now();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("{} did not end within {} ms", what, Limits.CLOSE_ALL.toMillis(), e);
        }
    }

    private static long left(long until) {
        return Math.max(0, until - System.nanoTime());
    }

    @Override
    public List<String> leaks() {
        List<String> all = new ArrayList<>(leaks);
        for (Slot s : placed) {
            if (s.router().occupant() == null) {
                s.threads()
                        .forEach(t -> all.add("thread '" + t.getName() + "' of "
                                + s.spec().plugin() + " in slot " + s.spec().slot() + " was left after close"));
            }
        }
        all.addAll(env.providers().leaks());
        return List.copyOf(all);
    }
}
