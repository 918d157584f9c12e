package org.anodyne.bench.suite;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.BrokerAddress;
import org.anodyne.bench.measure.Pace;
import org.anodyne.bench.measure.Percentiles;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.SlotHost;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.intervention.Trigger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The closed loop: block published → band power → trigger → gate → actuator, all over the bus with the shipped plug-ins,
 * in turns with a bare Paho loop of as many hops through the same broker.
 */
@Component
public final class LoopBenchmark implements Benchmark {
    private static final String SESSION = "bench-loop";
    private static final int HOPS = 3;
    private static final int CHANNELS = 8;
    private static final double RATE = 250;
    private static final double UNTOUCHED_SECONDS = 3;
    private static final double WINDOW_SECONDS = 1;

    private final BundleContext context;
    private final MessageBus bus;
    private final SlotHost host;
    private final CountingActuator actuator;

    @Activate
    public LoopBenchmark(
            BundleContext context,
            @Reference MessageBus bus,
            @Reference SlotHost host,
            @Reference CountingActuator actuator) {
        this.context = context;
        this.bus = bus;
        this.host = host;
        this.actuator = actuator;
    }

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public String title() {
        return "sample block published → decision → command at the actuator, 250 Hz × 8 channels, next to a bare Paho loop";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("seconds", "block", "turns", "warm"));
        int seconds = settings.whole("seconds", 60, 3600);
        int block = settings.whole("block", 8, 250);
        int warm = settings.whole("warm", 20, 600);
        int turns = settings.whole("turns", 4, 100);
        Stages stages = new Stages();
        Percentiles bare = new Percentiles();
        Sizes sizes = new Sizes();
        // A first turn of each is not counted. It goes with blocks of one sample, so that all code has run often enough
        // to be compiled as it is after the first minutes of a session.
        progress.accept("warming up");
        int[] bytes = sizes.measured(block);
        ours(warm, 1, new Stages());
        bare(warm, 1, bytes, true, new Percentiles());
        for (int turn = 0; turn < turns; turn++) {
            progress.accept("turn " + (turn + 1) + " of " + turns);
            ours(seconds / (double) turns, block, stages);
            bare(seconds / (double) turns, block, bytes, true, bare);
        }
        Percentiles untouched = new Percentiles();
        progress.accept("the client library as it comes");
        bare(UNTOUCHED_SECONDS, block, bytes, false, untouched);
        Percentiles loop = stages.loop;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("loopMs", loop.millis());
        figures.put("bareLoopMs", bare.millis());
        figures.put("bareLoopWithoutNoDelayMs", untouched.millis());
        figures.put("stagesMs", stages.millis());
        figures.put("hops", HOPS);
        figures.put("ratioP50", ratio(loop, bare, "p50"));
        figures.put("ratioP99", ratio(loop, bare, "p99"));
        figures.put("blocksPerSecond", RATE / block);
        figures.put("channels", CHANNELS);
        figures.put("rateHz", RATE);
        figures.put("samplesPerBlock", block);
        figures.put("warmSeconds", warm);
        figures.put("java", System.getProperty("java.version"));
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    private static double ratio(Percentiles a, Percentiles b, String which) {
        return (double) a.millis().get(which) / (double) b.millis().get(which);
    }

    private void bare(double seconds, int block, int[] bytes, boolean noDelay, Percentiles into) throws Exception {
        try (BareLoop loop = new BareLoop(BrokerAddress.of(context), bytes, noDelay)) {
            double rate = RATE / block;
            Pace pace = new Pace(rate);
            for (int i = 0; i < seconds * rate; i++) {
                pace.next();
                into.add(loop.round(System.nanoTime()));
            }
        }
    }

