package org.anodyne.session.engine.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.SessionTime;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.SessionClock;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityGuide;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.session.engine.run.Lane;

/** One slot of a {@link FakeHost}. */
public final class FakeSlot implements PluginContext, Outlet {
    public final SlotSpec spec;
    private final MessageBus bus;
    private final String session;
    private final SessionTime time;
    private final InstalledPlugin plugin;
    private final FakeHost.Opened host;
    private final Lane lane;
    private final List<MessageBus.Subscription> subscriptions = new ArrayList<>();
    private final List<Phase> pending = new ArrayList<>();
    private PluginInstance instance;
    private Phase current;
    private boolean requestedPause;
    private final AtomicInteger orders = new AtomicInteger();
    private volatile boolean armed;
    private volatile State state = State.CREATED;

    /** Runs a task of the instance at a session time; how fake plug-ins keep time. */
    public void at(long nanos, Runnable task) {
        time.at(nanos, () -> lane.execute(task));
    }

    FakeSlot(
            MessageBus bus,
            String session,
            SessionTime time,
            SlotSpec spec,
            InstalledPlugin plugin,
            FakeHost.Opened host) {
        this.bus = bus;
        this.session = session;
        this.time = time;
        this.spec = spec;
        this.plugin = plugin;
        this.host = host;
        this.lane = new Lane("fake-" + spec.slot(), bus.inFlight());
    }

