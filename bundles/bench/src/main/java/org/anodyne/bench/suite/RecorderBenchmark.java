package org.anodyne.bench.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Pace;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordReader;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A heavy session on the disk: 64 channels at 1 kHz and 1,000 events per second over the bus, then read back and counted. */
@Component
public final class RecorderBenchmark implements Benchmark {
    private static final String SESSION = "bench-recorder";
    private static final int RATE = 1000;
    private static final int BLOCK = 20;

    private final MessageBus bus;
    private final Recorder recorder;
    private final RecordReader reader;

    @Activate
    public RecorderBenchmark(@Reference MessageBus bus, @Reference Recorder recorder, @Reference RecordReader reader) {
        this.bus = bus;
        this.recorder = recorder;
        this.reader = reader;
    }

    @Override
    public String name() {
        return "recorder";
    }

    @Override
    public String title() {
        return "64 channels × 1 kHz and 1,000 events/s over the bus into the record, read back and counted";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "channels", "events"));
        int seconds = settings.whole("seconds", 60, 3600);
        int channels = settings.whole("channels", 64, 1024);
        int events = settings.whole("events", 1000, 10_000);
        Path file = folder.resolve("segment-001.xdf");
        SessionMeta meta =
                new SessionMeta(bus.site(), SESSION, "BENCH", "", "1970-01-01T00:00:00Z", "1", 0, Map.of(), Map.of());
        StreamInfo stream = new StreamInfo(
                "eeg",
                "eeg",
                "EEG",
                RATE,
                IntStream.range(0, channels)
                        .mapToObj(c -> new StreamInfo.Channel("C" + c, "uV"))
                        .toList(),
                true);
        long blocks = 0;
        long published = 0;
        long start = System.nanoTime();
        Recorder.Figures figures;
        List<String> alarms;
        try (Recorder.Recording recording = recorder.open(file, meta)) {
            recording.expect(stream);
            recording.expecting(stream, true);
            Topic samples = Topic.of(bus.site(), SESSION, Topic.Kind.SAMPLE, "eeg", "eeg");
            Topic happened = Topic.of(bus.site(), SESSION, Topic.Kind.EVENT, "source", "tick");
            double stepsPerSecond = (double) RATE / BLOCK;
            Pace pace = new Pace(stepsPerSecond);
            int perStep = (int) Math.round(events / stepsPerSecond);
            for (int step = 0; step < seconds * stepsPerSecond; step++) {
                pace.next();
                long time = (long) (step / stepsPerSecond * 1e9);
                bus.publish(
                        samples,
                        new Payload.Samples(new SampleBlock(
                                "eeg", (long) step * BLOCK, time, RATE, channels, noise(channels * BLOCK, step))),
                        0);
                blocks++;
                for (int e = 0; e < perStep; e++) {
                    bus.publish(happened, new Payload.Document("tick", time, Map.of("n", published)), 0);
                    published++;
                }
                if (step % (int) (10 * stepsPerSecond) == 0) {
                    progress.accept(step / (int) stepsPerSecond + " s");
                }
            }
            if (!bus.inFlight().awaitNone(Duration.ofSeconds(30))) {
                throw new IllegalStateException("the bus did not come to rest");
            }
            recording.flush(Duration.ofSeconds(30));
            figures = recording.figures();
            alarms = recording.alarms();
        }
        double took = (System.nanoTime() - start) / 1e9;
        long[] found = new long[2];
        reader.open(file).messages(m -> found[m.payload() instanceof Payload.Samples ? 0 : 1]++);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("seconds", took);
        out.put("megabytesPerSecond", figures.bytes() / took / 1e6);
        out.put("acknowledgementP99Ms", figures.ackP99Millis());
        out.put("blocksPublished", blocks);
        out.put("blocksInRecord", found[0]);
        out.put("eventsPublished", published);
        out.put("eventsInRecord", found[1]);
        out.put("lost", blocks + published - found[0] - found[1]);
        out.put("alarms", alarms.size());
        out.put("channels", channels);
        out.put("rateHz", RATE);
        return out;
    }

    private static float[] noise(int count, int seed) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (random.nextDouble() * 100 - 50);
        }
        return samples;
    }
}