    private void ours(double seconds, int block, Stages into) throws Exception {
        Map<String, Message> commands = new ConcurrentHashMap<>();
        Map<Long, Message> blocks = new ConcurrentHashMap<>();
        Map<Long, Message> features = new ConcurrentHashMap<>();
        actuator.executed().clear();
        try (BenchSession session = new BenchSession(host, bus, SESSION)) {
            session.listen(Topic.Kind.COMMAND, "actuator", "", m -> {
                if (m.payload() instanceof Payload.Request r) {
                    commands.put(r.command().id(), m);
                }
            });
            session.listen(
                    Topic.Kind.SAMPLE,
                    BenchSession.EEG,
                    BenchSession.EEG,
                    m -> blocks.put(m.envelope().acquiredNanos(), m));
            session.listen(
                    Topic.Kind.FEATURE,
                    "power",
                    "relative",
                    m -> features.put(m.envelope().acquiredNanos(), m));
            session.prepareEeg(CHANNELS, RATE, block);
            session.prepareBandPower("power", 8, 13, WINDOW_SECONDS, List.of());
            session.prepare(
                    "loop",
                    "closed-loop",
                    Map.of("maximumInterval", 2.0),
                    Map.of(),
                    Map.of("features", List.of(FeatureRef.parse("power/relative"))));
            session.prepare("actuator", CountingActuator.ID, Map.of(), Map.of(), Map.of());
            // The window of the band power fills for its first seconds; only then decisions come.
            session.run(
                    List.of("actuator", "loop", "power", BenchSession.EEG),
                    Map.of("loop", List.of(always())),
                    List.of("actuator"),
                    seconds + WINDOW_SECONDS);
        }
        actuator.executed().forEach((id, at) -> {
            Message command = commands.get(id);
            long acquired = command == null ? 0 : command.envelope().acquiredNanos();
            if (command != null && blocks.containsKey(acquired) && features.containsKey(acquired)) {
                into.add(blocks.get(acquired), features.get(acquired), command, at);
            }
        });
        if (into.loop.count() == 0) {
            throw new IllegalStateException("no command reached the actuator; is every plug-in available?");
        }
    }

    /** A trigger that fires at every value. */
    private static Trigger always() {
        return new Trigger(
                "always",
                FeatureRef.parse("power/relative"),
                Trigger.Comparison.ABOVE,
                new Trigger.Threshold.Absolute(-1),
                0,
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                new Trigger.Action("actuator", CountingActuator.ACTION, Map.of()));
    }

    /** Where the time of the loop goes, stage by stage. */
    private static final class Stages {
        private final Percentiles loop = new Percentiles();
        private final Percentiles sampleHop = new Percentiles();
        private final Percentiles processor = new Percentiles();
        private final Percentiles featureHop = new Percentiles();
        private final Percentiles intervention = new Percentiles();
        private final Percentiles commandHop = new Percentiles();
        private final Percentiles actuator = new Percentiles();

        void add(Message block, Message feature, Message command, long executedNanos) {
            loop.add(executedNanos - block.envelope().madeNanos());
            sampleHop.add(block.receivedNanos() - block.envelope().madeNanos());
            processor.add(feature.envelope().madeNanos() - block.receivedNanos());
            featureHop.add(feature.receivedNanos() - feature.envelope().madeNanos());
            intervention.add(command.envelope().madeNanos() - feature.receivedNanos());
            commandHop.add(command.receivedNanos() - command.envelope().madeNanos());
            actuator.add(executedNanos - command.receivedNanos());
        }

        Map<String, Object> millis() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("sampleHop", sampleHop.millis());
            all.put("processor", processor.millis());
            all.put("featureHop", featureHop.millis());
            all.put("intervention", intervention.millis());
            all.put("commandHop", commandHop.millis());
            all.put("actuator", actuator.millis());
            return all;
        }
    }

    /** Payload sizes of the three hops; the bare loop carries as much. */
    private static final class Sizes {
        /** Envelope and names of a message of ours, as encoded. */
        private static final int OVERHEAD = 130;

        int[] measured(int block) {
            return new int[] {OVERHEAD + 4 * CHANNELS * block, OVERHEAD + 20, OVERHEAD + 80};
        }
    }
}
