package org.anodyne.plugin.host.slot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.Providers;
import org.anodyne.plugin.signal.StreamInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the plug-in of one slot while everything else goes on: the new one is installed, checked and prepared beside
 * the old one; at a boundary of the old one's lane work is held back, the state is handed over, and the new one goes on
 * with what was held back. Whatever fails before the new one is in the slot leaves the old one at work.
 */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private final Slot slot;
    private final Env env;
    private final Providers providers;
    private final Consumer<String> leaks;
    private final long requested = System.nanoTime();

    /** The longest gap of a source's streams, when its first blocks are there. */
    private CompletableFuture<Long> gap = CompletableFuture.completedFuture(0L);

    /** Whether the slot ran when the swap began, i.e. whether the successor is to run. */
    private boolean ran;

    /** @param leaks told what the old one left behind */
    Swap(Slot slot, Consumer<String> leaks) {
        this.slot = slot;
        this.env = slot.env();
        this.providers = env.providers();
        this.leaks = leaks;
    }

    /**
     * Carries it out. Thread: one that may wait.
     *
     * @param jar the jar; null for the version on offer
     */
    SwapReport run(Path jar) {
        String name = slot.spec().slot();
        if (slot.state() == State.CREATED || slot.state() == State.CLOSED || slot.wiring() == null) {
            throw new HostException("slot " + name + " is " + slot.state() + "; only a prepared slot can be swapped");
        }
        List<Provider> installed = jar == null ? List.of() : providers.installBeside(jar);
        Provider old = slot.provider();
        try {
            Provider next = choose(installed, jar);
            check(old, next);
            SwapReport report = exchange(old, next);
            if (old != next) {
                providers.retire(old, next);
            }
            return report;
        } catch (RuntimeException e) {
            providers.discard(installed);
            throw e instanceof HostException h ? h : new HostException("the swap of slot " + name + " failed: " + e, e);
        }
    }

    private Provider choose(List<Provider> installed, Path jar) {
        String id = slot.spec().plugin();
        if (jar == null) {
            return providers
                    .provider(id)
                    .orElseThrow(() -> new HostException("no version of plug-in '" + id + "' is installed"));
        }
        return installed.stream()
                .filter(p -> p.info().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new HostException(jar.getFileName() + " provides "
                        + installed.stream().map(p -> p.info().id()).toList() + " but slot "
                        + slot.spec().slot() + " holds '" + id + "'; swap it with another version of that plug-in"));
    }

    /** What the session was planned with must still hold. */
    private void check(Provider old, Provider next) {
        String name = slot.spec().slot();
        if (old != null && old.info().kind() != next.info().kind()) {
            throw new HostException("slot " + name + " holds a " + old.info().kind() + "; version "
                    + next.info().version() + " is a " + next.info().kind());
        }
        PluginPorts ports = next.factory().ports(slot.course().parameters());
        List<String> inputs =
                ports.inputs().stream().map(PluginPorts.InputPort::name).toList();
        Map<String, Object> connected = new HashMap<>(slot.spec().streams());
        connected.putAll(slot.spec().features());
        for (String port : connected.keySet()) {
            if (!inputs.contains(port)) {
                throw new HostException("version " + next.info().version() + " of '"
                        + next.info().id() + "' has no input '" + port + "', which slot " + name + " connects");
            }
        }
        Occupant o = slot.router().occupant();
        if (o != null) {
            for (PluginPorts.FeatureInfo f :
                    o.provider().factory().ports(slot.course().parameters()).features()) {
                if (!ports.features().contains(f)) {
                    throw new HostException("version " + next.info().version() + " of '"
                            + next.info().id() + "' does not publish feature '" + f.name() + "' as the one in slot "
                            + name + " does");
                }
            }
        }
    }

    private SwapReport exchange(Provider old, Provider next) {
        Occupant before = slot.router().occupant();
        List<Thread> threads = LeakCheck.now(slot.group());
        AtomicBoolean switched = new AtomicBoolean();
        Occupant successor = slot.occupy(next, (o, why) -> {
            // Until it is in the slot its failure is the swap's affair alone.
            if (switched.get()) {
                slot.failed(o, why);
            }
        });
        boolean exclusive = next.exclusive() && before != null;
        boolean handedOver;
        try {
            if (!exclusive) {
                await(slot.ready(successor, Limits.SWAP_PREPARE), Limits.SWAP_PREPARE.plus(Limits.GRACE));
                sameStreams(before, successor);
            }
            Optional<HandOver> state = hold(before, next);
            try {
                if (exclusive) {
                    // One device, two instances: the old one has to let go of it first.
                    retire(before, threads);
                    await(slot.ready(successor, Limits.SWAP_PREPARE), Limits.SWAP_PREPARE.plus(Limits.GRACE));
                }
                handedOver = begin(successor, state);
                slot.taken(next);
                switched.set(true);
                slot.router().put(successor);
            } catch (RuntimeException e) {
                goOn(before, old, state, exclusive);
                throw e;
            }
        } catch (RuntimeException e) {
            successor.retire();
            throw new HostException(
                    "slot " + slot.spec().slot() + " was not swapped to version "
                            + next.info().version()
                            + (before == null ? ": " : "; the one at work goes on: ") + e.getMessage(),
                    e);
        }
        SwapReport report = report(old, next, handedOver, before == null);
        if (successor.failure() != null) {
            slot.failed(successor, successor.failure());
        }
        publish(report);
        if (before != null && !exclusive) {
            retire(before, threads);
        }
        return report;
    }

    /** Holds work back, stops the one at work at its boundary and takes its state. */
    private Optional<HandOver> hold(Occupant before, Provider next) {
        if (before == null) {
            slot.course().skip();
            ran = slot.course().due();
            slot.router().hold();
            return Optional.empty();
        }
        if (before.kind() == PluginKind.ACTUATOR) {
            slot.safeState(
                    Cause.REPLACED, "it was replaced by version " + next.info().version());
        }
        slot.router().hold();
        try {
            return on(before, Limits.DRAIN.plus(Limits.CALL), () -> {
                ran = before.running();
                slot.move(State.DRAINING, "swap to version " + next.info().version());
                before.running(false);
                if (before.kind() == PluginKind.SOURCE && ran) {
                    before.run("pause", () -> before.instance().pause());
                }
                return slot.course().started()
                        ? before.call(
                                "drain", Limits.DRAIN, () -> before.instance().drain(Deadline.in(Limits.DRAIN)))
                        : Optional.empty();
            });
        } catch (HostException e) {
            // It is FAILED now and out of the slot; the successor begins afresh.
            LOG.warn("slot {}: nothing was handed over: {}", slot.spec().slot(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Brings the successor to where the slot stands; whether it took the state over. */
    private boolean begin(Occupant successor, Optional<HandOver> state) {
        return on(successor, Limits.CALL.multipliedBy(6), () -> {
            Phase phase = slot.course().phase().orElse(null);
            boolean source = successor.kind() == PluginKind.SOURCE;
            if (!successor.parameters().equals(slot.course().parameters())) {
                successor.run(
                        "change",
                        () -> successor.instance().change(slot.course().parameters()));
            }
            if (phase != null && !source) {
                // The predecessor entered it already: what it published then must not be published twice.
                successor.outlet().mute();
                successor.run("enterPhase", () -> successor.instance().enterPhase(phase));
                successor.outlet().shut();
            }
            boolean taken = state.isPresent()
                    && successor.call(
                            "takeOver", Limits.CALL, () -> successor.instance().takeOver(state.get()));
            String why = "";
            if (slot.course().started()) {
                if (source) {
                    gap = successor.outlet().markGaps();
                }
                successor.outlet().open();
                successor.run("start", () -> successor.instance().start());
                if (phase != null && source) {
                    Phase now = resumed(phase);
                    successor.run("enterPhase", () -> successor.instance().enterPhase(now));
                }
                if (ran && successor.kind() == PluginKind.INTERVENTION && !taken) {
                    ran = false;
                    slot.course().pausedByRequest(true);
                    why = "the new version did not take the state over and begins afresh; resume it to go on";
                } else if (!ran) {
                    why = "paused as before the swap";
                }
                if (!ran) {
                    successor.run("pause", () -> successor.instance().pause());
                }
                successor.running(ran);
            }
            State to = !slot.course().started() ? State.PREPARED : ran ? State.RUNNING : State.PAUSED;
            slot.taken(successor.provider());
            slot.move(to, why);
            return taken;
        });
    }

    /** A source goes on where it stopped, but not in the past: its times are anchored at the swap. */
    private Phase resumed(Phase p) {
        long start = Math.max(p.startNanos(), env.time().nowNanos());
        OptionalLong end = p.endNanos();
        return new Phase(p.id(), p.index(), p.repetition(), start, end, p.active(), p.parameters(), p.triggers());
    }

    /** The swap failed: the one at work goes on with what was held back. */
    private void goOn(Occupant before, Provider old, Optional<HandOver> state, boolean closed) {
        if (before == null || (before.failure() != null && !closed)) {
            slot.router().put(null);
            return;
        }
        slot.taken(old);
        if (!closed) {
            before.lane()
                    .enqueue(() -> Occupant.attempt(() -> {
                        if (slot.course().started() && ran) {
                            before.run("resume", () -> before.instance().resume());
                            before.running(true);
                        }
                        slot.move(!slot.course().started() ? State.PREPARED : ran ? State.RUNNING : State.PAUSED, "");
                    }));
            slot.router().put(before);
            return;
        }
        Occupant again = slot.occupy(old, slot::failed);
        try {
            await(slot.ready(again, Limits.SWAP_PREPARE), Limits.SWAP_PREPARE.plus(Limits.GRACE));
            begin(again, state);
            slot.router().put(again);
        } catch (RuntimeException e) {
            slot.router().put(null);
            again.retire();
            slot.move(State.FAILED, "after a failed swap the old version could not go on: " + e.getMessage());
        }
    }

    private void sameStreams(Occupant before, Occupant successor) {
        if (before != null) {
            List<StreamInfo> was = before.streams();
            List<StreamInfo> is = successor.streams();
            if (!was.isEmpty() && !was.equals(is)) {
                throw new HostException("it delivers " + is + " instead of " + was);
            }
        }
    }

    private SwapReport report(Provider old, Provider next, boolean handedOver, boolean wasEmpty) {
        long took = System.nanoTime() - requested;
        long now = env.time().nowNanos();
        long gapNanos = wasEmpty ? Math.max(0, now - slot.lostAtNanos()) : 0;
        if (next.info().kind() == PluginKind.SOURCE && slot.course().started() && ran) {
            Collection<Long> ends = slot.ends().values();
            try {
                gapNanos = ends.isEmpty() ? 0 : await(gap, Limits.FIRST_BLOCK);
            } catch (HostException e) {
                // No block yet: at least so long.
                gapNanos = ends.stream().mapToLong(end -> now - end).max().orElse(0);
            }
        }
        return new SwapReport(
                slot.spec().slot(),
                next.info().id(),
                old == null ? "" : old.info().version(),
                next.info().version(),
                old == null ? "" : old.info().sha256(),
                next.info().sha256(),
                handedOver,
                gapNanos,
                took);
    }

    private void publish(SwapReport r) {
        Map<String, Object> attributes = Map.of(
                "slot", r.slot(),
                "plugin", r.plugin(),
                "fromVersion", r.fromVersion(),
                "toVersion", r.toVersion(),
                "fromSha256", r.fromSha256(),
                "toSha256", r.toSha256(),
                "handedOver", r.handedOver(),
                "gapNanos", r.gapNanos(),
                "tookNanos", r.tookNanos());
        env.publish(
                env.topic(Kind.EVENT, r.slot(), "swap"),
                new Payload.Document("swap", env.time().nowNanos(), attributes),
                0);
    }

    private void retire(Occupant before, List<Thread> threads) {
        try {
            await(before.retire(), Limits.CLOSE.plus(Limits.GRACE).plus(Limits.GRACE));
        } catch (HostException e) {
            LOG.error(
                    "the replaced instance of slot {} did not close in time",
                    slot.spec().slot());
        }
        for (Thread t : threads) {
            if (LeakCheck.stays(t)) {
                leaks.accept("thread '" + t.getName() + "' of "
                        + before.provider().info().id() + " "
                        + before.provider().info().version() + " in slot "
                        + slot.spec().slot() + " was left after close");
            }
        }
    }

    /** Does something on a lane and waits for it. */
    private <T> T on(Occupant o, Duration limit, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        o.lane().enqueue(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        o.lane()
                .ended()
                .whenComplete((v, e) -> done.completeExceptionally(
                        new HostException(o.failure() == null ? "the lane has ended" : o.failure())));
        return await(done, limit.plus(Limits.REQUEST));
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("the swap was interrupted", e);
        } catch (TimeoutException e) {
            throw new HostException("it took longer than " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof HostException h ? h : new HostException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
