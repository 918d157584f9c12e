package org.anodyne.session.engine;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SafetyDesk;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SlotHost;
import org.anodyne.plugin.PluginKind;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.engine.plan.Chains;
import org.anodyne.session.engine.plan.PlanDocument;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.protocol.Choosing;
import org.anodyne.session.engine.protocol.FrozenModels;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.protocol.ProtocolReader;
import org.anodyne.session.engine.replay.Replayer;
import org.anodyne.session.engine.run.Groundwork;
import org.anodyne.session.engine.run.HeadsetLimit;
import org.anodyne.session.engine.run.LiveSession;
import org.anodyne.session.engine.run.RecollectionShelf;
import org.anodyne.session.engine.run.RecordKeeper;
import org.anodyne.session.engine.run.SimulatedParticipant;
import org.anodyne.session.engine.time.DrivenTime;
import org.anodyne.session.engine.time.RealTime;
import org.anodyne.session.engine.time.VirtualTime;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The service: one session at a time. Thread: any. */
@Component(service = SessionEngine.class)
public final class Engine implements SessionEngine {
    private static final Pattern PARTICIPANT = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final Duration END = Duration.ofSeconds(15);

    private final MessageBus bus;
    private final SlotHost host;
    private final PluginRegistry registry;
    private final ProtocolReader protocols;
    private final Replayer replayer;
    private final ControlDesk control;
    private final Optional<RecollectionShelf> recollections;
    private final List<Recorder> recorders = new ArrayList<>();

    /** Read without the lock: a request over the bus must not wait while a session is being opened. */
    private volatile Optional<LiveSession> running = Optional.empty();

    // guarded by this
    private Optional<RecordReader> reader = Optional.empty();
    private Optional<SafetyDesk> safety = Optional.empty();
    private String lastId = "";
    private int sameId;

    @Activate
    public Engine(
            BundleContext context,
            @Reference MessageBus bus,
            @Reference SlotHost host,
            @Reference PluginRegistry registry) {
        this(
                bus,
                host,
                registry,
                Optional.ofNullable(context.getProperty("anodyne.home"))
                        .map(home -> new RecollectionShelf(
                                Path.of(home).resolve("data").resolve("recollections"))));
    }

    /** Of a platform that keeps nothing for later visits. */
    Engine(MessageBus bus, SlotHost host, PluginRegistry registry) {
        this(bus, host, registry, Optional.empty());
    }

    /** @param recollections what participants wrote at earlier visits; absent where nothing is kept */
    Engine(MessageBus bus, SlotHost host, PluginRegistry registry, Optional<RecollectionShelf> recollections) {
        this.recollections = recollections;
        this.bus = bus;
        this.host = host;
        this.registry = registry;
        this.protocols = new ProtocolReader(registry);
        this.replayer = new Replayer(bus, host, registry);
        this.control = new ControlDesk(bus, this::live);
    }

