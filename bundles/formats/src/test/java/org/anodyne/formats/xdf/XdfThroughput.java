package org.anodyne.formats.xdf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures writing and reading; no test. After {@code mvn -pl bundles/formats test-compile}:
 * {@code java -cp bundles/formats/target/classes:bundles/formats/target/test-classes org.anodyne.formats.xdf.XdfThroughput FOLDER}
 */
final class XdfThroughput {
    private static final int CHANNELS = 8;
    private static final int SAMPLES = 32;
    private static final int BLOCK_BYTES = CHANNELS * SAMPLES * Float.BYTES;

    private XdfThroughput() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args.length > 0 ? args[0] : System.getProperty("java.io.tmpdir"));
        Path flat = folder.resolve("throughput-flat.xdf");
        for (int round = 0; round < 3; round++) {
            Files.deleteIfExists(flat);
            flatOut(flat, 200_000);
            read(flat);
        }
        Path paced = folder.resolve("throughput-paced.xdf");
        Files.deleteIfExists(paced);
        paced(paced, 7_300_000, 10);
        Files.delete(flat);
        Files.delete(paced);
    }

    private static XdfStreamHeader header() {
        List<XdfStreamHeader.Channel> channels = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(new XdfStreamHeader.Channel("C" + i, "microvolts", "EEG"));
        }
        return XdfStreamHeader.signal("bench", "EEG", 250, XdfFormat.FLOAT32, channels);
    }

    private static XdfSamples block(int id, int number) {
        float[] data = new float[CHANNELS * SAMPLES];
        java.util.Arrays.fill(data, number);
        return XdfSamples.regular(id, number * 0.128, 250, SAMPLES, new XdfValues.Float32(data));
    }

    private static void flatOut(Path file, int blocks) throws Exception {
        long begin = System.nanoTime();
        XdfGroupCommitter.Settings settings =
                XdfGroupCommitter.Settings.defaults().withQueue(64L << 20, Duration.ofSeconds(60));
        XdfGroupCommitter committer = new XdfGroupCommitter(XdfWriter.create(file, Map.of()), settings);
        int id = committer.addStream(header());
        CompletableFuture<Void> last = null;
        for (int i = 0; i < blocks; i++) {
            last = committer.submit(block(id, i));
        }
        last.get(120, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        committer.close();
        print("flat out", blocks, seconds, file, committer.metrics());
    }

    private static void paced(Path file, double bytesPerSecond, int seconds) throws Exception {
        XdfGroupCommitter committer =
                new XdfGroupCommitter(XdfWriter.create(file, Map.of()), XdfGroupCommitter.Settings.defaults());
        int id = committer.addStream(header());
        long begin = System.nanoTime();
        long interval = (long) (BLOCK_BYTES / bytesPerSecond * 1e9);
        int blocks = (int) (seconds * 1_000_000_000L / interval);
        for (int i = 0; i < blocks; i++) {
            while (System.nanoTime() < begin + i * interval) {
                LockSupport.parkNanos(begin + i * interval - System.nanoTime());
            }
            committer.submit(block(id, i));
        }
        committer.flush(Duration.ofSeconds(60));
        double took = (System.nanoTime() - begin) / 1e9;
        committer.close();
        print("paced", blocks, took, file, committer.metrics());
    }

    private static void print(String what, int blocks, double seconds, Path file, XdfGroupCommitter.Metrics metrics)
            throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MB/s of samples, %.3f bytes written per byte, %d groups, ack p50 %.1f ms p99 %.1f ms max %.1f ms%n",
                what,
                (double) blocks * BLOCK_BYTES / seconds / 1e6,
                Files.size(file) / ((double) blocks * BLOCK_BYTES),
                metrics.groups(),
                metrics.ackLatency().p50() / 1e6,
                metrics.ackLatency().p99() / 1e6,
                metrics.ackLatency().max() / 1e6);
    }

    private static void read(Path file) throws Exception {
        long begin = System.nanoTime();
        long samples = 0;
        try (XdfReader reader = XdfReader.open(file)) {
            for (Optional<XdfEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
                samples += next.get() instanceof XdfEvent.Samples block
                        ? block.samples().count()
                        : 0;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "read: %.1f MB/s, %d samples, checksums checked%n",
                Files.size(file) / seconds / 1e6,
                samples);
    }
}
