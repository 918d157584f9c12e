package org.anodyne.bench.suite;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * A live analysis of many channels on one core ({@link DspChain}): how many times faster than real time, what a block allocates, and
 * how scipy does on the same samples, in turns with ours. The powers after the last block are compared, so that it is the same work.
 */
@Component
public final class DspBenchmark implements Benchmark {
    private static final int RATE = 1000;

    /** Whole runs before anything is measured, so that the compiler has done its work. */
    private static final int WARM = 2;

    @Override
    public String name() {
        return "dsp";
    }

    @Override
    public String title() {
        return "64 channels × 1 kHz filtered, re-referenced and analysed in five bands per block, on one core, against scipy";
    }

    /** One run of ours. */
    private record Run(double seconds, double processorSeconds, double bytesPerBlock) {}

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "channels", "block", "window", "turns", "python"));
        int channels = settings.whole("channels", 64, 1024);
        int block = settings.whole("block", 20, 1000);
        int window = settings.whole("window", 1024, 1 << 16);
        int blocks = settings.whole("seconds", 20, 600) * RATE / block;
        int turns = settings.whole("turns", 3, 100);
        if ((long) blocks * block < window) {
            throw new IllegalArgumentException("window=" + window + " samples is longer than seconds="
                    + settings.whole("seconds", 20, 600) + " at " + RATE + " Hz; lengthen seconds");
        }
        float[] samples = samples(channels * block * blocks);
        Path file = write(folder.resolve("samples.f32"), samples);
        List<String> pythons = settings.text("python").isEmpty()
                ? List.of("python3", "/usr/bin/python3")
                : List.of(settings.text("python"));

        Map<String, Object> out = new LinkedHashMap<>();
        out.put("channels", channels);
        out.put("rateHz", RATE);
        out.put("blockSamples", block);
        out.put("windowSamples", window);
        out.put("bands", DspChain.BANDS.length);
        out.put("signalSeconds", (double) blocks * block / RATE);

        DspChain chain = new DspChain(channels, RATE, block, window);
        long[] nanos = new long[blocks];
        for (int i = 0; i < WARM; i++) {
            measure(chain, samples, channels * block, nanos);
        }
        progress.accept("warm");
        ScipyChain scipy = null;
        String absent = "";
        try {
            scipy = ScipyChain.in(folder, pythons);
        } catch (IOException e) {
            absent = e.getMessage();
            progress.accept("no ratio to scipy: " + absent);
        }
        List<Run> ours = new ArrayList<>();
        List<ScipyChain.Run> theirs = new ArrayList<>();
        Percentiles perBlock = new Percentiles();
        for (int turn = 1; turn <= turns; turn++) {
            ours.add(measure(chain, samples, channels * block, nanos));
            for (long n : nanos) {
                perBlock.add(n);
            }
            if (scipy != null) {
                theirs.add(scipy.run(file, channels, RATE, block, window));
            }
            progress.accept("turn " + turn + " of " + turns);
        }
        double signal = (double) blocks * block / RATE;
        double seconds = median(ours.stream().mapToDouble(Run::seconds).toArray());
        double processor =
                median(ours.stream().mapToDouble(Run::processorSeconds).toArray());
        out.put("timesRealTime", signal / seconds);
        out.put("timesRealTimeByProcessorTime", signal / processor);
        out.put("blockMs", perBlock.millis());
        out.put(
                "bytesAllocatedPerBlock",
                ours.stream().mapToDouble(Run::bytesPerBlock).min().orElseThrow());
        if (scipy == null) {
            out.put("scipy", absent);
        } else {
            double their =
                    median(theirs.stream().mapToDouble(ScipyChain.Run::seconds).toArray());
            double theirProcessor = median(theirs.stream()
                    .mapToDouble(ScipyChain.Run::processorSeconds)
                    .toArray());
            out.put("scipy", theirs.get(0).scipy());
            out.put("scipyTimesRealTime", signal / their);
            out.put("ratioToScipy", their / seconds);
            out.put("ratioToScipyByProcessorTime", theirProcessor / processor);
            out.put("largestDeviationFromScipy", deviation(theirs.get(0).powers(), chain.powers()));
        }
        return out;
    }

    private static Run measure(DspChain chain, float[] samples, int perBlock, long[] nanos) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        chain.reset();
        long processor = threads.getCurrentThreadCpuTime();
        // Innermost: reading the processor's time allocates.
        long bytes = threads.getThreadAllocatedBytes(thread);
        long start = System.nanoTime();
        long before = start;
        for (int b = 0; b < nanos.length; b++) {
            chain.block(samples, b * perBlock);
            long now = System.nanoTime();
            nanos[b] = now - before;
            before = now;
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - bytes;
        double used = (threads.getCurrentThreadCpuTime() - processor) / 1e9;
        return new Run((before - start) / 1e9, used, (double) allocated / nanos.length);
    }

    /** Noise on an offset, as floats, the way blocks come over the bus. */
    private static float[] samples(int count) {
        SplittableRandom random = new SplittableRandom(6);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (random.nextGaussian() * 20 + 100);
        }
        return samples;
    }

    private static Path write(Path file, float[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(samples);
        return Files.write(file, bytes.array());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The largest difference of a power, as a share of that power. */
    private static double deviation(double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            throw new IllegalStateException("scipy gave " + expected.length + " powers instead of " + actual.length);
        }
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]) / Math.abs(expected[i]));
        }
        return worst;
    }

    @Override
    public List<String> table(Map<String, Object> figures) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s channels × %s Hz, blocks of %s, window of %s samples, %s bands, %.0f s of signal",
                figures.get("channels"),
                figures.get("rateHz"),
                figures.get("blockSamples"),
                figures.get("windowSamples"),
                figures.get("bands"),
                figures.get("signalSeconds")));
        lines.add(line("times real time on one core", figures.get("timesRealTime")));
        lines.add(line("the same by processor time", figures.get("timesRealTimeByProcessorTime")));
        Map<?, ?> block = (Map<?, ?>) figures.get("blockMs");
        lines.add(String.format(
                Locale.ROOT,
                "%-40s p50 %.3f  p99 %.3f  max %.3f",
                "ms per block",
                block.get("p50"),
                block.get("p99"),
                block.get("max")));
        lines.add(line("bytes allocated per block", figures.get("bytesAllocatedPerBlock")));
        if (figures.containsKey("ratioToScipy")) {
            lines.add(line("scipy " + figures.get("scipy") + ": times real time", figures.get("scipyTimesRealTime")));
            lines.add(line("faster than scipy, by the clock", figures.get("ratioToScipy")));
            lines.add(line("faster than scipy, by processor time", figures.get("ratioToScipyByProcessorTime")));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-40s %.1e",
                    "largest relative deviation of a power",
                    figures.get("largestDeviationFromScipy")));
        } else {
            lines.add("no ratio to scipy: " + figures.get("scipy"));
        }
        return lines;
    }

    private static String line(String what, Object value) {
        return String.format(Locale.ROOT, "%-40s %.2f", what, value);
    }
}