    /** A session that still runs is ended; its record is sealed. */
    @Deactivate
    void deactivate() throws InterruptedException {
        control.close();
        Optional<LiveSession> session = live();
        if (session.isPresent()) {
            session.get().abort("the session engine is being stopped");
            session.get().await(END);
        }
        recollections.ifPresent(RecollectionShelf::close);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRecorder(Recorder recorder) {
        Optional<LiveSession> session;
        synchronized (this) {
            recorders.add(recorder);
            session = running;
        }
        session.ifPresent(s -> s.keeper().added(recorder));
    }

    void unbindRecorder(Recorder recorder) {
        Optional<LiveSession> session;
        synchronized (this) {
            recorders.remove(recorder);
            session = running;
        }
        session.ifPresent(s -> s.keeper().removed(recorder));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindReader(RecordReader service) {
        reader = Optional.of(service);
    }

    synchronized void unbindReader(RecordReader service) {
        if (reader.isPresent() && reader.get() == service) {
            reader = Optional.empty();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindSafety(SafetyDesk desk) {
        safety = Optional.of(desk);
    }

    synchronized void unbindSafety(SafetyDesk desk) {
        if (safety.isPresent() && safety.get() == desk) {
            safety = Optional.empty();
        }
    }

    @Override
    public List<Fault> check(Path protocol) {
        try {
            protocols.read(protocol, Map.of());
            return List.of();
        } catch (ProtocolException e) {
            return e.faults();
        }
    }

    @Override
    public Outline outline(Path file) {
        Protocol protocol = protocols.read(file, Map.of());
        Timeline timeline = Timeline.of(protocol);
        List<Place> slots = protocol.slots().values().stream()
                .map(s -> new Place(s.name(), s.plugin(), s.kind(), takesInput(s.kind())))
                .toList();
        List<Stretch> phases = timeline.phases().stream()
                .map(p -> new Stretch(
                        p.plan().id(),
                        p.index(),
                        p.repetition(),
                        Duration.ofNanos(p.plan()
                                .durationNanos()
                                .orElse(p.plan().atMostNanos().orElse(0))),
                        p.plan().durationNanos().isPresent()))
                .toList();
        Duration total = Duration.ofNanos(timeline.totalNanos().orElse(0));
        return new Outline(
                protocol.id(),
                protocol.title(),
                slots,
                phases,
                total,
                protocol.choosing().asks());
    }

    private static boolean takesInput(PluginKind kind) {
        return kind == PluginKind.SOURCE || kind == PluginKind.ACTUATOR;
    }

    @Override
    public Reading read(Path protocol, Map<String, String> inputs) {
        return protocols.reading(protocol, absolute(inputs));
    }

    @Override
    public List<Chain> chains(Path protocol, Map<String, String> inputs, Map<String, Double> rates) {
        return new Chains(registry, protocols.read(protocol, absolute(inputs)), rates).all();
    }

    @Override
    public List<NumberSource> sources(Path protocol) {
        return protocols.sources(protocol);
    }

    @Override
    public Choice choice(Path protocol, Map<String, String> inputs, ParticipantFacts about) {
        Choosing choosing = protocols.read(protocol, absolute(inputs), about).choosing();
        return new Choice(choosing.kept(), choosing.said());
    }

    @Override
    public synchronized RunningSession start(Request request) {
        List<Fault> faults = new ArrayList<>();
        Optional<LiveSession> before = live();
        if (before.isPresent()) {
            faults.add(fault("session " + before.get().id() + " still runs; one session at a time"));
        }
        if (!PARTICIPANT.matcher(request.participant()).matches()) {
            faults.add(fault("the participant's code '" + request.participant()
                    + "' cannot be used; use 1 to 32 letters and digits, e.g. P01"));
        }
        if (!(request.speed() > 0)) {
            faults.add(fault("the speed is " + request.speed() + "; it must be greater than 0, e.g. 1, 10 or max"));
        }
        if (!bus.connected()) {
            faults.add(fault("the bus is not connected; check the broker and the setting org.anodyne.bus"));
        }
        Path record = request.folder().toAbsolutePath().normalize().resolve("record");
        if (!empty(record)) {
            faults.add(fault(record + " holds a record already; choose another folder for this session"));
        }
        Protocol protocol;
        try {
            protocol = protocols.read(request.protocol(), absolute(request.inputs()), request.about());
        } catch (ProtocolException e) {
            faults.addAll(e.faults());
            throw new ProtocolException(faults);
        }
        if (request.speed() != 1) {
            protocol.slots().values().stream()
                    .filter(s -> s.plugin().equals(org.anodyne.session.engine.feed.ExternalFactory.ID))
                    .forEach(
                            s -> faults.add(
                                    new Fault(
                                            s.line(),
                                            "slots." + s.name(),
                                            "slot '" + s.name()
                                                    + "' joins from another process, which only runs at speed 1; start the session with speed 1")));
        }
        List<String> notes = new ArrayList<>();
        strangers(protocol, request, faults);
        Optional<HeadsetLimit> headset = Optional.empty();
        try {
            protocol = DailyCaps.applied(protocol, request, safety, notes);
            headset = HeadsetLimit.of(protocol, safety);
        } catch (IllegalStateException e) {
            faults.add(fault(e.getMessage()));
        }
        if (!faults.isEmpty()) {
            throw new ProtocolException(faults);
        }
        LiveSession session = open(request, protocol, record, notes, headset);
        running = Optional.of(session);
        session.launch();
        return session;
    }

    /** A decoder is one person's; what it learnt from a simulation it must not apply to a person. */
    private static void strangers(Protocol protocol, Request request, List<Fault> faults) {
        protocol.slots().values().forEach(slot -> FrozenModels.of(slot).ifPresent(model -> {
            String whose = "the decoder in slot '" + slot.name() + "' was trained on ";
            if (!model.participant().equals(request.participant())) {
                faults.add(new Fault(
                        slot.line(),
                        "slots." + slot.name(),
                        whose + "participant " + model.participant() + ", but this session is of "
                                + request.participant() + "; train one on that participant"));
            }
            if (model.simulated() && !request.simulated()) {
                faults.add(new Fault(
                        slot.line(),
                        "slots." + slot.name(),
                        whose + "simulated data and must not stimulate a person; run the session with --simulated, or"
                                + " train on a calibration of the participant"));
            }
        }));
    }

    private LiveSession open(
            Request request, Protocol protocol, Path record, List<String> notes, Optional<HeadsetLimit> headset) {
        String id = id(request.participant());
        List<String> problems = Collections.synchronizedList(new ArrayList<>(notes));
        RecordKeeper keeper = new RecordKeeper(record, List.copyOf(recorders), problem -> {
            synchronized (problems) { // a recorder that watches has told it already
                if (!problems.contains(problem)) {
                    problems.add(problem);
                }
            }
        });
        SessionMeta meta = meta(id, request, protocol);
        List<Path> made = missing(record);
        try {
            Files.createDirectories(record);
            keeper.open(meta);
        } catch (IOException | RecordException e) {
            discard(record, made);
            String why =
                    e instanceof RecordException ? e.getMessage() : "the folder " + record + " cannot be made: " + e;
            throw new ProtocolException(List.of(fault(why)));
        }
        DrivenTime time =
                request.speed() == 1 ? new RealTime() : new VirtualTime(bus.inFlight(), request.speed(), problems::add);
        Map<String, Object> facts = new HashMap<>();
        facts.put("participant", request.participant());
        facts.put("speed", meta.speed());
        facts.put("simulated", request.simulated());
        facts.put(SimulatedParticipant.FACT, request.simulatedParticipant());
        facts.putAll(PlanDocument.choice(protocol.choosing()));
        try {
            return new LiveSession(new Groundwork(
                    new SessionInfo(id, request.participant(), request.simulated()),
                    request.hosts(),
                    protocol,
                    Timeline.of(protocol),
                    facts,
                    record,
                    bus,
                    host,
                    time,
                    keeper,
                    problems,
                    request.held(),
                    headset,
                    request.simulatedParticipant() || request.simulated() ? Optional.empty() : recollections,
                    () -> discard(record, made)));
        } catch (RuntimeException e) {
            keeper.close();
            discard(record, made);
            throw e;
        }
    }

    private SessionMeta meta(String id, Request request, Protocol protocol) {
        Map<String, String> versions = new TreeMap<>();
        protocol.slots()
                .values()
                .forEach(s ->
                        versions.put(s.plugin(), s.version() + (s.sha256().isEmpty() ? "" : " sha256:" + s.sha256())));
        protocol.slots().values().forEach(s -> registry.find(s.plugin())
                .map(InstalledPlugin::signedBy)
                .filter(signers -> !signers.isEmpty())
                .ifPresent(signers ->
                        versions.computeIfPresent(s.plugin(), (plugin, version) -> version + " signed by " + signers)));
        versions.put("java", Runtime.version().toString());
        return new SessionMeta(
                bus.site(),
                id,
                request.participant(),
                protocol.text(),
                OffsetDateTime.now().toString(),
                speed(request.speed()),
                protocol.seed(),
                versions,
                absolute(request.inputs()));
    }

    private static String speed(double speed) {
        if (Double.isInfinite(speed)) {
            return "max";
        }
        return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
    }

    /** Device addresses stay; paths of recordings do not depend on where the platform was started. */
    private static Map<String, String> absolute(Map<String, String> inputs) {
        Map<String, String> absolute = new TreeMap<>();
        inputs.forEach((slot, input) -> absolute.put(
                slot,
                Files.exists(Path.of(input)) ? Path.of(input).toAbsolutePath().toString() : input));
        return absolute;
    }

    private String id(String participant) {
        String id = STAMP.format(OffsetDateTime.now(ZoneOffset.UTC)) + "-" + participant;
        sameId = id.equals(lastId) ? sameId + 1 : 1;
        lastId = id;
        return sameId == 1 ? id : id + "-" + sameId;
    }

    private static boolean empty(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** A folder and those above it, as far as they are not there yet; innermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path f = folder; f != null && !Files.exists(f); f = f.getParent()) {
            missing.add(f);
        }
        return missing;
    }

    /**
     * Takes away what was made for a session that could not begin, and nothing else.
     *
     * @param record was absent or empty when the session was asked for
     * @param made folders that were made for it, innermost first
     */
    private static void discard(Path record, List<Path> made) {
        try (Stream<Path> entries = Files.exists(record) ? Files.list(record) : Stream.empty()) {
            for (Path entry : entries.toList()) {
                Files.deleteIfExists(entry);
            }
            for (Path folder : made) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // Somebody else put something there meanwhile: it stays.
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Engine.class).warn("{} could not be removed: {}", record, e.toString());
        }
    }

    private static Fault fault(String message) {
        return new Fault(0, "", message);
    }

    private Optional<LiveSession> live() {
        return running.filter(s -> !s.ended().toCompletableFuture().isDone());
    }

    @Override
    public Optional<RunningSession> current() {
        return live().map(s -> s);
    }

    @Override
    public ReplayReport replay(Path record, boolean verify) {
        RecordReader service;
        synchronized (this) {
            service = reader.orElseThrow(
                    () -> new RecordException("no reader of records is installed; install the recorder bundle"));
        }
        return replayer.replay(service, record, verify);
    }
}
