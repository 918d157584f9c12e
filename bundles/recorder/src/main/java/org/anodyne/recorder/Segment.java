package org.anodyne.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.formats.xdf.RecordFailedException;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfGroupCommitter;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;
import org.anodyne.formats.xdf.XdfWriter;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One XDF file being written. Messages arrive on the bus's thread and go at once to the group committer; nothing is
 * computed here that could fall behind.
 */
final class Segment implements Recorder.Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

    /** Identity of a content stream: a topic restarted by another process, or with another width, is a new stream. */
    private record ContentKey(String topic, String source, int width) {}

    private final Path path;
    private final XdfGroupCommitter committer;
    private final int messagesId;
    private final int eventsId;
    private final int siteId;
    private final Map<ContentKey, Integer> contents = new HashMap<>();
    private final Map<String, StreamInfo> declared = new HashMap<>();
    private final MessageBus bus;
    private volatile Optional<Recorder.Watcher> watcher = Optional.empty();
    private volatile Optional<SilenceWatch> silence = Optional.empty();
    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final AtomicLong messages = new AtomicLong();
    private final List<CompletableFuture<Subscription>> subscriptions = new ArrayList<>();
    private double lastStamp;
    private boolean closed;

    private Segment(Path path, XdfGroupCommitter committer, SessionMeta meta, MessageBus bus) {
        this.path = path;
        this.committer = committer;
        this.messagesId = committer.addStream(RecordLayout.messages());
        this.eventsId = committer.addStream(RecordLayout.events());
        this.siteId = committer.addStream(RecordLayout.site());
        this.bus = bus;
        subscribe("anodyne/1/" + meta.site() + "/" + meta.session() + "/#", this::write);
        SiteTopics site = new SiteTopics(meta);
        site.filters()
                .forEach(filter -> subscribe(filter, m -> {
                    if (site.takes(m)) {
                        write(m);
                    }
                }));
    }

    private void subscribe(String filter, Consumer<Message> handler) {
        subscriptions.add(bus.subscribe(filter, handler).toCompletableFuture());
    }

    static Segment create(Path path, SessionMeta meta, MessageBus bus) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            XdfWriter writer = XdfWriter.create(path, RecordLayout.properties(meta, number(path)));
            Segment[] made = new Segment[1];
            XdfGroupCommitter committer = new XdfGroupCommitter(
                    writer, XdfGroupCommitter.Settings.defaults().withOnFailure(failure -> {
                        LOG.error("The record {} failed", path, failure);
                        if (made[0] != null) {
                            made[0].alarm(failure.getMessage());
                        }
                    }));
            made[0] = new Segment(path, committer, meta, bus);
            return made[0];
        } catch (IOException | UncheckedIOException e) {
            throw new RecordException(
                    "the record " + path + " cannot be made: " + e.getMessage()
                            + ". Choose a folder that exists, is writable and holds no record yet",
                    e);
        }
    }

    /** Position of a segment in its session, from the file's name {@code segment-NNN.xdf}; 1 for any other name. */
    private static int number(Path path) {
        String digits = path.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 9 ? 1 : Integer.parseInt(digits);
    }

    /** Complete when nothing that is published from now on can be missed. */
    CompletableFuture<Void> subscribed() {
        return CompletableFuture.allOf(subscriptions.toArray(new CompletableFuture<?>[0]));
    }

    @Override
    public void watch(SessionTime time, Recorder.Watcher told) {
        watcher = Optional.of(told);
        silence = Optional.of(new SilenceWatch(bus, time, told));
    }

    private void alarm(String what) {
        alarms.add(what);
        watcher.ifPresent(w -> w.alarm(what));
    }

    @Override
    public void expect(StreamInfo stream) {
        synchronized (this) {
            declared.put(stream.slot() + "/" + stream.name(), stream);
        }
    }

    @Override
    public void expecting(StreamInfo stream, boolean now) {
        silence.ifPresent(s -> s.expecting(stream, now));
    }

    @Override
    public List<String> alarms() {
        return List.copyOf(alarms);
    }

    private synchronized void write(Message message) {
        if (closed) {
            return;
        }
        try {
            if (message.payload() instanceof Payload.Samples s) {
                samples(message, s.block());
            } else if (message.payload() instanceof Payload.FeatureValue f) {
                feature(message, f.feature());
            } else if (message.payload() instanceof Payload.Document d) {
                event(message, d.timeNanos());
            } else if (message.payload() instanceof Payload.Request r) {
                event(message, r.command().decidedNanos());
            } else if (message.payload() instanceof Payload.Reply r) {
                event(message, r.acknowledgement().timeNanos());
            }
            messages.incrementAndGet();
        } catch (RecordFailedException | RecordException | IllegalArgumentException e) {
            String alarm = "a message on " + message.topic().path() + " is missing from the record " + path + ": "
                    + e.getMessage();
            // One alarm is enough to make the session known as incomplete; the log has them all.
            if (alarms.size() < 100) {
                alarm(alarm);
            }
            LOG.error(alarm);
        }
    }

    private void samples(Message message, SampleBlock block) {
        silence.ifPresent(s -> s.seen(message.topic().slot(), block));
        int content = content(message, block.channels(), XdfFormat.FLOAT32, block.rateHz());
        double stamp = block.startNanos() / 1e9;
        row(content, message, stamp, block.startNanos(), block.index(), Double.doubleToRawLongBits(block.rateHz()));
        committer.submit(XdfSamples.regular(
                content, stamp, block.rateHz(), block.length(), new XdfValues.Float32(block.samples())));
    }

    private void feature(Message message, Feature feature) {
        int content = content(message, feature.values().length, XdfFormat.DOUBLE64, 0);
        double stamp = feature.timeNanos() / 1e9;
        row(content, message, stamp, feature.timeNanos(), 0, 0);
        committer.submit(XdfSamples.stamped(content, new double[] {stamp}, new XdfValues.Double64(feature.values())));
    }

    private void event(Message message, long timeNanos) {
        boolean ofSession = message.topic().kind().ofSession();
        // Who speaks to the whole site does not know this session's time.
        if (ofSession && timeNanos >= 0) {
            lastStamp = timeNanos / 1e9;
        }
        committer.submit(XdfSamples.event(ofSession ? eventsId : siteId, lastStamp, MessageJson.write(message)));
    }

    private void row(int content, Message message, double stamp, long timeNanos, long index, long rateBits) {
        lastStamp = stamp;
        Envelope e = message.envelope();
        committer.submit(XdfSamples.stamped(messagesId, new double[] {stamp}, new XdfValues.Int64(new long[] {
            content,
            e.schema(),
            e.sequence(),
            e.madeNanos(),
            e.acquiredNanos(),
            message.receivedNanos(),
            timeNanos,
            index,
            rateBits
        })));
    }

    private int content(Message message, int width, XdfFormat format, double rate) {
        Topic topic = message.topic();
        String source = message.envelope().source();
        return contents.computeIfAbsent(new ContentKey(topic.path(), source, width), key -> {
            StreamInfo info = declared.get(topic.slot() + "/" + topic.name());
            boolean known = info != null
                    && format == XdfFormat.FLOAT32
                    && info.channels().size() == width;
            List<XdfStreamHeader.Channel> channels = new ArrayList<>();
            for (int c = 0; c < width; c++) {
                channels.add(
                        known
                                ? new XdfStreamHeader.Channel(
                                        info.channels().get(c).label(),
                                        info.channels().get(c).unit(),
                                        info.type())
                                : new XdfStreamHeader.Channel(
                                        width == 1 ? topic.name() : topic.name() + (c + 1), "", ""));
            }
            Map<String, String> desc = new LinkedHashMap<>();
            desc.put(RecordLayout.TOPIC, topic.path());
            desc.put(RecordLayout.SOURCE, source);
            desc.put(RecordLayout.SLOT, topic.slot());
            desc.put(RecordLayout.STREAM, topic.name());
            desc.put(RecordLayout.SYNTHETIC, Boolean.toString(known && info.synthetic()));
            String type = format == XdfFormat.DOUBLE64 ? "Feature" : known ? info.type() : "Signal";
            return committer.addStream(
                    XdfStreamHeader.signal(topic.slot() + "/" + topic.name(), type, rate, format, channels)
                            .withSourceId(topic.path())
                            .withDesc(desc));
        });
    }

    @Override
    public void flush(Duration timeout) {
        try {
            committer.flush(timeout);
        } catch (RecordFailedException e) {
            throw new RecordException("the record " + path + " is not complete: " + e.getMessage(), e);
        }
    }

    @Override
    public Recorder.Figures figures() {
        XdfGroupCommitter.Metrics m = committer.metrics();
        return new Recorder.Figures(messages.get(), m.bytes(), m.ackLatency().p99() / 1e6);
    }

    @Override
    public void close() {
        silence.ifPresent(SilenceWatch::close);
        subscriptions.forEach(s -> s.thenAccept(Subscription::close));
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            committer.close();
        } catch (RecordFailedException e) {
            throw new RecordException("the record " + path + " could not be sealed: " + e.getMessage(), e);
        }
    }
}
