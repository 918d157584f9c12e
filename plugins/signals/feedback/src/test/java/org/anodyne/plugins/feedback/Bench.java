package org.anodyne.plugins.feedback;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.SessionClock;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;

/** One feedback under test: what it is told, and what it published. */
final class Bench {
    static final Map<String, Object> FIXED = Map.of("low", 10.0, "high", 20.0, "smoothing", 0.0);

    final FakeContext context;
    final SignalProcessor feedback;

    /** Levels of a long run, which {@link FakeContext} would take minutes to keep. */
    private final Optional<DoubleStream.Builder> levels;

    private Bench(Map<String, Object> parameters, String keyFile, boolean longRun)
            throws PluginException, InterruptedException {
        context = FakeContext.of(Schema.of(FeedbackFactory.class).defaultsWith(parameters));
        levels = longRun ? Optional.of(DoubleStream.builder()) : Optional.empty();
        feedback = (SignalProcessor)
                new FeedbackFactory(keyFile).create(longRun ? new LevelsOnly(context, levels.get()) : context);
        feedback.prepare(
                new Inputs(Map.of(), Map.of(FeedbackFactory.PORT, List.of(FeatureRef.parse("alpha/relative")))),
                Deadline.in(Duration.ofSeconds(10)));
        feedback.start();
    }

    static Bench of(Map<String, Object> parameters) throws PluginException, InterruptedException {
        return new Bench(parameters, "", false);
    }

    static Bench of(Map<String, Object> parameters, String keyFile) throws PluginException, InterruptedException {
        return new Bench(parameters, keyFile, false);
    }

    /** For very many values: {@link #levels} once, at the end, and nothing else. */
    static Bench longRun(Map<String, Object> parameters) throws PluginException, InterruptedException {
        return new Bench(parameters, "", true);
    }

    /** The first with the second's added. */
    static Map<String, Object> with(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Object> all = new HashMap<>(first);
        all.putAll(second);
        return all;
    }

    void phase(String id, int index, double from, double to) {
        feedback.enterPhase(Phases.active(id, index, from, to));
    }

    void value(double seconds, double value) {
        feedback.feature(
                FeedbackFactory.PORT,
                new FeatureInput("alpha", new Feature("relative", Phases.nanos(seconds), new double[] {value})));
    }

    double last() {
        List<Feature> levels = context.published().features(FeedbackFactory.LEVEL);
        return levels.get(levels.size() - 1).value();
    }

    double[] levels() {
        if (levels.isPresent()) {
            return levels.get().build().toArray();
        }
        return context.published().features(FeedbackFactory.LEVEL).stream()
                .mapToDouble(Feature::value)
                .toArray();
    }

    /** The same context with an outlet that keeps the levels and nothing else. */
    private record LevelsOnly(FakeContext context, DoubleStream.Builder levels) implements PluginContext, Outlet {
        @Override
        public String slot() {
            return context.slot();
        }

        @Override
        public String session() {
            return context.session();
        }

        @Override
        public Parameters parameters() {
            return context.parameters();
        }

        @Override
        public Optional<String> input() {
            return context.input();
        }

        @Override
        public SessionClock clock() {
            return context.clock();
        }

        @Override
        public ScheduledExecutorService executor() {
            return context.executor();
        }

        @Override
        public RandomGenerator random() {
            return context.random();
        }

        @Override
        public Outlet outlet() {
            return this;
        }

        @Override
        public void feature(Feature feature) {
            levels.add(feature.value());
        }

        @Override
        public void mirror(MirrorPicture picture) {
            // Of displays only.
        }

        @Override
        public void event(Event event) {
            // Other tests look at these.
        }

        @Override
        public void samples(SampleBlock block) {
            throw new UnsupportedOperationException("a processor of features publishes no samples");
        }

        @Override
        public void decision(Decision decision) {
            throw new UnsupportedOperationException("a processor decides nothing");
        }

        @Override
        public void command(Command command) {
            throw new UnsupportedOperationException("a processor commands nothing");
        }
    }
}
