package org.anodyne.formats.recordings;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.formats.TruncatedException;
import org.anodyne.formats.xdf.XdfClockModel;
import org.anodyne.formats.xdf.XdfEvent;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfReader;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;

/** XDF as a recording: one pass builds an index of the chunks, samples are read from the file when they are wanted. */
final class XdfRecording implements Recording {
    private static final int MAX_DAMAGE_WARNINGS = 10;

    private record Chunk(long firstSample, int count, long offset, double stampBefore) {}

    private record TextMark(int streamId, double stamp, String text) {}

    private static final class Stream {
        private final int id;
        private final XdfStreamHeader header;
        private final List<Chunk> chunks = new ArrayList<>();
        private final List<XdfEvent.ClockOffset> offsets = new ArrayList<>();
        private XdfClockModel clock = new XdfClockModel(0, 0, 0);
        private long samples;
        private double first = Double.NaN;
        private double last;
        private boolean closed;

        private Stream(int id, XdfStreamHeader header) {
            this.id = id;
            this.header = header;
        }

        private boolean text() {
            return header.format() == XdfFormat.STRING;
        }

        private double end() {
            return clock.apply(last) + (header.nominalRate() > 0 ? 1 / header.nominalRate() : 0);
        }
    }

    private final Path file;
    private final XdfReader reader;
    private final List<Stream> signals = new ArrayList<>();
    private final List<SignalGroup> groups = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private LocalDateTime start;
    private double origin;
    private double duration;
    private int cachedGroup = -1;
    private Chunk cachedChunk;
    private XdfSamples cached;

