package org.anodyne.recorder;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.Recorder;

/**
 * Tells at once when a stream that should be there is not, so that nobody finds an empty file after the session. Silence
 * is measured in session time, so that it means the same at every speed, and not while the bus is down: then the bus
 * itself is the alarm. A timer is set only while a stream is awaited: time that stands still stays where it is. Thread:
 * any.
 */
final class SilenceWatch implements AutoCloseable {
    /** Our default; a block is rarely longer than 200 ms, so five of them are missing by then. */
    static final long DEADLINE_NANOS = 1_000_000_000L;

    /** A look that is so late counts for none; engineering default. */
    private static final long LATE_NANOS = 100_000_000L;

    /** A source that delivers in long blocks is waited for so many of them. */
    private static final int BLOCKS = 3;

    private static final class Expected {
        final StreamInfo stream;
        boolean now;
        boolean silent;
        boolean timed;
        /** It was looked at late, and is looked at once more. */
        boolean late;

        /** When it was last heard of, or began to be awaited. */
        long heardNanos;

        /** Session time up to which its samples are there. */
        long endNanos;

        long longestNanos;
        long blocks;

        Expected(StreamInfo stream) {
            this.stream = stream;
        }

        long dueNanos() {
            return heardNanos + Math.max(DEADLINE_NANOS, BLOCKS * longestNanos);
        }
    }

    private final MessageBus bus;
    private final SessionTime time;
    private final Recorder.Watcher watcher;
    private final Map<String, Expected> expected = new HashMap<>();
    private final MessageBus.Subscription connectivity;
    private boolean closed;

    SilenceWatch(MessageBus bus, SessionTime time, Recorder.Watcher watcher) {
        this.bus = bus;
        this.time = time;
        this.watcher = watcher;
        this.connectivity = bus.onConnectivity(up -> restart());
    }

    synchronized void expecting(StreamInfo stream, boolean now) {
        Expected e = expected.computeIfAbsent(key(stream.slot(), stream.name()), k -> new Expected(stream));
        e.now = now;
        e.heardNanos = time.nowNanos();
        e.endNanos = Math.max(0, e.heardNanos);
        await(e);
    }

    synchronized void seen(String slot, SampleBlock block) {
        Expected e = expected.get(key(slot, block.stream()));
        if (e == null) {
            return;
        }
        e.heardNanos = time.nowNanos();
        e.endNanos = block.endNanos();
        e.longestNanos = Math.max(e.longestNanos, block.endNanos() - block.startNanos());
        e.blocks++;
        if (e.silent) {
            e.silent = false;
            watcher.back(e.stream, e.heardNanos);
        }
        await(e);
    }

    private synchronized void restart() {
        expected.values().forEach(e -> e.heardNanos = time.nowNanos());
    }

    /** One timer at a time for each stream: a block only moves what it finds when it fires. */
    private void await(Expected e) {
        if (e.now && !e.silent && !e.timed && !closed) {
            e.timed = true;
            time.at(e.dueNanos(), () -> look(e));
        }
    }

    private synchronized void look(Expected e) {
        e.timed = false;
        if (!bus.connected()) {
            e.heardNanos = time.nowNanos();
        }
        if (e.now && !closed && !e.late && time.nowNanos() >= e.dueNanos() + LATE_NANOS) {
            // This process was kept from running: what came meanwhile may not have been handed on yet.
            e.late = true;
            e.timed = true;
            time.at(time.nowNanos() + LATE_NANOS, () -> look(e));
            return;
        }
        e.late = false;
        if (e.now && !closed && time.nowNanos() >= e.dueNanos()) {
            e.silent = true;
            watcher.silent(e.stream, e.endNanos, e.blocks);
        }
        await(e);
    }

    private static String key(String slot, String stream) {
        return slot + "/" + stream;
    }

    @Override
    public void close() {
        connectivity.close();
        synchronized (this) {
            closed = true;
        }
    }
}
