package org.anodyne.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.formats.xdf.XdfFile;
import org.anodyne.formats.xdf.XdfRecovery;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.record.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is not ours opens records that the recorder wrote: while it writes, sealed, and torn once their end was cut off. */
class AnyReaderTest {
    private static final int BLOCKS = 200;

    @TempDir
    Path folder;

    private final LoopbackBus bus = new LoopbackBus();

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            bus.publish(XdfRecorderTest.topic(Topic.Kind.SAMPLE, "eeg", "eeg"), XdfRecorderTest.block(i, i, -i), 0);
            if (i % 10 == 9) {
                long time = i * 4_000_000L;
                bus.publish(
                        XdfRecorderTest.topic(Topic.Kind.FEATURE, "alpha", "power"),
                        new Payload.FeatureValue(new Feature("power", time, new double[] {i})),
                        0);
                bus.publish(
                        XdfRecorderTest.topic(Topic.Kind.EVENT, "loop", "tick"),
                        new Payload.Document("tick", time, Map.of("n", (long) i)),
                        0);
                bus.publish(
                        Topic.ofSite("lab", Topic.Kind.CLOCK, "bench"),
                        new Payload.Document("clock", -1, Map.of("offsetNanos", (long) i)),
                        0);
            }
        }
    }

    /** What the recorder was given, as libxdf has to see it. */
    private static List<String> expected(int blocks) {
        int tens = blocks / 10;
        double last = ((blocks - 1) * 4_000_000L + 1) / 1e9;
        double lastTen = (tens * 10 - 1) * 0.004;
        return List.of(
                line("messages", 0, 9, blocks + tens, 1e-9, lastTen, null),
                line("events", 0, 1, 0, 0, 0, 0.0),
                line("site", 0, 1, 0, 0, 0, 0.0),
                line("eeg/eeg", 250, 2, blocks, 1e-9, last, blocks * (blocks - 1) / 2.0),
                line("alpha/power", 0, 1, tens, 0.036, lastTen, tens * (9 + tens * 10 - 1) / 2.0));
    }

    private static String line(
            String name, double rate, int channels, int samples, double first, double last, Double sum) {
        return String.format(
                Locale.ROOT,
                "STREAM|%s|%.0f|%d|%d|%.9f|%.9f|%s",
                name,
                rate,
                channels,
                samples,
                first,
                last,
                sum == null ? "" : String.format(Locale.ROOT, "%.6f", sum));
    }

    private static List<String> streams(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith("STREAM|"))
                // Sums of ids of streams say nothing.
                .map(l -> l.startsWith("STREAM|messages|") ? l.substring(0, l.lastIndexOf('|') + 1) : l)
                .toList();
    }

    private static long events(List<String> lines, String stream) {
        return lines.stream().filter(l -> l.startsWith("EVENT|" + stream + "|")).count();
    }

    @Test
    void libxdfOpensARecordThatIsBeingWrittenAndASealedOne() throws Exception {
        Libxdf libxdf = new Libxdf(folder);
        Path file = folder.resolve("segment-001.xdf");
        try (Recorder.Recording r = new XdfRecorder(bus).open(file, XdfRecorderTest.meta())) {
            publish(0, BLOCKS / 2);
            r.flush(LoopbackBus.patience());
            List<String> running = libxdf.read(file);
            assertEquals(expected(BLOCKS / 2), streams(running));
            assertEquals(BLOCKS / 20, events(running, "1"));
            publish(BLOCKS / 2, BLOCKS);
        }
        List<String> sealed = libxdf.read(file);
        assertEquals(expected(BLOCKS), streams(sealed));
        assertEquals(BLOCKS / 10, events(sealed, "1"));
        assertEquals(BLOCKS / 10, events(sealed, "2"));
        String event = sealed.stream()
                .filter(l -> l.startsWith("EVENT|1|0.036000000|"))
                .findFirst()
                .orElseThrow();
        assertTrue(event.contains("\"type\":\"tick\"") && event.contains("\"n\":9"), event);
    }

    @Test
    void libxdfOpensATornRecordOnceItsTornEndWasCutOff() throws Exception {
        Libxdf libxdf = new Libxdf(folder);
        Path whole = folder.resolve("segment-001.xdf");
        Recorder.Recording r = new XdfRecorder(bus).open(whole, XdfRecorderTest.meta());
        publish(0, BLOCKS / 2);
        r.flush(LoopbackBus.patience());
        int durable = (int) Files.size(whole);
        publish(BLOCKS / 2, BLOCKS);
        r.flush(LoopbackBus.patience());
        // As a process that was killed leaves it: without footers.
        byte[] bytes = Files.readAllBytes(whole);
        r.close();
        // Lengths, ids, stamps, values and texts of chunks are cut through: the steps fit no chunk's length.
        for (int cut = durable + 1; cut < bytes.length; cut += 1 + (bytes.length - durable) / 9) {
            Path torn = Files.write(folder.resolve("torn-" + cut + ".xdf"), Arrays.copyOf(bytes, cut));
            // Not before: with a chunk that is cut through, libxdf may crash.
            XdfRecovery.openForAppend(torn).writer().close();
            List<String> seen = libxdf.read(torn);
            assertEquals(ours(torn), streams(seen), "cut at " + cut);
            assertTrue(samples(seen) >= BLOCKS / 2, "cut at " + cut);
            assertTrue(events(seen, "1") >= BLOCKS / 20, "cut at " + cut);
        }
    }

    /** Number of samples of the signal that libxdf sees. */
    private static int samples(List<String> lines) {
        return lines.stream()
                .filter(l -> l.startsWith("STREAM|eeg/eeg|"))
                .mapToInt(l -> Integer.parseInt(l.split("\\|")[4]))
                .findFirst()
                .orElse(0);
    }

    /** The same lines by our reader. */
    private static List<String> ours(Path file) {
        List<String> lines = new ArrayList<>();
        for (XdfFile.Stream s : XdfFile.load(file).streams()) {
            boolean numbers = s.texts().isEmpty();
            double[] stamps = numbers ? s.stamps() : new double[0];
            lines.add(line(
                    s.header().name(),
                    s.header().nominalRate(),
                    s.header().channelCount(),
                    stamps.length,
                    stamps.length == 0 ? 0 : stamps[0],
                    stamps.length == 0 ? 0 : stamps[stamps.length - 1],
                    s.header().name().equals("messages")
                            ? null
                            : Double.valueOf(
                                    numbers ? Arrays.stream(s.channel(0)).sum() : 0)));
        }
        return lines;
    }
}
