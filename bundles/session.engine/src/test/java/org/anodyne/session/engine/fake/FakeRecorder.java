package org.anodyne.session.engine.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;

/** Records into memory; the file is only a mark. Reads back what it wrote. */
public final class FakeRecorder implements Recorder, RecordReader {
    private final MessageBus bus;
    public final List<Segment> segments = Collections.synchronizedList(new ArrayList<>());

    public FakeRecorder(MessageBus bus) {
        this.bus = bus;
    }

    /** One segment. */
    public static final class Segment implements Recording {
        public final Path path;
        public final SessionMeta meta;
        public final List<Message> messages = Collections.synchronizedList(new ArrayList<>());
        public final Set<String> expecting = Collections.synchronizedSet(new TreeSet<>());
        public final List<StreamInfo> streams = Collections.synchronizedList(new ArrayList<>());
        public volatile boolean closed;
        public volatile Watcher watcher;
        private final MessageBus.Subscription subscription;

        Segment(Path path, SessionMeta meta, MessageBus bus) {
            this.path = path;
            this.meta = meta;
            subscription = bus.subscribe("anodyne/1/" + meta.site() + "/" + meta.session() + "/#", messages::add)
                    .toCompletableFuture()
                    .join();
        }

        @Override
        public void watch(SessionTime time, Watcher told) {
            watcher = told;
        }

        @Override
        public void expect(StreamInfo stream) {
            streams.add(stream);
        }

        @Override
        public void expecting(StreamInfo stream, boolean now) {
            if (now) {
                expecting.add(stream.slot() + "/" + stream.name());
            } else {
                expecting.remove(stream.slot() + "/" + stream.name());
            }
        }

        @Override
        public List<String> alarms() {
            return List.of();
        }

        @Override
        public void flush(Duration timeout) {
            // Memory needs none.
        }

        @Override
        public Figures figures() {
            return new Figures(messages.size(), 0, 0);
        }

        @Override
        public void close() {
            closed = true;
            subscription.close();
        }
    }

    @Override
    public Recording open(Path segment, SessionMeta meta) {
        try {
            Files.createFile(segment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Segment s = new Segment(segment, meta, bus);
        segments.add(s);
        return s;
    }

    @Override
    public Record open(Path record) {
        Segment s = segments.get(segments.size() - 1);
        return new Record() {
            @Override
            public SessionMeta meta() {
                return s.meta;
            }

            @Override
            public List<StreamInfo> streams() {
                return s.streams;
            }

            @Override
            public void messages(Consumer<Message> consumer) {
                List.copyOf(s.messages).forEach(consumer);
            }

            @Override
            public List<String> damage() {
                return List.of();
            }
        };
    }
}
