package org.anodyne.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.xdf.XdfEvent;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfReader;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.anodyne.record.SessionMeta;
import org.osgi.service.component.annotations.Component;

/** Opens records written by {@link XdfRecorder}. */
@Component
public final class XdfRecordReader implements RecordReader {
    @Override
    public Record open(Path record) {
        List<Path> segments = segments(record);
        try {
            return new Opened(segments);
        } catch (FormatException e) {
            throw new RecordException("the record " + record + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static List<Path> segments(Path record) {
        if (Files.isRegularFile(record)) {
            return List.of(record);
        }
        Path folder = Files.isDirectory(record.resolve("record")) ? record.resolve("record") : record;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> found = files.filter(f -> f.getFileName().toString().endsWith(".xdf"))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            } catch (IOException e) {
                throw new RecordException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw new RecordException(
                "there is no record at " + record + ": name the .xdf file, or the folder that a session left");
    }

    private static final class Opened implements Record {
        private final List<Path> segments;
        private final SessionMeta meta;
        private final List<StreamInfo> streams;
        private final List<String> damage = new ArrayList<>();

        Opened(List<Path> segments) {
            this.segments = segments;
            SessionMeta first = null;
            Map<String, StreamInfo> found = new LinkedHashMap<>();
            for (Path segment : segments) {
                try (XdfReader in = XdfReader.open(segment)) {
                    int footers = 0;
                    for (Optional<XdfEvent> e = in.next(); e.isPresent(); e = in.next()) {
                        if (e.get() instanceof XdfEvent.FileHeader h) {
                            SessionMeta m = RecordLayout.meta(h.properties());
                            if (m == null) {
                                throw new RecordException(segment + " is an XDF file, but not the record of a session;"
                                        + " use it as an input: --input SLOT=" + segment.getFileName());
                            }
                            if (first == null) {
                                first = m;
                            } else if (!first.session().equals(m.session())) {
                                throw new RecordException(segment + " belongs to session " + m.session() + ", not to "
                                        + first.session() + ": a folder holds the segments of one session");
                            }
                        } else if (e.get() instanceof XdfEvent.StreamHeader h) {
                            info(h.header()).ifPresent(i -> found.putIfAbsent(i.slot() + "/" + i.name(), i));
                        } else if (e.get() instanceof XdfEvent.StreamFooter) {
                            footers++;
                        }
                    }
                    in.damage()
                            .forEach(d -> damage.add(segment.getFileName() + ": " + d.bytes() + " bytes at "
                                    + d.offset() + " cannot be read: " + d.what()));
                    if (footers == 0) {
                        damage.add(segment.getFileName() + " was not sealed: the session broke off");
                    }
                }
            }
            if (first == null) {
                throw new RecordException("the record " + segments.get(0) + " holds no header");
            }
            this.meta = first;
            this.streams = List.copyOf(found.values());
        }

        private static Optional<StreamInfo> info(XdfStreamHeader h) {
            String slot = h.desc().get(RecordLayout.SLOT);
            if (slot == null || h.format() != XdfFormat.FLOAT32 || !(h.nominalRate() > 0)) {
                return Optional.empty();
            }
            return Optional.of(new StreamInfo(
                    slot,
                    h.desc().get(RecordLayout.STREAM),
                    h.type(),
                    h.nominalRate(),
                    h.channels().stream()
                            .map(c -> new StreamInfo.Channel(c.label(), c.unit()))
                            .toList(),
                    Boolean.parseBoolean(h.desc().get(RecordLayout.SYNTHETIC))));
        }

        @Override
        public SessionMeta meta() {
            return meta;
        }

        @Override
        public List<StreamInfo> streams() {
            return streams;
        }

        @Override
        public List<String> damage() {
            return List.copyOf(damage);
        }

        @Override
        public void messages(Consumer<Message> consumer) {
            read(consumer, true);
        }

        @Override
        public void siteMessages(Consumer<Message> consumer) {
            read(consumer, false);
        }

        private void read(Consumer<Message> consumer, boolean ofSession) {
            // Highest sequence number given so far, per publisher and topic: two segments overlap at a recorder swap.
            Map<String, Long> given = new HashMap<>();
            Consumer<Message> once = m -> {
                if (m.topic().kind().ofSession() != ofSession) {
                    return;
                }
                String key = m.envelope().source() + ' ' + m.topic().path();
                if (m.topic().kind() == Topic.Kind.STOP) {
                    // Stops need no numbers of their own: who calls one may be a shell.
                    key += " " + m.receivedNanos();
                }
                Long last = given.get(key);
                if (last == null || m.envelope().sequence() > last) {
                    given.put(key, m.envelope().sequence());
                    consumer.accept(m);
                }
            };
            for (Path segment : segments) {
                try (XdfReader in = XdfReader.open(segment)) {
                    new SegmentMessages(once).read(in);
                }
            }
        }
    }

    /** Puts the rows of the stream "messages" and the contents that follow them together again. */
    private static final class SegmentMessages {
        private static final Set<String> TEXTS = Set.of(RecordLayout.EVENTS, RecordLayout.SITE);

        private final Consumer<Message> consumer;
        private final Map<Integer, XdfStreamHeader> headers = new HashMap<>();
        private long[] row;

        SegmentMessages(Consumer<Message> consumer) {
            this.consumer = consumer;
        }

        void read(XdfReader in) {
            for (Optional<XdfEvent> e = in.next(); e.isPresent(); e = in.next()) {
                if (e.get() instanceof XdfEvent.StreamHeader h) {
                    headers.put(h.streamId(), h.header());
                } else if (e.get() instanceof XdfEvent.Samples s) {
                    samples(s.samples());
                }
            }
        }

        private void samples(XdfSamples s) {
            XdfStreamHeader header = headers.get(s.streamId());
            if (TEXTS.contains(header.name()) && s.values() instanceof XdfValues.Text text) {
                for (String json : text.data()) {
                    consumer.accept(MessageJson.read(json));
                }
            } else if (header.name().equals(RecordLayout.MESSAGES) && s.values() instanceof XdfValues.Int64 rows) {
                row = rows.data();
            } else if (row != null && at(RecordLayout.Column.CONTENT) == s.streamId()) {
                consumer.accept(content(header, s));
                row = null;
            }
        }

        private Message content(XdfStreamHeader header, XdfSamples s) {
            Topic topic = Topic.parse(header.desc().get(RecordLayout.TOPIC));
            Payload payload;
            if (s.values() instanceof XdfValues.Float32 f) {
                payload = new Payload.Samples(new SampleBlock(
                        topic.name(),
                        at(RecordLayout.Column.INDEX),
                        at(RecordLayout.Column.TIME_NANOS),
                        Double.longBitsToDouble(at(RecordLayout.Column.RATE_BITS)),
                        s.channels(),
                        f.data()));
            } else if (s.values() instanceof XdfValues.Double64 d) {
                payload = new Payload.FeatureValue(
                        new Feature(topic.name(), at(RecordLayout.Column.TIME_NANOS), d.data()));
            } else {
                throw new RecordException("stream " + header.name() + " holds values of an unexpected type");
            }
            Envelope envelope = new Envelope(
                    (int) at(RecordLayout.Column.SCHEMA),
                    header.desc().get(RecordLayout.SOURCE),
                    at(RecordLayout.Column.SEQUENCE),
                    at(RecordLayout.Column.MADE_NANOS),
                    at(RecordLayout.Column.ACQUIRED_NANOS));
            return new Message(topic, envelope, payload, at(RecordLayout.Column.RECEIVED_NANOS));
        }

        private long at(RecordLayout.Column column) {
            return row[column.ordinal()];
        }
    }
}
