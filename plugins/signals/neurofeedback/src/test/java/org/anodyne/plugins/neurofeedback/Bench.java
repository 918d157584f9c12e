package org.anodyne.plugins.neurofeedback;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;

/** One training under test. Targets are {@code a/power}, {@code b/power} …, as many as the parameters name. */
final class Bench {
    final FakeContext context;
    final SignalProcessor training;
    private final boolean marks;
    private int phases;
    private Phase current;

    Bench(boolean marks, Map<String, Object> parameters) throws PluginException, InterruptedException {
        this.marks = marks;
        context = FakeContext.of(Schema.of(NeurofeedbackFactory.class).defaultsWith(parameters));
        training = (SignalProcessor) new NeurofeedbackFactory().create(context);
        training.prepare(
                inputs(((List<?>) parameters.get("targets")).size(), marks), Deadline.in(Duration.ofSeconds(10)));
        training.start();
    }

    static Inputs inputs(int targets, boolean marks) {
        Map<String, List<FeatureRef>> features = new HashMap<>();
        features.put(
                NeurofeedbackFactory.TARGETS,
                Stream.of("a", "b", "c")
                        .limit(targets)
                        .map(s -> new FeatureRef(s, "power", ""))
                        .toList());
        if (marks) {
            features.put(NeurofeedbackFactory.CLEAN, List.of(FeatureRef.parse("artefacts/clean")));
        }
        return new Inputs(Map.of(), features);
    }

    static Map<String, Object> target(String slot, String direction, Map<String, Object> threshold) {
        return Map.of("feature", slot + "/power", "direction", direction, "weight", 1.0, "threshold", threshold);
    }

    static Map<String, Object> fixed(double value, double range) {
        return Map.of("fixed", value, "range", range);
    }

    void phase(String id, String block, double from, double to) {
        if (current != null) {
            training.endPhase(current);
        }
        current = phase(id, phases++, block, from, to);
        training.enterPhase(current);
    }

    /** As a session announces them: without an end. */
    void open(String id, int index, boolean active, double from) {
        if (current != null) {
            training.endPhase(current);
        }
        current = new Phase(id, index, 0, Phases.nanos(from), OptionalLong.empty(), active, Map.of(), List.of());
        training.enterPhase(current);
    }

    void over() {
        training.endPhase(current);
        current = null;
    }

    static Phase phase(String id, int index, String block, double from, double to) {
        return new Phase(
                id,
                index,
                0,
                Phases.nanos(from),
                OptionalLong.of(Phases.nanos(to)),
                true,
                Map.of("block", block),
                List.of());
    }

    static FeatureInput input(String slot, String name, double seconds, double value) {
        return new FeatureInput(slot, new Feature(name, Phases.nanos(seconds), new double[] {value}));
    }

    /** One value of each target at a time; the signal is clean. */
    void values(double seconds, double... values) {
        values(true, seconds, values);
    }

    void values(boolean clean, double seconds, double... values) {
        if (marks) {
            training.feature(NeurofeedbackFactory.CLEAN, input("artefacts", "clean", seconds, clean ? 1 : 0));
        }
        for (int i = 0; i < values.length; i++) {
            training.feature(
                    NeurofeedbackFactory.TARGETS,
                    input(Character.toString((char) ('a' + i)), "power", seconds, values[i]));
        }
    }

    List<Double> all(String feature) {
        return context.published().features(feature).stream()
                .map(Feature::value)
                .toList();
    }

    double last(String feature) {
        List<Double> all = all(feature);
        return all.get(all.size() - 1);
    }

    double[] thresholds() {
        List<Feature> all = context.published().features(NeurofeedbackFactory.THRESHOLDS);
        return all.get(all.size() - 1).values();
    }

    List<Map<String, Object>> blocks() {
        return context.published().events("training-block").stream()
                .map(Event::attributes)
                .toList();
    }
}
