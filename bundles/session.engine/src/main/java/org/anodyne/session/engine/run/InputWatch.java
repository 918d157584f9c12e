package org.anodyne.session.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.Recorder;
import org.anodyne.session.engine.plan.Timeline.Planned;

/**
 * Tells, while a session runs, what is wrong with the signals that come in: streams that fall silent and come back, that
 * end before the phase does, holes, and values that are no numbers; each with the session time that it concerns.
 * Thread: the session's lane, but for {@link Recorder.Watcher}.
 */
final class InputWatch implements Recorder.Watcher, AutoCloseable {
    /** A phase that its input ends goes on for half a second; one that still goes on after this does so without it. */
    private static final long PHASE_END_NANOS = 2 * PhaseWalk.NOTICE_NANOS;

    /** So many gaps of a stream are told one by one; then their sum is told at the end. */
    private static final int MOST_GAPS = 5;

    /** A source stops and goes on a moment after the session does. */
    private static final long PAUSE_EDGE_NANOS = 2_000_000_000L;

    private final Stage stage;
    private final RecordKeeper keeper;
    private final Supplier<Optional<Planned>> phase;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<String, Long> silentSince = new HashMap<>();
    private final Map<String, Long> endedAt = new TreeMap<>();
    private final Map<String, Tally> gaps = new TreeMap<>();
    private final Map<String, Tally> bad = new TreeMap<>();
    private long pausedFrom = Long.MAX_VALUE;
    private long pausedTo = Long.MAX_VALUE;

    private static final class Tally {
        int times;
        long sum;
        long lastNanos;
    }

    /** @param phase the phase under way */
    InputWatch(Stage stage, RecordKeeper keeper, Supplier<Optional<Planned>> phase) {
        this.stage = stage;
        this.keeper = keeper;
        this.phase = phase;
    }

    /** Subscribes to what sources tell; complete when the broker has confirmed it. */
    CompletionStage<Void> open() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (String type : List.of("gap", "bad-samples", "input-warning")) {
            all.add(stage.bus()
                    .subscribe(
                            stage.filter("event/+/" + type), m -> stage.lane().execute(() -> message(m)))
                    .thenAccept(s -> {
                        synchronized (subscriptions) {
                            subscriptions.add(s);
                        }
                    })
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private void message(Message message) {
        if (!(message.payload() instanceof Payload.Document event)) {
            return;
        }
        String slot = message.topic().slot();
        String stream = slot + "/" + event.attributes().getOrDefault("stream", "");
        switch (event.type()) {
            case "gap" ->
                gap(
                        stream,
                        number(event, "from"),
                        number(event, "to"),
                        String.valueOf(event.attributes().getOrDefault("reason", "")));
            case "bad-samples" -> bad(stream, number(event, "count"), event.timeNanos());
            default ->
                problem("recording in slot " + slot + ": " + event.attributes().getOrDefault("text", ""));
        }
    }

    private static long number(Payload.Document event, String name) {
        return event.attributes().get(name) instanceof Number n ? n.longValue() : event.timeNanos();
    }

    private void gap(String stream, long from, long to, String why) {
        if (from >= pausedFrom - PAUSE_EDGE_NANOS
                && (pausedTo == Long.MAX_VALUE || to <= pausedTo + PAUSE_EDGE_NANOS)) {
            return; // It was told to stand still.
        }
        Tally tally = gaps.computeIfAbsent(stream, s -> new Tally());
        tally.times++;
        tally.sum += to - from;
        if (tally.times <= MOST_GAPS) {
            problem("stream " + stream + " has a gap from " + seconds(from) + " to " + seconds(to)
                    + (why.isEmpty() ? "" : ": " + why));
        }
    }

    private void bad(String stream, long count, long atNanos) {
        Tally tally = bad.computeIfAbsent(stream, s -> new Tally());
        tally.times++;
        tally.sum += count;
        tally.lastNanos = atNanos;
        if (tally.times == 1) {
            problem("stream " + stream + " holds values that are no numbers (NaN); the first come before "
                    + seconds(atNanos));
        }
    }

    // --- ends of streams

    /** An input has ended for good: nothing more is expected of it. */
    void ended(String slot, String stream, long atNanos) {
        keeper.ended(slot, stream);
        String name = stream.isEmpty() ? "every stream of slot " + slot : "stream " + slot + "/" + stream;
        endedAt.put(slot + "/" + stream, atNanos);
        phase.get()
                .filter(p -> p.plan().slots().contains(slot))
                .ifPresent(p -> stage.at(Math.max(atNanos, stage.time().nowNanos()) + PHASE_END_NANOS, () -> phase.get()
                        .filter(now -> now.index() == p.index())
                        .ifPresent(now -> problem(name + " ended at " + seconds(atNanos) + ", before phase '"
                                + p.plan().id() + "' did"))));
    }

    /** A phase begins, perhaps one that runs a source whose recording is over. */
    void entered(Planned planned) {
        endedAt.forEach((stream, at) -> {
            String slot = stream.substring(0, stream.indexOf('/'));
            if (planned.plan().slots().contains(slot)) {
                problem("stream " + stream + " ended at " + seconds(at) + ", before phase '"
                        + planned.plan().id() + "' began, which runs slot '" + slot + "'");
            }
        });
    }

    // --- silence

    @Override
    public void alarm(String what) {
        problem(what);
    }

    @Override
    public void silent(StreamInfo stream, long sinceNanos, long blocks) {
        stage.lane().execute(() -> {
            String name = stream.slot() + "/" + stream.name();
            // A segment that begins within a silence notices it anew.
            if (silentSince.putIfAbsent(name, sinceNanos) == null) {
                stage.voice()
                        .event(
                                stream.slot(),
                                "stream-silent",
                                stage.time().nowNanos(),
                                Map.of("stream", stream.name(), "from", sinceNanos, "blocks", blocks));
                problem("stream " + name + " should be there and is not: "
                        + (blocks == 0
                                ? "no block came since " + seconds(sinceNanos)
                                : "nothing came after " + seconds(sinceNanos)));
            }
        });
    }

    @Override
    public void back(StreamInfo stream, long fromNanos) {
        stage.lane().execute(() -> {
            String name = stream.slot() + "/" + stream.name();
            Long since = silentSince.remove(name);
            if (since != null) {
                stage.voice()
                        .event(
                                stream.slot(),
                                "stream-back",
                                stage.time().nowNanos(),
                                Map.of("stream", stream.name(), "from", since, "to", fromNanos));
                problem("stream " + name + " is back: it was silent from " + seconds(since) + " to "
                        + seconds(fromNanos));
            }
        });
    }

    // --- the session

    /** The session stands still: holes from now on are meant. */
    void held() {
        pausedFrom = stage.time().nowNanos();
        pausedTo = Long.MAX_VALUE;
    }

    /** The session goes on. */
    void released() {
        pausedTo = stage.time().nowNanos();
    }

    /** Tells the sums. */
    void sums() {
        gaps.forEach((stream, t) -> {
            if (t.times > MOST_GAPS) {
                problem("stream " + stream + " has " + t.times + " gaps, " + seconds(t.sum) + " in all");
            }
        });
        bad.forEach((stream, t) -> {
            if (t.times > 1) {
                problem("stream " + stream + ": " + t.sum + " values are no numbers (NaN), the last before "
                        + seconds(t.lastNanos));
            }
        });
    }

    private void problem(String text) {
        stage.problems().accept(text);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    @Override
    public void close() {
        synchronized (subscriptions) {
            subscriptions.forEach(Subscription::close);
            subscriptions.clear();
        }
    }
}
