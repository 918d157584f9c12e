package org.anodyne.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Progress;
import org.anodyne.session.SessionEngine.Request;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;

/** Runs one session to its end, shows progress, then makes dataset and report. */
final class SessionRun {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final CommandLineRunner.Session session;
    private final PrintWriter out;
    private final PrintWriter err;

    SessionRun(CommandLineRunner.Session session, PrintWriter out, PrintWriter err) {
        this.session = session;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @return exit code: 0 when it was completed, 1 when it was aborted, 2 when it could not begin
     */
    int run(Request request) throws InterruptedException {
        Platform p = session.connected();
        session.endsInOrder().set(true);
        try (RunningMark mark = RunningMark.make(session, "participant " + request.participant())) {
            p.engine
                    .choice(request.protocol(), request.inputs(), request.about())
                    .said()
                    .forEach(said -> err.println("note: " + said));
            RunningSession running = p.engine.start(request);
            AtomicBoolean over = new AtomicBoolean();
            Thread stop = new Thread(
                    () -> {
                        try {
                            session.stopped().await();
                            if (!over.get()) {
                                running.abort("stopped by the operator");
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "anodyne-stop");
            stop.setDaemon(true);
            stop.start();
            try {
                Result result = follow(running);
                return finish(p, request, result);
            } finally {
                over.set(true);
                stop.interrupt();
            }
        } catch (ProtocolException e) {
            CheckCommand.tell(err, request.protocol(), e.faults());
            return CommandFailure.BAD_INPUT;
        } finally {
            session.endsInOrder().set(false);
        }
    }

    /** A file or a pipe gets a line at least this often. */
    private static final long QUIET_NANOS = 30_000_000_000L;

    private Result follow(RunningSession running) throws InterruptedException {
        boolean terminal = System.console() != null;
        String last = "";
        long told = System.nanoTime();
        Notes notes = new Notes(note -> err.println((terminal ? "\r\u001b[K" : "") + "note: " + note));
        while (true) {
            Result result = running.await(LOOK);
            Progress now = running.progress();
            notes.tell(result.problems());
            String line = line(now);
            String step = now.state() + " " + now.phase();
            if (terminal) {
                err.print("\r" + line + "\u001b[K");
                err.flush();
            } else if (!step.equals(last) || System.nanoTime() - told > QUIET_NANOS) {
                err.println(line);
                last = step;
                told = System.nanoTime();
            }
            if (result.state() == SessionState.COMPLETED || result.state() == SessionState.ABORTED) {
                if (terminal) {
                    err.println();
                }
                return result;
            }
        }
    }

    private static String line(Progress p) {
        // A pause makes a session longer than was planned.
        String total = p.total().isZero() || p.elapsed().compareTo(p.total()) > 0 ? "" : " of " + clock(p.total());
        return String.format(
                "%-9s %-12s %s%s", p.state().name().toLowerCase(Locale.ROOT), p.phase(), clock(p.elapsed()), total);
    }

    private static String clock(Duration d) {
        return d.toMinutes() + ":" + String.format("%02d", d.toSecondsPart());
    }

    private int finish(Platform p, Request request, Result result) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("state", result.state().name());
        outcome.put("reason", result.reason());
        outcome.put("problems", result.problems());
        if (!Files.isDirectory(result.record())) {
            throw new CommandFailure(1, "the session ended without a record: " + result.reason());
        }
        err.println("making dataset and report …");
        Map<String, Object> summary = p.exporter.export(p.records.open(result.record()), outcome, request.folder());
        String state = result.state().name().toLowerCase(Locale.ROOT)
                + (result.reason().isEmpty() ? "" : ": " + result.reason());
        out.println(Outcome.table(state, summary, request.folder(), result.record()));
        return result.state() == SessionState.COMPLETED ? 0 : 1;
    }
}
