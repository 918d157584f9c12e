package org.anodyne.console.dryrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.store.Store;
import org.anodyne.console.visit.SimulatedDevices;
import org.anodyne.plugin.PluginKind;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordReader;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.SessionEngine.Progress;
import org.anodyne.session.SessionEngine.Reading;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.SessionEngine.SlotReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs protocols as fast as the computer can, with a simulated participant and simulated devices that it starts itself, each
 * in a folder of its own; one at a time, and only while no session runs. No session of the operator's page: it stands in the
 * list of visits, marked. Thread: any.
 */
public final class DryRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DryRuns.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);
    /** A code of its own each time: doses of a simulated participant, too, are held to the limits of a day. */
    private static final String PARTICIPANT = "DRYRUN";

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(40);

    private final SessionEngine engine;
    private final RecordReader records;
    private final DatasetExporter exporter;
    private final Store store;
    private final Path folder;
    private final Path simulators;

    // guarded by this
    private Optional<Trial> trial = Optional.empty();

    /**
     * @param folder where each gets a folder
     * @param simulators where the simulators of devices are
     */
    public DryRuns(
            SessionEngine engine,
            RecordReader records,
            DatasetExporter exporter,
            Store store,
            Path folder,
            Path simulators) {
        this.engine = engine;
        this.records = records;
        this.exporter = exporter;
        this.store = store;
        this.folder = folder;
        this.simulators = simulators;
    }

    /** One of them, under way or over. Guarded by itself. */
    private static final class Trial {
        private final String name;
        private final String by;
        private final String participant;
        private final Path own;
        private Thread thread;
        private RunningSession running;
        private boolean stop;
        private boolean over;
        private String session = "";
        private String state = SessionState.PLANNED.name();
        private String reason = "";
        private boolean report;
        private List<String> problems = List.of();
        private List<Map<String, Object>> faults = List.of();
        private Map<String, Object> happened = Map.of();

        Trial(String name, String by, String participant, Path own) {
            this.name = name;
            this.by = by;
            this.participant = participant;
            this.own = own;
        }
    }

    /**
     * Begins one; it goes on by itself.
     *
     * @param name name of the protocol, for the list of visits
     * @param text the protocol, saved or not
     * @param recordings recording by slot
     * @throws Refusal when it is not begun: something runs, the protocol has faults, or it holds what must not be tried
     */
    public synchronized void begin(String name, String text, Map<String, String> recordings, String by)
            throws IOException {
        if (running()) {
            throw new Refusal(409, "a dry run is under way; wait for its end or stop it");
        }
        if (engine.current().isPresent()) {
            throw new Refusal(409, "a session runs; a dry run has to wait until it is over");
        }
        recordings.forEach((slot, file) -> {
            if (!Files.isRegularFile(Path.of(file))) {
                throw new Refusal(
                        400,
                        "the recording of slot '" + slot + "' is not there: " + file
                                + "; give the path of a file on the platform's computer");
            }
        });
        String stamp = STAMP.format(Instant.now());
        Path own = folder.resolve(stamp);
        Files.createDirectories(own);
        Path protocol = Files.writeString(own.resolve("protocol.yaml"), text);
        try {
            Reading reading = engine.read(protocol, recordings);
            if (!reading.faults().isEmpty()) {
                throw new Refusal(
                        409, "the protocol has faults; mend them first", Map.of("faults", told(reading.faults())));
            }
            List<Map<String, Object>> objections = Harmless.objections(reading.slots(), simulators).stream()
                    .map(Harmless.Objection::told)
                    .toList();
            if (!objections.isEmpty()) {
                throw new Refusal(409, "this cannot be tried without anything real", Map.of("faults", objections));
            }
            Trial begun = new Trial(name, by, PARTICIPANT + stamp, own);
            trial = Optional.of(begun);
            begun.thread =
                    new Thread(() -> run(begun, protocol, recordings, reading.slots()), "console-dry-run-" + stamp);
            begun.thread.setDaemon(true);
            begun.thread.start();
        } catch (Refusal e) {
            Files.delete(protocol);
            Files.delete(own);
            throw e;
        }
    }

    private void run(Trial t, Path protocol, Map<String, String> recordings, List<SlotReading> slots) {
        said(t, SessionState.PREPARING, "");
        Map<String, Path> jars = new HashMap<>();
        Map<String, List<String>> options = new HashMap<>();
        for (SlotReading slot : slots) {
            if (slot.kind() == PluginKind.ACTUATOR) {
                jars.put(
                        slot.name(),
                        SimulatedDevices.of(simulators, slot.plugin()).orElseThrow());
                options.put(slot.name(), SimulatedDevices.options(slot.plugin(), slot.parameters()));
            }
        }
        try (SimulatedDevices devices = SimulatedDevices.start(jars, options)) {
            Map<String, String> inputs = new HashMap<>(recordings);
            inputs.putAll(devices.addresses());
            Request request = new Request(
                    protocol, t.participant, inputs, Double.POSITIVE_INFINITY, t.own, true, Map.of(), true, false);
            RunningSession running = engine.start(request);
            begun(t, running);
            Result result = running.await(LOOK);
            while (result.state() != SessionState.COMPLETED && result.state() != SessionState.ABORTED) {
                result = running.await(LOOK);
            }
            told(t, result);
        } catch (ProtocolException e) {
            synchronized (t) {
                t.faults = told(e.faults());
            }
            said(t, SessionState.ABORTED, "it could not begin");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            said(t, SessionState.ABORTED, "the console was stopped");
        } catch (RuntimeException e) {
            LOG.error("The dry run of {} did not end in order", t.name, e);
            said(t, SessionState.ABORTED, String.valueOf(e.getMessage()));
        } finally {
            synchronized (t) {
                store.change(
                        "update visit set state = ?, reason = ?, ended = ? where session = ?",
                        t.state,
                        t.reason,
                        Instant.now().toString(),
                        t.session);
                t.over = true;
            }
        }
    }

    private void begun(Trial t, RunningSession running) {
        boolean stop;
        synchronized (t) {
            t.running = running;
            t.session = running.id();
            stop = t.stop;
        }
        store.change(
                "insert into visit (session, participant, protocol, folder, started, state, reason, by, dry_run)"
                        + " values (?, ?, ?, ?, ?, ?, '', ?, 1)",
                running.id(),
                t.participant,
                t.name,
                t.own.toString(),
                Instant.now().toString(),
                SessionState.PLANNED.name(),
                t.by);
        if (stop) {
            running.abort(t.by + " stopped the dry run");
        }
    }

    /** Dataset and report are made as after a session; what is said of it here comes from the same record. */
    private void told(Trial t, Result result) {
        synchronized (t) {
            t.problems = result.problems();
        }
        if (Files.isDirectory(result.record())) {
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("state", result.state().name());
            outcome.put("reason", result.reason());
            outcome.put("problems", result.problems());
            exporter.export(records.open(result.record()), outcome, t.own);
            Map<String, Object> happened = Happenings.of(records.open(result.record()));
            synchronized (t) {
                t.report = true;
                t.happened = happened;
            }
        }
        said(t, result.state(), result.reason());
    }

    private static void said(Trial t, SessionState state, String reason) {
        synchronized (t) {
            t.state = state.name();
            t.reason = reason;
        }
    }

    private static List<Map<String, Object>> told(List<Fault> faults) {
        List<Map<String, Object>> told = new ArrayList<>();
        faults.forEach(f -> told.add(Map.of("line", f.line(), "where", f.where(), "message", f.message())));
        return told;
    }

    /** Whether one is under way. */
    public synchronized boolean running() {
        return trial.filter(t -> {
                    synchronized (t) {
                        return !t.over;
                    }
                })
                .isPresent();
    }

    /** Ends the one under way. */
    public void stop(String by) {
        Trial t;
        synchronized (this) {
            t = trial.orElseThrow(() -> new Refusal(409, "no dry run is under way"));
        }
        RunningSession running;
        synchronized (t) {
            if (t.over) {
                throw new Refusal(409, "the dry run is over");
            }
            t.stop = true;
            running = t.running;
        }
        if (running != null) {
            running.abort(by + " stopped the dry run");
        }
    }

    /** Where the newest stands, and when it is over what became of it; only {@code running: false} when there was none. */
    public Map<String, Object> now() {
        Optional<Trial> newest;
        synchronized (this) {
            newest = trial;
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("running", false);
        newest.ifPresent(t -> {
            synchronized (t) {
                said.put("running", !t.over);
                said.put("protocol", t.name);
                said.put("by", t.by);
                said.put("session", t.session);
                said.put("state", t.state);
                said.put("reason", t.reason);
                if (t.running != null && !t.over) {
                    Progress p = t.running.progress();
                    said.put("state", p.state().name());
                    said.put("phase", p.phase());
                    said.put("elapsedSeconds", p.elapsed().toNanos() / 1e9);
                    said.put("totalSeconds", p.total().toNanos() / 1e9);
                    said.put("note", p.note());
                } else if (t.over) {
                    said.put("report", t.report);
                    said.put("problems", t.problems);
                    said.put("faults", t.faults);
                    said.put("happened", t.happened);
                }
            }
        });
        return said;
    }

    /** One that runs is ended, its record sealed. */
    @Override
    public void close() {
        if (!running()) {
            return;
        }
        stop("the end of the platform");
        Thread thread;
        synchronized (this) {
            thread = trial.orElseThrow().thread;
        }
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
