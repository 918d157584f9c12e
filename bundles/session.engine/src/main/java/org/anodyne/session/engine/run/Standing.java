package org.anodyne.session.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.host.SessionTime;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Progress;
import org.anodyne.session.SessionEngine.Result;
import org.anodyne.session.SessionEngine.SessionState;
import org.anodyne.session.engine.plan.Timeline;

/** How a session stands, what went wrong so far and what came of it, for whoever asks. Thread: any. */
final class Standing {
    private final Timeline timeline;
    private final SessionTime time;
    private final Path record;
    private final List<String> problems;
    private final CompletableFuture<Result> end = new CompletableFuture<>();
    private volatile SessionState state = SessionState.PLANNED;
    private volatile String reason = "";
    private volatile String phase = "";
    private final Object pauses = new Object();
    /** Session time at which the pause under way began; guarded by {@code pauses}, as the next. */
    private long pausedSince;

    private long pausedNanos;
    private volatile long pausedBeforePhase;

    /** @param problems what went wrong so far without ending the session; synchronized */
    Standing(Timeline timeline, SessionTime time, Path record, List<String> problems) {
        this.timeline = timeline;
        this.time = time;
        this.record = record;
        this.problems = problems;
    }

    SessionState state() {
        return state;
    }

    void state(SessionState now) {
        long at = time.nowNanos(); // outside: time has locks of its own
        synchronized (pauses) {
            if (now == SessionState.PAUSED && state != now) {
                pausedSince = at;
            } else if (state == SessionState.PAUSED && state != now) {
                pausedNanos += at - pausedSince;
            }
            state = now;
        }
    }

    /** Session time that were pauses so far, nanoseconds. */
    private long pausedNanos() {
        long at = time.nowNanos();
        synchronized (pauses) {
            return pausedNanos + (state == SessionState.PAUSED ? Math.max(0, at - pausedSince) : 0);
        }
    }

    /** Why a session as it is now cannot be begun. */
    String unbegun(boolean ending) {
        if (!ending && (state == SessionState.RUNNING || state == SessionState.PAUSED)) {
            return "the session was begun already";
        }
        String now = ending ? "ending" : state.name().toLowerCase(java.util.Locale.ROOT);
        return "a session that is " + now + " cannot be begun";
    }

    /** Id of the phase under way; empty outside phases. */
    String phase() {
        return phase;
    }

    void phase(String now) {
        pausedBeforePhase = pausedNanos();
        phase = now;
    }

    /** Why the session ends; told as its note from then on. */
    void reason(String why) {
        reason = why;
    }

    /** Something went wrong without ending the session; told once, as the newest. */
    void problem(String text) {
        synchronized (problems) {
            problems.remove(text);
            problems.add(text);
        }
    }

    private List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    Progress progress() {
        Duration elapsed = Duration.ofNanos(Math.max(0, time.nowNanos()));
        Duration total = Duration.ofNanos(timeline.totalNanos().orElse(0));
        List<String> all = problems();
        String note = !reason.isEmpty() ? reason : all.isEmpty() ? "" : all.get(all.size() - 1);
        long paused = pausedNanos();
        Duration phasePaused = Duration.ofNanos(Math.max(0, paused - pausedBeforePhase));
        return new Progress(state, phase, elapsed, total, Duration.ofNanos(paused), phasePaused, note);
    }

    /** The session is over and nothing of it is left running. */
    void over(SessionState to, String why) {
        state = to;
        end.complete(new Result(to, why, record, problems()));
    }

    /** The session could not begin and nothing of it is left at all. */
    void refused(ProtocolException faults) {
        state = SessionState.ABORTED;
        end.completeExceptionally(faults);
    }

    CompletionStage<Result> ended() {
        return end;
    }

    Result await(Duration timeout) throws InterruptedException {
        try {
            return end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Result(state, reason, record, problems());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProtocolException faults) {
                throw new ProtocolException(faults.faults());
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
