package org.anodyne.session.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.Recorder;
import org.anodyne.record.Recorder.Recording;
import org.anodyne.record.SessionMeta;

/**
 * Keeps one session recorded, whichever recorders come and go: a segment of the newest recorder is open before the one
 * before it is sealed. Thread: any.
 */
public final class RecordKeeper {
    private static final Duration FLUSH = Duration.ofSeconds(10);

    private final Path folder;
    private final Consumer<String> problems;
    private final Deque<Recorder> recorders = new ArrayDeque<>();
    private final Map<StreamInfo, Boolean> expected = new LinkedHashMap<>();
    private final Set<String> alarms = new LinkedHashSet<>();
    private Optional<Watch> watch = Optional.empty();
    private SessionMeta meta;
    private Recorder writer;
    private Recording recording;
    private int segments;
    private boolean closed;

    /** Who is told what is wrong with a segment, and by which clock. */
    private record Watch(SessionTime time, Recorder.Watcher watcher) {}

    /**
     * @param recorders those that are there, the newest last
     * @param problems takes what went wrong, once each
     */
    public RecordKeeper(Path folder, Iterable<Recorder> recorders, Consumer<String> problems) {
        this.folder = folder;
        this.problems = problems;
        recorders.forEach(this.recorders::addLast);
    }

    /**
     * Opens the first segment; when it returns, everything published from then on is recorded.
     *
     * @throws RecordException when there is no recorder, or the file cannot be made
     */
    public synchronized void open(SessionMeta first) {
        meta = first;
        if (recorders.isEmpty()) {
            throw new RecordException(
                    "no recorder is installed, so nothing would be kept; install the recorder bundle");
        }
        next(recorders.getLast());
    }

    /** Tells what is wrong with the record, by the session's clock, as soon as it is seen. Before streams are declared. */
    synchronized void watch(SessionTime time, Recorder.Watcher watcher) {
        watch = Optional.of(new Watch(time, watcher));
        if (recording != null) {
            recording.watch(time, watcher);
        }
    }

    /** What segments opened from now on say in their header. */
    public synchronized void meta(SessionMeta now) {
        meta = now;
    }

    /** A recorder appeared: the session goes on in a segment of it. */
    public synchronized void added(Recorder recorder) {
        recorders.addLast(recorder);
        if (meta != null && !closed) {
            change(recorder);
        }
    }

    /** A recorder is about to go. */
    public synchronized void removed(Recorder recorder) {
        recorders.remove(recorder);
        if (closed || recorder != writer) {
            return;
        }
        if (recorders.isEmpty()) {
            seal(recording);
            writer = null;
            recording = null;
            alarm("the last recorder has gone: from here on nothing is recorded until one is installed again");
        } else {
            change(recorders.getLast());
        }
    }

    private void change(Recorder to) {
        Recording before = recording;
        try {
            next(to);
        } catch (RuntimeException e) {
            alarm("the new recorder could not open a segment (" + e.getMessage() + "); "
                    + (before == null ? "nothing is recorded" : "the one before it goes on"));
            return;
        }
        if (before != null) {
            seal(before);
        }
    }

    private void next(Recorder recorder) {
        String name = String.format(Locale.ROOT, "segment-%03d.xdf", segments + 1);
        Recording opened = recorder.open(folder.resolve(name), meta);
        segments++;
        writer = recorder;
        recording = opened;
        watch.ifPresent(w -> opened.watch(w.time(), w.watcher()));
        expected.forEach((stream, now) -> {
            opened.expect(stream);
            opened.expecting(stream, now);
        });
    }

    /** Declares a stream; it is not expected before {@link #expecting} says so. */
    synchronized void expect(StreamInfo stream) {
        expected.put(stream, false);
        if (recording != null) {
            recording.expect(stream);
            recording.expecting(stream, false);
        }
    }

    /** Whether the streams of a slot should be there now. */
    synchronized void expecting(String slot, boolean now) {
        for (StreamInfo stream : Set.copyOf(expected.keySet())) {
            if (stream.slot().equals(slot)) {
                expecting(stream, now);
            }
        }
    }

    /** A stream has ended for good. */
    synchronized void ended(String slot, String name) {
        for (StreamInfo stream : Set.copyOf(expected.keySet())) {
            if (stream.slot().equals(slot) && (name.isEmpty() || stream.name().equals(name))) {
                expecting(stream, false);
                expected.remove(stream);
            }
        }
    }

    private void expecting(StreamInfo stream, boolean now) {
        Boolean before = expected.put(stream, now);
        if (recording != null && !Boolean.valueOf(now).equals(before)) {
            recording.expecting(stream, now);
        }
    }

    /** Seals the record: everything received so far is on the disk. Idempotent. */
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (recording != null) {
                seal(recording);
                recording = null;
            }
        }
    }

    private void seal(Recording old) {
        try {
            old.flush(FLUSH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            alarm("a segment of the record could not be flushed: " + e.getMessage());
        }
        try {
            old.close();
        } catch (RuntimeException e) {
            alarm("a segment of the record could not be sealed: " + e.getMessage());
        }
        old.alarms().forEach(this::alarm);
    }

    private void alarm(String text) {
        if (alarms.add(text)) {
            problems.accept(text);
        }
    }
}
