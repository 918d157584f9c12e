package org.anodyne.session.engine.fake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.anodyne.host.SessionTime;
import org.anodyne.host.SlotHost;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.signal.StreamInfo;

/** A host just good enough to run fake plug-ins in data time over a {@link FakeBus}. */
public final class FakeHost implements SlotHost {
    private final MessageBus bus;
    private final FakeRegistry registry;
    public final List<Opened> opened = new CopyOnWriteArrayList<>();

    /** Why the gate would let nothing pass to an actuator, by slot. */
    public final Map<String, String> objections = new ConcurrentHashMap<>();

    public FakeHost(MessageBus bus, FakeRegistry registry) {
        this.bus = bus;
        this.registry = registry;
    }

    @Override
    public SessionSlots open(SessionInfo info, SessionTime time) {
        Opened o = new Opened(info.session(), time);
        opened.add(o);
        return o;
    }

    /** The slots of the session that was opened last. */
    public Opened last() {
        return opened.get(opened.size() - 1);
    }

    /** The slots of one session. */
    public final class Opened implements SessionSlots {
        private final String session;
        private final SessionTime time;
        private final Map<String, FakeSlot> slots = Collections.synchronizedMap(new TreeMap<>());
        final Map<String, String> objections = FakeHost.this.objections;
        private final List<Consumer<SlotStatus>> listeners = new CopyOnWriteArrayList<>();

        /** What was asked of the host besides announcing, in order: {@code arm tens}, {@code safe …}. */
        public final List<String> calls = new CopyOnWriteArrayList<>();

        private Opened(String session, SessionTime time) {
            this.session = session;
            this.time = time;
        }

        public FakeSlot slot(String name) {
            return slots.get(name);
        }

        private final List<Consumer<Disarmed>> safety = new CopyOnWriteArrayList<>();

        /** What the host tells of an actuator that was armed; as the real one, before anything that follows from it. */
        private void disarm(Disarmed.Cause cause, String reason) {
            slots.forEach((name, slot) -> {
                if (slot.safe()) {
                    safety.forEach(l -> l.accept(new Disarmed(name, cause, reason)));
                }
            });
        }

        /** The bus has been away for longer than the host waits. */
        public void lease() {
            disarm(Disarmed.Cause.BUS_AWAY, "the bus was away for more than 500 ms");
        }

        void changed(SlotStatus status) {
            listeners.forEach(l -> l.accept(status));
        }

        @Override
        public CompletionStage<SlotStatus> prepare(SlotSpec spec, Duration deadline) {
            FakeSlot slot = new FakeSlot(
                    bus, session, time, spec, registry.find(spec.plugin()).orElseThrow(), this);
            slots.put(spec.slot(), slot);
            return slot.prepare();
        }

        @Override
        public CompletionStage<SlotStatus> start(String slot) {
            return slots.get(slot).start();
        }

        @Override
        public CompletionStage<SlotStatus> pause(String slot) {
            calls.add("pause " + slot);
            return slots.get(slot).pause();
        }

        @Override
        public CompletionStage<SlotStatus> resume(String slot) {
            calls.add("resume " + slot);
            return slots.get(slot).resume();
        }

        @Override
        public void announce(String slot, Phase phase, Duration lag) {
            slots.get(slot).announce(phase, lag);
        }

        @Override
        public CompletionStage<SlotStatus> change(String slot, Parameters parameters) {
            return CompletableFuture.failedStage(new HostException("not here"));
        }

        @Override
        public CompletionStage<SlotStatus> arm(String slot) {
            calls.add("arm " + slot);
            return slots.get(slot).arm();
        }

        @Override
        public void heartbeat(String stale) {}

        @Override
        public void safeState(String reason) {
            calls.add("safe " + reason);
            disarm(Disarmed.Cause.ORDERED, reason);
        }

        @Override
        public CompletionStage<SwapReport> swap(String slot, Path jar) {
            FakeSlot s = slots.get(slot);
            if (s.safe()) {
                safety.forEach(
                        l -> l.accept(new Disarmed(slot, Disarmed.Cause.REPLACED, "it was replaced by version 1.0.1")));
            }
            s.filled();
            return CompletableFuture.completedFuture(
                    new SwapReport(slot, s.spec.plugin(), "1.0.0", "1.0.1", "", "", false, 0, 1_000_000));
        }

        /** The plug-in of a slot dies. */
        public void lose(String slot) {
            disarm(Disarmed.Cause.SLOT_LOST, "plug-in " + slots.get(slot).spec.plugin() + " was taken away");
            slots.get(slot).lose("its bundle was stopped");
        }

        @Override
        public Map<String, SlotStatus> status() {
            Map<String, SlotStatus> status = new TreeMap<>();
            synchronized (slots) {
                slots.forEach((k, v) -> status.put(k, v.status()));
            }
            return status;
        }

        @Override
        public CompletionStage<SlotStatus> recentre(String slot) {
            calls.add("recentre " + slot);
            return CompletableFuture.completedFuture(status().get(slot));
        }

        @Override
        public CompletionStage<SlotStatus> tell(String slot, String text, Duration time) {
            calls.add("tell " + slot + " " + time.toMillis() + " " + text);
            return CompletableFuture.completedFuture(status().get(slot));
        }

        @Override
        public void release() {
            calls.add("release");
        }

        @Override
        public List<StreamInfo> streams(String slot) {
            FakeSlot s = slots.get(slot);
            return s == null ? List.of() : s.streams();
        }

        @Override
        public Optional<OutcomeInstrument> instrument(String slot) {
            FakeSlot s = slots.get(slot);
            return s != null && s.instance() instanceof OutcomeInstrument i ? Optional.of(i) : Optional.empty();
        }

        @Override
        public Subscription onChange(Consumer<SlotStatus> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public Subscription onDisarmed(Consumer<Disarmed> listener) {
            safety.add(listener);
            return () -> safety.remove(listener);
        }

        @Override
        public void close() {
            calls.add("close");
            new ArrayList<>(slots.values()).forEach(FakeSlot::close);
        }

        @Override
        public List<String> leaks() {
            return List.of();
        }
    }
}
