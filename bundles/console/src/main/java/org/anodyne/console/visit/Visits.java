package org.anodyne.console.visit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.anodyne.console.store.Store;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordReader;
import org.anodyne.session.ParticipantFacts;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins sessions, follows each to its end, makes its dataset and report, and knows those that were. Thread: any. */
public final class Visits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A session that is told to end seals its record, and its dataset is made. */
    private static final Duration END = Duration.ofSeconds(40);

    private final SessionEngine engine;
    private final RecordReader records;
    private final DatasetExporter exporter;
    private final Store store;
    private final Path folder;
    private final Consumer<String> over;

    private volatile Optional<Visit> current = Optional.empty();
    private volatile Thread following;
    private volatile boolean closed;

    /**
     * @param folder where each visit gets a folder
     * @param over told the id of a session that is over
     */
    public Visits(
            SessionEngine engine,
            RecordReader records,
            DatasetExporter exporter,
            Store store,
            Path folder,
            Consumer<String> over) {
        this.engine = engine;
        this.records = records;
        this.exporter = exporter;
        this.store = store;
        this.folder = folder;
        this.over = over;
        // What was running when the platform ended did not come to its end.
        store.change(
                "update visit set state = 'ABORTED', ended = ?, reason = 'the platform ended' where ended is null",
                now());
    }

    /**
     * What a visit that was, or is, looks like in a list.
     *
     * @param report whether its report can be read
     * @param dryRun whether nothing of it was real: a trial of the protocol, see {@code DryRuns}
     */
    public record Listed(
            String session,
            String participant,
            String protocol,
            String folder,
            String started,
            String ended,
            String state,
            String reason,
            String by,
            boolean report,
            boolean dryRun) {}

    /**
     * What to begin.
     *
     * @param simulators slot to the jar of the simulated device that is started for it
     * @param about what is told of the participant; only the session's record keeps it, as far as the protocol chooses by it
     */
    public record Plan(
            Path protocol,
            String name,
            String participant,
            Map<String, String> inputs,
            Map<String, Path> simulators,
            Map<String, String> hosts,
            double speed,
            boolean simulated,
            boolean simulatedParticipant,
            boolean held,
            ParticipantFacts about,
            String by) {}

    /** The visit under way. */
    public Optional<Visit> current() {
        return current;
    }

    /**
     * Begins one; it prepares itself from now on.
     *
     * @throws ProtocolException when it cannot be begun; nothing was done then
     */
    public synchronized Visit begin(Plan plan) {
        Path own = folder.resolve(STAMP.format(Instant.now()) + "-" + plan.participant());
        SimulatedDevices devices = SimulatedDevices.start(plan.simulators());
        RunningSession running;
        try {
            Map<String, String> inputs = new HashMap<>(plan.inputs());
            inputs.putAll(devices.addresses());
            running = engine.start(new Request(
                    plan.protocol(),
                    plan.participant(),
                    inputs,
                    plan.speed(),
                    own,
                    plan.simulated(),
                    plan.hosts(),
                    plan.simulatedParticipant(),
                    plan.held(),
                    plan.about()));
        } catch (RuntimeException e) {
            devices.close();
            throw e;
        }
        Visit visit = new Visit(running.id(), plan.participant(), plan.name(), own, plan.by(), running, devices);
        current = Optional.of(visit);
        store.change("insert or ignore into participant (code, made) values (?, ?)", plan.participant(), now());
        store.change(
                "insert into visit (session, participant, protocol, folder, started, state, reason, by)"
                        + " values (?, ?, ?, ?, ?, ?, '', ?)",
                visit.session(),
                visit.participant(),
                visit.protocol(),
                own.toString(),
                now(),
                SessionState.PLANNED.name(),
                visit.by());
        Thread thread = new Thread(() -> follow(visit), "console-visit-" + visit.session());
        thread.setDaemon(true);
        following = thread;
        thread.start();
        return visit;
    }

    private void follow(Visit visit) {
        String state = SessionState.ABORTED.name();
        String reason = "";
        try {
            Result result = visit.running().await(LOOK);
            while (result.state() != SessionState.COMPLETED && result.state() != SessionState.ABORTED) {
                result = visit.running().await(LOOK);
            }
            state = result.state().name();
            reason = result.reason();
            if (Files.isDirectory(result.record())) {
                export(visit, result);
            }
        } catch (ProtocolException e) {
            reason = e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reason = "the console was stopped";
        } catch (RuntimeException e) {
            LOG.error("The visit of {} did not end in order", visit.participant(), e);
            reason = "dataset or report could not be made: " + e.getMessage();
        } finally {
            store.change(
                    "update visit set state = ?, reason = ?, ended = ? where session = ?",
                    state,
                    reason,
                    now(),
                    visit.session());
            visit.devices().close();
            current = Optional.empty();
            if (!closed) {
                over.accept(visit.session());
            }
        }
    }

    private void export(Visit visit, Result result) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("state", result.state().name());
        outcome.put("reason", result.reason());
        outcome.put("problems", result.problems());
        exporter.export(records.open(result.record()), outcome, visit.folder());
    }

    /** All, the newest first. */
    public List<Listed> all() {
        return store.list(
                "select session, participant, protocol, folder, started, ended, state, reason, by, dry_run from visit"
                        + " order by started desc limit 500",
                r -> new Listed(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        r.getString(6) == null ? "" : r.getString(6),
                        r.getString(7),
                        r.getString(8),
                        r.getString(9),
                        Files.isRegularFile(Path.of(r.getString(4)).resolve("report.html")),
                        r.getInt(10) != 0));
    }

    /** A file that a visit left, if it is there. */
    public Optional<byte[]> file(String session, String name) throws IOException {
        Optional<Listed> visit =
                all().stream().filter(v -> v.session().equals(session)).findFirst();
        Optional<Path> file = visit.map(v -> Path.of(v.folder()).resolve(name)).filter(Files::isRegularFile);
        return file.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(file.get()));
    }

    private static String now() {
        return Instant.now().toString();
    }

    /** A session that runs is ended, its record sealed, its dataset made. */
    @Override
    public void close() {
        closed = true;
        current.ifPresent(v -> v.running().abort("the platform is being stopped"));
        Thread thread = following;
        if (thread != null) {
            try {
                thread.join(END.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