    CompletionStage<SlotStatus> prepare() {
        CompletableFuture<SlotStatus> done = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                instance = plugin.factory().create(this);
                instance.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(5)));
                wire();
                String objection = host.objections.getOrDefault(spec.slot(), "");
                move(State.PREPARED, objection);
                done.complete(new SlotStatus(spec.slot(), plugin.id(), plugin.version(), State.PREPARED, objection));
            } catch (Exception e) {
                move(State.FAILED, e.getMessage());
                done.completeExceptionally(new org.anodyne.host.HostException(e.getMessage(), e));
            }
        });
        return done;
    }

    private void wire() {
        String base = "anodyne/1/" + bus.site() + "/" + session + "/";
        spec.streams()
                .forEach((port, refs) -> refs.forEach(r -> listen(
                        base + "sample/" + r.slot() + "/" + (r.stream().isEmpty() ? "+" : r.stream()),
                        m -> input(port, m))));
        for (Map.Entry<String, List<FeatureRef>> e : spec.features().entrySet()) {
            e.getValue()
                    .forEach(r -> listen(base + "feature/" + r.slot() + "/" + r.feature(), m -> input(e.getKey(), m)));
        }
        if (instance instanceof ActivityGuide guide) {
            listen(base + "event/" + spec.slot() + "/" + ActivityAnswer.TYPE, m -> {
                Payload.Document d = (Payload.Document) m.payload();
                guide.answered(ActivityAnswer.of(new Event(d.type(), d.timeNanos(), d.attributes())));
            });
        }
        if (instance instanceof Actuator) {
            listen(base + "command/" + spec.slot(), this::command);
        }
    }

    private void listen(String filter, java.util.function.Consumer<Message> handler) {
        subscriptions.add(bus.subscribe(filter, m -> lane.execute(() -> handler.accept(m)))
                .toCompletableFuture()
                .join());
    }

    private void input(String port, Message m) {
        long complete = m.payload() instanceof Payload.Samples s
                ? s.block().endNanos()
                : ((Payload.FeatureValue) m.payload()).feature().timeNanos();
        while (!pending.isEmpty() && pending.get(0).startNanos() < complete) {
            enter(pending.get(0));
        }
        if (state != State.RUNNING) {
            return;
        }
        if (m.payload() instanceof Payload.Samples s) {
            ((SignalProcessor) instance).samples(port, s.block());
        } else if (m.payload() instanceof Payload.FeatureValue f) {
            FeatureInput input = new FeatureInput(m.topic().slot(), f.feature());
            if (instance instanceof Intervention i) {
                i.feature(port, input);
            } else {
                ((SignalProcessor) instance).feature(port, input);
            }
        }
    }

    private void command(Message m) {
        Command c = ((Payload.Request) m.payload()).command();
        if (armed && state == State.RUNNING) {
            bus.publish(topic(Topic.Kind.ACK, ""), new Payload.Reply(((Actuator) instance).execute(c)), 0);
        }
    }

    void announce(Phase phase, Duration lag) {
        lane.execute(() -> pending.add(phase));
        at(phase.startNanos() + lag.toNanos(), () -> {
            while (pending.contains(phase)) {
                enter(pending.get(0));
            }
        });
    }

    private void enter(Phase phase) {
        pending.remove(phase);
        if (current != null && instance instanceof SignalProcessor p) {
            p.endPhase(current);
        }
        current = phase;
        boolean runs = phase.active() && !requestedPause && gone();
        if (state == State.RUNNING && !runs) {
            instance.pause();
            move(State.PAUSED, "");
        } else if (state == State.PAUSED && runs) {
            move(State.RUNNING, "");
        }
        instance.enterPhase(phase);
    }

    private boolean gone() {
        return state != State.LOST && state != State.FAILED;
    }

    CompletionStage<SlotStatus> start() {
        return task(() -> move(State.RUNNING, ""));
    }

    CompletionStage<SlotStatus> pause() {
        return task(() -> {
            requestedPause = true;
            if (state == State.RUNNING) {
                instance.pause();
                move(State.PAUSED, "");
            }
        });
    }

    CompletionStage<SlotStatus> resume() {
        return task(() -> {
            requestedPause = false;
            if (state == State.PAUSED && (current == null || current.active())) {
                move(State.RUNNING, "");
                try {
                    instance.resume();
                } catch (org.anodyne.plugin.PluginException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    /** What was told to be safe since it was asked to arm is not armed. */
    CompletionStage<SlotStatus> arm() {
        int then = orders.get();
        String objection = host.objections.getOrDefault(spec.slot(), "");
        if (!objection.isEmpty()) {
            return CompletableFuture.failedStage(
                    new org.anodyne.host.HostException("slot " + spec.slot() + " was not armed: " + objection));
        }
        return task(() -> armed = orders.get() == then);
    }

    /** Whether it was armed. */
    boolean safe() {
        orders.incrementAndGet();
        boolean was = armed;
        armed = false;
        return was;
    }

    /** A swap fills the slot again, with no more in it than before. */
    void filled() {
        lane.execute(() -> {
            if (!gone()) {
                move(State.RUNNING, "");
            }
        });
    }

    public boolean armed() {
        return armed;
    }

    void lose(String reason) {
        lane.execute(() -> {
            armed = false;
            instance.close();
            subscriptions.forEach(MessageBus.Subscription::close);
            move(State.LOST, reason);
        });
    }

    private CompletionStage<SlotStatus> task(Runnable body) {
        CompletableFuture<SlotStatus> done = new CompletableFuture<>();
        lane.execute(() -> {
            if (gone()) {
                body.run();
                done.complete(status());
            } else {
                done.completeExceptionally(new org.anodyne.host.HostException("slot " + spec.slot() + " is lost"));
            }
        });
        return done;
    }

    private void move(State to, String reason) {
        state = to;
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("plugin", plugin.id());
        attributes.put("version", plugin.version());
        attributes.put("state", to.name());
        attributes.put("reason", reason == null ? "" : reason);
        bus.publish(topic(Topic.Kind.STATE, ""), new Payload.Document("state", time.nowNanos(), attributes), 0);
        host.changed(new SlotStatus(spec.slot(), plugin.id(), plugin.version(), to, reason == null ? "" : reason));
    }

    SlotStatus status() {
        String reason = state == State.PREPARED ? host.objections.getOrDefault(spec.slot(), "") : "";
        return new SlotStatus(spec.slot(), plugin.id(), plugin.version(), state, reason);
    }

    PluginInstance instance() {
        return instance;
    }

    List<StreamInfo> streams() {
        return instance instanceof SignalSource s ? s.streams() : List.of();
    }

    void close() {
        subscriptions.forEach(MessageBus.Subscription::close);
        if (instance != null) {
            instance.close();
        }
        lane.close();
    }

    private Topic topic(Topic.Kind kind, String name) {
        return Topic.of(bus.site(), session, kind, spec.slot(), name);
    }

    @Override
    public String slot() {
        return spec.slot();
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public Parameters parameters() {
        return spec.parameters();
    }

    @Override
    public Optional<String> input() {
        return spec.input();
    }

    @Override
    public SessionClock clock() {
        return time;
    }

    @Override
    public ScheduledExecutorService executor() {
        throw new UnsupportedOperationException("fake plug-ins use at()");
    }

    @Override
    public RandomGenerator random() {
        return new java.util.SplittableRandom(spec.seed());
    }

    @Override
    public Outlet outlet() {
        return this;
    }

    @Override
    public void samples(SampleBlock block) {
        bus.publish(topic(Topic.Kind.SAMPLE, block.stream()), new Payload.Samples(block), 0);
    }

    @Override
    public void feature(Feature feature) {
        bus.publish(topic(Topic.Kind.FEATURE, feature.name()), new Payload.FeatureValue(feature), 0);
    }

    @Override
    public void decision(Decision d) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("trigger", d.trigger());
        attributes.put("measured", d.measured());
        attributes.put("threshold", d.threshold());
        attributes.put("verdict", d.verdict().name());
        attributes.put("phase", d.phase());
        attributes.put("command", d.commandId());
        bus.publish(
                topic(Topic.Kind.EVENT, "decision"), new Payload.Document("decision", d.timeNanos(), attributes), 0);
    }

    @Override
    public void command(Command command) {
        Topic topic = Topic.of(bus.site(), session, Topic.Kind.COMMAND, command.target(), "");
        bus.publish(topic, new Payload.Request(command), 0);
    }

    @Override
    public void mirror(MirrorPicture picture) {
        // Nobody looks.
    }

    @Override
    public void event(Event event) {
        Payload.Document document = new Payload.Document(event.type(), event.timeNanos(), event.attributes());
        bus.publish(topic(Topic.Kind.EVENT, event.type()), document, 0);
    }
}
