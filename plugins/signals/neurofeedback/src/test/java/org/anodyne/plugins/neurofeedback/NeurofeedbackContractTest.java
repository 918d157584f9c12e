package org.anodyne.plugins.neurofeedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

/** The contract, with every rule, marks of artefacts, and a reward share that is kept. */
class NeurofeedbackContractTest extends ProcessorContract {
    @Override
    protected PluginFactory factory() {
        return new NeurofeedbackFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of(
                "targets",
                List.of(
                        Bench.target("a", "up", Map.of("baseline", "baseline", "factor", 1.1)),
                        Bench.target("b", "down", Map.of("percentile", 60.0, "over", 4.0)),
                        Bench.target("c", "down", Bench.fixed(3, 2))),
                "require",
                2L,
                "hold",
                0.5,
                "share",
                Map.of("least", 0.6, "most", 0.8, "over", 5.0, "every", 1.0, "step", 0.1, "limit", 1.0));
    }

    @Override
    protected Inputs inputs() {
        return Bench.inputs(3, true);
    }

    @Override
    protected List<Step> script() {
        var phases = List.of(
                Bench.phase("baseline", 0, "rest", 0, 4),
                Bench.phase("train", 1, "training", 4, 12),
                Bench.phase("transfer", 2, "transfer", 12, 16),
                Bench.phase("train-2", 3, "training", 16, 22));
        List<Step> steps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        int phase = 0;
        for (double t = 0.25; t <= 22; t += 0.25) {
            if (phase < phases.size() && Phases.nanos(t) > phases.get(phase).startNanos()) {
                if (phase > 0) {
                    steps.add(new Step.End(phases.get(phase - 1)));
                }
                steps.add(new Step.Enter(phases.get(phase++)));
            }
            for (String slot : List.of("a", "b", "c")) {
                double x = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian(3, 1);
                steps.add(value(NeurofeedbackFactory.TARGETS, Bench.input(slot, "power", t, x)));
            }
            double clean = random.nextInt(8) == 0 ? 0 : 1;
            steps.add(value(NeurofeedbackFactory.CLEAN, Bench.input("artefacts", "clean", t, clean)));
        }
        steps.add(new Step.End(phases.get(3)));
        return steps;
    }

    private static Step value(String port, FeatureInput input) {
        return new Step.Value(port, input);
    }
}
