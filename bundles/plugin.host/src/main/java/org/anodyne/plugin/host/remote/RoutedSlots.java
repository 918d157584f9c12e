package org.anodyne.plugin.host.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.Disarmed;
import org.anodyne.host.HostException;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.StreamInfo;

/** A session's slots, some of them in device hosts. */
public final class RoutedSlots implements SessionSlots {
    private final MessageBus bus;
    private final SessionInfo info;
    private final boolean virtual;
    private final SessionSlots here;
    private final Map<String, RemoteHost> hosts = new ConcurrentHashMap<>();
    private final Map<String, RemoteHost> slots = new ConcurrentHashMap<>();
    private final List<Consumer<SlotStatus>> changes = new CopyOnWriteArrayList<>();
    private final List<Consumer<Disarmed>> disarmed = new CopyOnWriteArrayList<>();

    /** @param here the slots of this process */
    public RoutedSlots(MessageBus bus, SessionInfo info, boolean virtual, SessionSlots here) {
        this.bus = bus;
        this.info = info;
        this.virtual = virtual;
        this.here = here;
    }

    @Override
    public CompletionStage<SlotStatus> prepare(SlotSpec spec, Duration deadline) {
        if (spec.host().isEmpty()) {
            return here.prepare(spec, deadline);
        }
        if (virtual) {
            return CompletableFuture.failedFuture(new HostException("slot " + spec.slot()
                    + " is in a device host, which only runs at speed 1; start the session with speed 1"));
        }
        RemoteHost host =
                hosts.computeIfAbsent(spec.host(), name -> new RemoteHost(bus, info, name, changes, disarmed));
        slots.put(spec.slot(), host);
        return host.prepare(spec);
    }

    @Override
    public CompletionStage<SlotStatus> start(String slot) {
        RemoteHost remote = slots.get(slot);
        return remote == null ? here.start(slot) : remote.ask("start", slot);
    }

    @Override
    public CompletionStage<SlotStatus> pause(String slot) {
        RemoteHost remote = slots.get(slot);
        return remote == null ? here.pause(slot) : remote.ask("pause", slot);
    }

    @Override
    public CompletionStage<SlotStatus> resume(String slot) {
        RemoteHost remote = slots.get(slot);
        return remote == null ? here.resume(slot) : remote.ask("resume", slot);
    }

    @Override
    public void announce(String slot, Phase phase, Duration lag) {
        RemoteHost remote = slots.get(slot);
        if (remote == null) {
            here.announce(slot, phase, lag);
        } else {
            remote.announce(slot, phase, lag);
        }
    }

    @Override
    public CompletionStage<SlotStatus> change(String slot, Parameters parameters) {
        RemoteHost remote = slots.get(slot);
        return remote == null ? here.change(slot, parameters) : remote.change(slot, parameters);
    }

    @Override
    public CompletionStage<SlotStatus> arm(String slot) {
        RemoteHost remote = slots.get(slot);
        return remote == null ? here.arm(slot) : remote.ask("arm", slot);
    }

    @Override
    public void heartbeat(String stale) {
        here.heartbeat(stale); // over the bus, where all hear it
    }

    @Override
    public void safeState(String reason) {
        here.safeState(reason);
        hosts.values().forEach(h -> h.safeState(reason));
    }

    @Override
    public CompletionStage<SwapReport> swap(String slot, Path jar) {
        return slots.containsKey(slot)
                ? CompletableFuture.failedFuture(new HostException("slot " + slot
                        + " is in a device host; a plug-in there cannot be replaced while the session runs"))
                : here.swap(slot, jar);
    }

    @Override
    public CompletionStage<SlotStatus> recentre(String slot) {
        return slots.containsKey(slot) ? notHere(slot) : here.recentre(slot);
    }

    @Override
    public CompletionStage<SlotStatus> tell(String slot, String text, Duration time) {
        return slots.containsKey(slot) ? notHere(slot) : here.tell(slot, text, time);
    }

    private static CompletionStage<SlotStatus> notHere(String slot) {
        return CompletableFuture.failedFuture(
                new HostException("slot " + slot + " is in a device host; a display has to be in the platform itself"));
    }

    @Override
    public void release() {
        here.release();
    }

    @Override
    public Map<String, SlotStatus> status() {
        Map<String, SlotStatus> all = new HashMap<>(here.status());
        hosts.values().forEach(h -> all.putAll(h.status()));
        return all;
    }

    @Override
    public List<StreamInfo> streams(String slot) {
        return slots.containsKey(slot) ? List.of() : here.streams(slot);
    }

    @Override
    public Optional<OutcomeInstrument> instrument(String slot) {
        return here.instrument(slot);
    }

    @Override
    public Subscription onChange(Consumer<SlotStatus> listener) {
        changes.add(listener);
        Subscription local = here.onChange(listener);
        return () -> {
            changes.remove(listener);
            local.close();
        };
    }

    @Override
    public Subscription onDisarmed(Consumer<Disarmed> listener) {
        disarmed.add(listener);
        Subscription local = here.onDisarmed(listener);
        return () -> {
            disarmed.remove(listener);
            local.close();
        };
    }

    @Override
    public void close() {
        hosts.values().forEach(RemoteHost::close);
        here.close();
    }

    @Override
    public List<String> leaks() {
        return here.leaks();
    }
}
