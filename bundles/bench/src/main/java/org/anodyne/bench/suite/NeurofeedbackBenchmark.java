package org.anodyne.bench.suite;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Topic;
import org.anodyne.host.SlotHost;
import org.anodyne.plugin.FeatureRef;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Neurofeedback: block published → three band powers → training → feedback level received again, all over the bus with the
 * shipped plug-ins. Windows and filters are not in it: a value counts from the block that completed it.
 */
@Component
public final class NeurofeedbackBenchmark implements Benchmark {
    private static final String SESSION = "bench-neurofeedback";
    private static final Map<String, double[]> BANDS =
            Map.of("theta", new double[] {4, 8}, "alpha", new double[] {9, 12}, "beta", new double[] {20, 30});
    private static final double WINDOW_SECONDS = 2;
    /** The site that is trained, one of the channels. */
    private static final String SITE = "EEG1";

    private final MessageBus bus;
    private final SlotHost host;

    @Activate
    public NeurofeedbackBenchmark(@Reference MessageBus bus, @Reference SlotHost host) {
        this.bus = bus;
        this.host = host;
    }

    @Override
    public String name() {
        return "neurofeedback";
    }

    @Override
    public String title() {
        return "sample block published → band powers → training → feedback level received, over the bus; windows left"
                + " out";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "block", "warm", "channels", "rate"));
        int seconds = settings.whole("seconds", 60, 3600);
        int block = settings.whole("block", 10, 250);
        int warm = settings.whole("warm", 20, 600);
        int channels = settings.whole("channels", 8, 64);
        int rate = settings.whole("rate", 250, 2000);
        // Not counted: code is compiled as after some minutes. Smaller blocks come more often, but each is some fifteen
        // messages, and a busy machine must not have more of them than it can carry.
        progress.accept("warming up");
        pass(warm, Math.max(1, block / 2), channels, rate, new Stages());
        progress.accept("measuring");
        Stages stages = new Stages();
        pass(seconds, block, channels, rate, stages);
        if (stages.level.count() == 0) {
            throw new IllegalStateException("no level was published; is every plug-in available?");
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sampleToLevelMs", stages.level.millis());
        figures.put("sampleToTrainingValueMs", stages.value.millis());
        figures.put("sampleToBandPowerMs", stages.power.millis());
        figures.put("valuesPerSecond", rate / (double) block);
        figures.put("bands", BANDS.size());
        figures.put("channels", channels);
        figures.put("rateHz", rate);
        figures.put("samplesPerBlock", block);
        figures.put("windowSeconds", WINDOW_SECONDS);
        figures.put("warmSeconds", warm);
        figures.put("java", System.getProperty("java.version"));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    private void pass(double seconds, int block, int channels, int rate, Stages into) throws Exception {
        Map<Long, Message> blocks = new ConcurrentHashMap<>();
        Map<Long, Message> powers = new ConcurrentHashMap<>();
        Map<Long, Message> values = new ConcurrentHashMap<>();
        Map<Long, Message> levels = new ConcurrentHashMap<>();
        try (BenchSession session = new BenchSession(host, bus, SESSION)) {
            session.listen(Topic.Kind.SAMPLE, BenchSession.EEG, BenchSession.EEG, m -> blocks.put(acquired(m), m));
            session.listen(Topic.Kind.FEATURE, "alpha", "power", m -> powers.put(acquired(m), m));
            session.listen(Topic.Kind.FEATURE, "training", "value", m -> values.put(acquired(m), m));
            session.listen(Topic.Kind.FEATURE, "feedback", "level", m -> levels.put(acquired(m), m));
            prepare(session, block, channels, rate);
            // The window of the band powers fills first.
            session.run(
                    List.of("feedback", "training", "alpha", "theta", "beta", BenchSession.EEG),
                    Map.of(),
                    List.of(),
                    seconds + WINDOW_SECONDS);
        }
        levels.forEach((at, level) -> {
            Message from = blocks.get(at);
            if (from != null && powers.containsKey(at) && values.containsKey(at)) {
                long published = from.envelope().madeNanos();
                into.level.add(level.receivedNanos() - published);
                into.value.add(values.get(at).receivedNanos() - published);
                into.power.add(powers.get(at).receivedNanos() - published);
            }
        });
    }

    private static long acquired(Message m) {
        return m.envelope().acquiredNanos();
    }

    private static void prepare(BenchSession session, int block, int channels, int rate) throws Exception {
        session.prepareEeg(channels, rate, block);
        for (Map.Entry<String, double[]> band : BANDS.entrySet()) {
            double[] edges = band.getValue();
            session.prepareBandPower(band.getKey(), edges[0], edges[1], WINDOW_SECONDS, List.of(SITE));
        }
        session.prepare(
                "training",
                "neurofeedback",
                Map.of(
                        "targets",
                        List.of(target("alpha", "up"), target("theta", "down"), target("beta", "down")),
                        "require",
                        "all",
                        "spread",
                        2.0,
                        "hold",
                        0.5,
                        "block",
                        "training"),
                Map.of(),
                Map.of(
                        "targets",
                        List.of(
                                FeatureRef.parse("alpha/power"),
                                FeatureRef.parse("theta/power"),
                                FeatureRef.parse("beta/power"))));
        session.prepare(
                "feedback",
                "feedback",
                Map.ofEntries(
                        Map.entry("low", 0.0),
                        Map.entry("high", 1.0),
                        Map.entry("spread", 2.0),
                        Map.entry("direction", "up"),
                        Map.entry("smoothing", 0.0),
                        Map.entry("source", "live"),
                        Map.entry("fade", 2.0),
                        Map.entry("shamMean", 0.5),
                        Map.entry("shamDeviation", 0.25),
                        Map.entry("shamTime", 2.0),
                        Map.entry("mark", 0.5),
                        Map.entry("hold", 0.5),
                        Map.entry("allocation", "")),
                Map.of(),
                Map.of("feature", List.of(FeatureRef.parse("training/value"))));
    }

    private static Map<String, Object> target(String band, String direction) {
        return Map.of(
                "feature",
                band + "/power",
                "direction",
                direction,
                "weight",
                1.0,
                "threshold",
                Map.of("percentile", 50.0, "over", 30.0));
    }

    /** From the block's publication until each was received again. */
    private static final class Stages {
        private final Percentiles power = new Percentiles();
        private final Percentiles value = new Percentiles();
        private final Percentiles level = new Percentiles();
    }
}
