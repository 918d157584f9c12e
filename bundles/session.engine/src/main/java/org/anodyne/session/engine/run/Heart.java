package org.anodyne.session.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol;

/**
 * Tells the host that the session is at work, by way of the session's lane: a lane that hangs is silent, and what it has
 * armed is made safe. In real time it tells, too, when a signal of the phase under way has not been heard of for too
 * long, and looks how long the participant has been in a headset. Thread: the session's lane, the bus's where it says so.
 */
final class Heart implements AutoCloseable {
    private static final long BEAT_MILLIS = 100;

    /** A decision may rest on data of 250 ms; after twice that what was begun on them is ended, too. */
    private static final long STALE_NANOS = 500_000_000;

    /** A source that delivers in long blocks is waited for so many of them. */
    private static final int BLOCKS = 3;

    private final Stage stage;
    private final Arming.Surroundings surroundings;
    private final ScheduledExecutorService timer;
    private final boolean acts;
    private final boolean needed;
    private final HeadsetTime headset;
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
    private CompletionStage<Subscription> samples;
    private CompletionStage<Subscription> ends;

    /**
     * When a source was heard of.
     *
     * @param longestNanos longest time between two blocks so far, as far as it was not an interruption
     */
    private record Pulse(long atNanos, long longestNanos) {}

    Heart(Stage stage, Protocol protocol, Arming.Surroundings surroundings, Optional<HeadsetLimit> limit) {
        this.stage = stage;
        this.surroundings = surroundings;
        this.acts = protocol.slots().values().stream().anyMatch(s -> s.kind() == PluginKind.ACTUATOR);
        this.needed = acts || protocol.slots().values().stream().anyMatch(s -> s.kind() == PluginKind.DISPLAY);
        this.headset = new HeadsetTime(stage, surroundings, limit);
        this.timer = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread t = new Thread(r, "session-heart-" + stage.id());
            t.setDaemon(true);
            return t;
        });
    }

    /** Begins; a session without actuators needs none, and one with a display only for its host to look at it again. */
    void begin() {
        if (!needed) {
            return;
        }
        if (acts && !stage.time().virtual()) {
            samples = stage.bus().subscribe(stage.filter("sample/#"), this::heard);
            ends = stage.bus()
                    .subscribe(
                            stage.filter("event/+/end-of-input"),
                            m -> pulses.remove(m.topic().slot()));
        }
        timer.scheduleAtFixedRate(() -> stage.lane().execute(this::beat), 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Thread: the bus's. */
    private void heard(Message m) {
        long now = System.nanoTime();
        pulses.compute(m.topic().slot(), (slot, before) -> {
            long since = before == null ? 0 : now - before.atNanos;
            boolean interrupted = before != null && before.longestNanos > 0 && since > limit(before);
            return new Pulse(
                    now, before == null ? 0 : interrupted ? before.longestNanos : Math.max(before.longestNanos, since));
        });
    }

    private static long limit(Pulse p) {
        return Math.max(STALE_NANOS, BLOCKS * p.longestNanos);
    }

    private void beat() {
        stage.host().heartbeat(surroundings.running() ? stale() : "");
        headset.look();
    }

    private String stale() {
        List<String> slots = surroundings.phaseSlots();
        long now = System.nanoTime();
        for (Map.Entry<String, Pulse> e : pulses.entrySet()) {
            long since = now - e.getValue().atNanos;
            if (slots.contains(e.getKey()) && since > limit(e.getValue())) {
                return "the signal of slot " + e.getKey() + " was not heard of for " + since / 1_000_000 + " ms";
            }
        }
        return "";
    }

    /** What was silent because it was not asked for has not stopped: a phase or a resume begins afresh. */
    void afresh() {
        pulses.clear();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (samples != null) {
            samples.thenAccept(Subscription::close);
            ends.thenAccept(Subscription::close);
        }
    }
}
