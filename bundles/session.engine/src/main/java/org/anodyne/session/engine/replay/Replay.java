package org.anodyne.session.engine.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SlotHost;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.engine.feed.ExternalFactory;
import org.anodyne.session.engine.plan.PlanDocument.PlannedPhase;
import org.anodyne.session.engine.plan.PlanDocument.PlannedSlot;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.replay.Recorded.Fed;
import org.anodyne.session.engine.replay.Recorded.Output;
import org.anodyne.session.engine.replay.Recorded.PhaseStart;
import org.anodyne.session.engine.time.VirtualTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a record: what came from outside is published again, in virtual time and under a session id of the replay; the
 * installed processors, interventions and instruments compute anew. Actuators are left alone; the record answers for
 * them. Thread: the caller's, which it keeps until the record is played.
 */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int STUCK_SECONDS = 90;
    private static final Duration LAG = Duration.ofMillis(250);

    /** What the last input leads to is let through. */
    private static final long SETTLE_NANOS = 2_000_000_000L;

    private final MessageBus bus;
    private final PluginRegistry registry;
    private final Recorded recorded;
    private final String id;
    private final VirtualTime time;
    private final SessionSlots slots;
    private final Map<String, Map<String, List<Output>>> outputs = new HashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong steps = new AtomicLong();

    Replay(MessageBus bus, SlotHost host, PluginRegistry registry, Recorded recorded, String id) {
        this.bus = bus;
        this.registry = registry;
        this.recorded = recorded;
        this.id = id;
        this.time = new VirtualTime(bus.inFlight(), Double.POSITIVE_INFINITY, p -> LOG.warn("Replay: {}", p));
        checkPlugins();
        this.slots = host.open(id, time);
    }

    /**
     * Plays it to the end.
     *
     * @return what the plug-ins made of it now, by slot and topic
     * @throws RecordException when it could not be played to the end
     * @throws ProtocolException when a plug-in is not installed
     */
    Map<String, Map<String, List<Output>>> play() {
        List<Subscription> subscriptions = new ArrayList<>();
        try {
            String base = "anodyne/1/" + bus.site() + "/" + id + "/";
            subscriptions.add(wait(bus.subscribe(base + "sample/#", this::take), "the bus"));
            subscriptions.add(wait(bus.subscribe(base + "feature/#", this::take), "the bus"));
            subscriptions.add(wait(bus.subscribe(base + "event/+/decision", this::take), "the bus"));
            List<PlannedSlot> order = recorded.replayed();
            for (PlannedSlot slot : order) {
                prepare(slot);
            }
            List<PlannedSlot> backwards = new ArrayList<>(order);
            Collections.reverse(backwards);
            for (PlannedSlot slot : backwards) {
                wait(slots.start(slot.spec().slot()), "slot '" + slot.spec().slot() + "'");
            }
            order.forEach(this::announce);
            recorded.lostNanos().forEach((slot, at) -> time.at(at, () -> slots.pause(slot)));
            time.at(Math.max(recorded.endNanos(), lastAnswerNanos()) + SETTLE_NANOS, over::countDown);
            feed(0);
            time.begin();
            awaitEnd();
            synchronized (outputs) {
                return new LinkedHashMap<>(outputs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordException("the replay was interrupted", e);
        } finally {
            subscriptions.forEach(Subscription::close);
            time.close();
            slots.close();
        }
    }

    /** What is asked at the end of the last phase is answered after it. */
    private long lastAnswerNanos() {
        return recorded.fed().stream()
                .filter(f -> f.payload() instanceof Payload.Document)
                .mapToLong(Fed::nanos)
                .max()
                .orElse(0);
    }

    private void checkPlugins() {
        List<Fault> faults = new ArrayList<>();
        for (PlannedSlot slot : recorded.replayed()) {
            boolean source = slot.kind().equals(PluginKind.SOURCE.name());
            if (!source && registry.find(slot.spec().plugin()).isEmpty()) {
                faults.add(new Fault(
                        0,
                        "slots." + slot.spec().slot(),
                        "the record was made with plug-in '" + slot.spec().plugin() + "' " + slot.version()
                                + ", which is not installed; install it to replay"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProtocolException(faults);
        }
    }

    private void prepare(PlannedSlot slot) throws InterruptedException {
        SlotSpec spec = slot.kind().equals(PluginKind.SOURCE.name()) ? standIn(slot.spec()) : slot.spec();
        String what = "slot '" + spec.slot() + "' (" + spec.plugin() + ")";
        SlotStatus status = wait(slots.prepare(spec, STEP), what);
        if (status.state() == SlotStatus.State.FAILED) {
            throw new RecordException(what + " could not be prepared for the replay: " + status.reason());
        }
    }

    /** In the place of a source stands one that declares the recorded streams; the record's blocks are published here. */
    private SlotSpec standIn(SlotSpec spec) {
        List<Object> streams = new ArrayList<>();
        for (StreamInfo s : recorded.streams()) {
            if (s.slot().equals(spec.slot())) {
                List<Object> channels = new ArrayList<>();
                s.channels().forEach(c -> channels.add(Map.of("label", c.label(), "unit", c.unit())));
                streams.add(Map.of(
                        "name",
                        s.name(),
                        "type",
                        s.type(),
                        "rate",
                        s.rateHz(),
                        "synthetic",
                        s.synthetic(),
                        "channels",
                        channels));
            }
        }
        Object features =
                spec.plugin().equals(ExternalFactory.ID) ? spec.parameters().list("features") : List.of();
        return new SlotSpec(
                spec.slot(),
                ExternalFactory.ID,
                new Parameters(Map.of("streams", streams, "features", features)),
                Map.of(),
                Map.of(),
                Optional.empty(),
                spec.seed());
    }

    private void announce(PlannedSlot slot) {
        String name = slot.spec().slot();
        boolean source = slot.kind().equals(PluginKind.SOURCE.name());
        Duration lag = source ? Duration.ZERO : LAG;
        for (PhaseStart start : recorded.phases()) {
            PlannedPhase plan = recorded.plan().phases().get(start.id());
            if (plan == null) {
                throw new RecordException("the record's plan does not know the phase '" + start.id() + "'");
            }
            slots.announce(
                    name,
                    new Phase(
                            start.id(),
                            start.index(),
                            start.repetition(),
                            start.startNanos(),
                            OptionalLong.empty(),
                            plan.slots().contains(name),
                            plan.parameters().getOrDefault(name, Map.of()),
                            plan.triggers().getOrDefault(name, List.of())),
                    lag);
        }
        if (recorded.whole()) {
            boolean active = slot.kind().equals(PluginKind.OUTCOME.name());
            slots.announce(
                    name,
                    new Phase(
                            Timeline.AFTER,
                            recorded.phases().size(),
                            0,
                            recorded.endNanos(),
                            OptionalLong.empty(),
                            active,
                            Map.of(),
                            List.of()),
                    lag);
        }
    }

    /** Publishes what was there at one instant; each instant ends before the next is begun. */
    private void feed(int from) {
        if (from >= recorded.fed().size()) {
            return;
        }
        long nanos = recorded.fed().get(from).nanos();
        time.at(nanos, () -> {
            int next = from;
            while (next < recorded.fed().size() && recorded.fed().get(next).nanos() == nanos) {
                give(recorded.fed().get(next++));
            }
            steps.incrementAndGet();
            feed(next);
        });
    }

    private void give(Fed fed) {
        Topic t = fed.topic();
        if (fed.payload() instanceof Payload.Document answer && !answer.type().equals(ActivityAnswer.TYPE)) {
            Object item = answer.attributes().get("item");
            Object value = answer.attributes().get("value");
            if (item instanceof String text && value instanceof Number number) {
                slots.instrument(t.slot()).ifPresent(i -> i.answer(text, number.doubleValue(), fed.nanos()));
            } else if (item instanceof String text && answer.attributes().get("text") instanceof String words) {
                slots.instrument(t.slot()).ifPresent(i -> i.answer(text, words, fed.nanos()));
            } else if (item instanceof String text) {
                slots.instrument(t.slot()).ifPresent(i -> i.missed(text, fed.nanos()));
            }
            return;
        }
        bus.publish(Topic.of(bus.site(), id, t.kind(), t.slot(), t.name()), fed.payload(), 0);
    }

    private void take(Message m) {
        Output output;
        if (m.payload() instanceof Payload.FeatureValue f) {
            output =
                    new Output(m.topic().slot(), f.feature().name(), f.feature().timeNanos(), f);
        } else if (m.payload() instanceof Payload.Document d) {
            output = new Output(m.topic().slot(), "decision", d.timeNanos(), d);
        } else if (m.payload() instanceof Payload.Samples s
                && !recorded.source(m.topic().slot())) {
            output = Output.of(m.topic().slot(), s.block());
        } else {
            return;
        }
        synchronized (outputs) {
            outputs.computeIfAbsent(output.slot(), s -> new LinkedHashMap<>())
                    .computeIfAbsent(output.name(), n -> new ArrayList<>())
                    .add(output);
        }
    }

    private void awaitEnd() throws InterruptedException {
        long last = -1;
        int still = 0;
        while (!over.await(1, TimeUnit.SECONDS)) {
            long now = steps.get();
            still = now == last ? still + 1 : 0;
            last = now;
            if (still > STUCK_SECONDS) {
                throw new RecordException("the replay does not get beyond " + time.nowNanos() / 1e9
                        + " s of session time; something is under way there that does not end");
            }
        }
        bus.inFlight().awaitNone(STEP);
    }

    private static <T> T wait(CompletionStage<T> stage, String what) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(STEP.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new RecordException(
                    what + " failed in the replay: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new RecordException(what + " did not answer in time in the replay", e);
        }
    }
}