    XdfRecording(Path file, Truncated truncated) {
        this.file = file;
        this.reader = XdfReader.open(file);
        try {
            scan(truncated);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void scan(Truncated truncated) {
        Map<Integer, Stream> streams = new LinkedHashMap<>();
        List<TextMark> texts = new ArrayList<>();
        for (Optional<XdfEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
            XdfEvent event = next.get();
            if (event instanceof XdfEvent.FileHeader header) {
                start = Recordings.time(header.properties().getOrDefault("datetime", ""));
            } else if (event instanceof XdfEvent.StreamHeader header) {
                streams.putIfAbsent(header.streamId(), new Stream(header.streamId(), header.header()));
            } else if (event instanceof XdfEvent.ClockOffset offset) {
                streams.get(offset.streamId()).offsets.add(offset);
            } else if (event instanceof XdfEvent.StreamFooter footer && streams.containsKey(footer.streamId())) {
                streams.get(footer.streamId()).closed = true;
            } else if (event instanceof XdfEvent.Samples block
                    && block.samples().count() > 0) {
                index(streams.get(block.samples().streamId()), block.samples(), texts);
            }
        }
        if (reader.tornBytes() > 0 && truncated == Truncated.REFUSE) {
            throw new TruncatedException(
                    file,
                    reader.size() - reader.tornBytes(),
                    "the recording is truncated: its last " + reader.tornBytes() + " bytes are not a whole chunk",
                    "Copy the file again, or recover it if it was being recorded when the machine stopped.");
        }
        groups(streams);
        marks(streams, texts);
        warn(streams);
    }

    private void index(Stream stream, XdfSamples block, List<TextMark> texts) {
        if (stream.samples == 0) {
            stream.first = block.stamps()[0];
        }
        if (!stream.text()) {
            stream.chunks.add(new Chunk(stream.samples, block.count(), reader.chunkStart(), stream.last));
        }
        stream.samples += block.count();
        stream.last = block.stamps()[block.count() - 1];
        if (stream.text()) {
            String[] data = ((XdfValues.Text) block.values()).data();
            for (int i = 0; i < block.count(); i++) {
                int from = i * block.channels();
                String text = String.join(", ", List.of(data).subList(from, from + block.channels()));
                texts.add(new TextMark(stream.id, block.stamps()[i], text));
            }
        }
    }

    private void groups(Map<Integer, Stream> streams) {
        for (Stream stream : streams.values()) {
            stream.clock = XdfClockModel.fit(stream.offsets);
            if (!stream.text() && stream.samples > 0) {
                signals.add(stream);
            }
        }
        if (signals.isEmpty()) {
            throw new FormatException(
                    file, -1, "the file holds no samples of any signal", "Choose a recording that holds data.");
        }
        origin = streams.values().stream()
                .filter(s -> s.samples > 0)
                .mapToDouble(s -> s.clock.apply(s.first))
                .min()
                .orElse(0);
        for (Stream stream : signals) {
            XdfStreamHeader header = stream.header;
            List<SignalGroup.Signal> named = new ArrayList<>();
            for (int i = 0; i < header.channelCount(); i++) {
                XdfStreamHeader.Channel channel = i < header.channels().size()
                        ? header.channels().get(i)
                        : new XdfStreamHeader.Channel("", "", "");
                String label = channel.label().isEmpty() ? header.name() + " " + (i + 1) : channel.label();
                named.add(new SignalGroup.Signal(label, channel.unit()));
            }
            groups.add(new SignalGroup(
                    groups.size(),
                    header.name(),
                    header.type(),
                    header.nominalRate(),
                    stream.samples,
                    stream.clock.apply(stream.first) - origin,
                    named));
            duration = Math.max(duration, stream.end() - origin);
        }
    }

    private void marks(Map<Integer, Stream> streams, List<TextMark> texts) {
        for (TextMark text : texts) {
            Stream stream = streams.get(text.streamId());
            double onset = stream.clock.apply(text.stamp()) - origin;
            marks.add(new Mark(onset, 0, stream.header.name(), text.text()));
            duration = Math.max(duration, onset);
        }
        marks.sort(Comparator.comparingDouble(Mark::onsetSeconds));
    }

    private void warn(Map<Integer, Stream> streams) {
        List<XdfReader.Damage> damage = reader.damage();
        damage.stream()
                .limit(MAX_DAMAGE_WARNINGS)
                .forEach(d -> warnings.add("At byte " + d.offset() + ": " + d.what() + " (" + d.bytes() + " bytes)."));
        if (damage.size() > MAX_DAMAGE_WARNINGS) {
            warnings.add((damage.size() - MAX_DAMAGE_WARNINGS) + " more places of the file could not be read.");
        }
        if (reader.uncommittedBytes() > reader.tornBytes()) {
            warnings.add("The last " + reader.uncommittedBytes() + " bytes were never committed.");
        }
        for (Stream stream : streams.values()) {
            String name = "Stream \"" + stream.header.name() + "\" ";
            if (stream.samples == 0) {
                warnings.add(name + "holds no samples.");
            } else if (!stream.closed) {
                warnings.add(name + "was not closed; its recording ended without warning.");
            }
            double rate = stream.header.nominalRate();
            double byRate = (stream.samples - 1) / (rate > 0 ? rate : 1);
            double byStamps = stream.last - stream.first;
            if (!stream.text()
                    && rate > 0
                    && stream.samples > 1
                    && Math.abs(byStamps - byRate) > 0.05 * byRate + 1 / rate) {
                warnings.add(String.format(
                        java.util.Locale.ROOT,
                        "%shas gaps or another rate than it says: %d samples at %s Hz would last %.3f s, its stamps cover %.3f s.",
                        name,
                        stream.samples,
                        rate,
                        byRate,
                        byStamps));
            }
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String format() {
        return "XDF";
    }

    @Override
    public List<SignalGroup> groups() {
        return List.copyOf(groups);
    }

    @Override
    public double durationSeconds() {
        return duration;
    }

    @Override
    public Optional<LocalDateTime> startTime() {
        return Optional.ofNullable(start);
    }

    @Override
    public List<Mark> marks() {
        return List.copyOf(marks);
    }

    @Override
    public boolean truncated() {
        return reader.tornBytes() > 0;
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public int read(int group, long fromSample, double[][] into) {
        int wanted = into.length == 0 ? 0 : into[0].length;
        return each(group, fromSample, wanted, (block, from, at, count) -> {
            for (int i = 0; i < count; i++) {
                for (int channel = 0; channel < into.length; channel++) {
                    into[channel][at + i] = block.at(from + i, channel);
                }
            }
        });
    }

    @Override
    public int readTimes(int group, long fromSample, double[] into) {
        XdfClockModel clock = signals.get(group).clock;
        return each(group, fromSample, into.length, (block, from, at, count) -> {
            for (int i = 0; i < count; i++) {
                into[at + i] = clock.apply(block.stamps()[from + i]) - origin;
            }
        });
    }

    private interface Part {
        void take(XdfSamples block, int from, int at, int count);
    }

    private int each(int group, long fromSample, int wanted, Part part) {
        Stream stream = signals.get(group);
        if (fromSample < 0) {
            throw new IllegalArgumentException("samples are counted from 0, not " + fromSample);
        }
        int done = 0;
        while (done < wanted && fromSample + done < stream.samples) {
            Chunk chunk = chunk(stream, fromSample + done);
            if (cachedGroup != group || cachedChunk != chunk) {
                cached = reader.readAgain(chunk.offset(), stream.id, chunk.stampBefore());
                cachedGroup = group;
                cachedChunk = chunk;
            }
            int from = (int) (fromSample + done - chunk.firstSample());
            int count = Math.min(wanted - done, chunk.count() - from);
            part.take(cached, from, done, count);
            done += count;
        }
        return done;
    }

    private static Chunk chunk(Stream stream, long sample) {
        int low = 0;
        int high = stream.chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stream.chunks.get(middle).firstSample() <= sample) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stream.chunks.get(low);
    }

    @Override
    public void close() {
        reader.close();
    }
}
