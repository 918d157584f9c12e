package org.anodyne.recorder;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.SessionMeta;

/**
 * Alarms at once when a stream that should be there is not, so that nobody finds an empty file after the session. Silence
 * is measured in real time, and not while the bus is down: then the bus itself is the alarm.
 */
final class SilenceWatch implements AutoCloseable {
    /** Our default; a block is rarely longer than 200 ms, so five of them are missing by then. */
    private static final long DEADLINE_NANOS = 1_000_000_000L;

    private static final long LOOK_EVERY_MILLIS = 250;

    private static final class Expected {
        boolean now;
        boolean silent;
        long lastNanos;
        long blocks;
    }

    private final MessageBus bus;
    private final SessionMeta meta;
    private final Consumer<String> alarm;
    private final Map<String, Expected> expected = new HashMap<>();
    private final ScheduledExecutorService timer;
    private final MessageBus.Subscription connectivity;

    SilenceWatch(MessageBus bus, SessionMeta meta, Consumer<String> alarm) {
        this.bus = bus;
        this.meta = meta;
        this.alarm = alarm;
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, r -> {
            Thread t = new Thread(r, "record-silence");
            t.setDaemon(true);
            return t;
        });
        this.timer = one;
        timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        this.connectivity = bus.onConnectivity(up -> restart());
    }

    synchronized void expect(StreamInfo stream) {
        expected.computeIfAbsent(key(stream), k -> new Expected());
    }

    synchronized void expecting(StreamInfo stream, boolean now) {
        Expected e = expected.computeIfAbsent(key(stream), k -> new Expected());
        e.now = now;
        e.lastNanos = System.nanoTime();
    }

    synchronized void seen(String slot, String stream) {
        Expected e = expected.get(slot + "/" + stream);
        if (e != null) {
            e.lastNanos = System.nanoTime();
            e.blocks++;
            if (e.silent) {
                e.silent = false;
                publish(slot, stream, "stream-back");
            }
        }
    }

    private synchronized void restart() {
        long now = System.nanoTime();
        expected.values().forEach(e -> e.lastNanos = now);
    }

    private synchronized void look() {
        if (!bus.connected()) {
            return;
        }
        long now = System.nanoTime();
        expected.forEach((name, e) -> {
            if (e.now && !e.silent && now - e.lastNanos > DEADLINE_NANOS) {
                e.silent = true;
                alarm.accept("stream " + name + " should be there and is not: "
                        + (e.blocks == 0 ? "no block came at all" : "it stopped after " + e.blocks + " blocks"));
                int slash = name.indexOf('/');
                publish(name.substring(0, slash), name.substring(slash + 1), "stream-silent");
            }
        });
    }

    private void publish(String slot, String stream, String type) {
        bus.publish(
                Topic.of(meta.site(), meta.session(), Topic.Kind.EVENT, slot, type),
                new Payload.Document(type, -1, Map.of("stream", stream)),
                0);
    }

    private static String key(StreamInfo stream) {
        return stream.slot() + "/" + stream.name();
    }

    @Override
    public void close() {
        connectivity.close();
        timer.shutdownNow();
    }
}
