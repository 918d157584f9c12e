package org.anodyne.plugins.painstate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class PainStateContractTest extends ProcessorContract {
    @Override
    protected PluginFactory factory() {
        return new PainStateFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of(
                "weights", Map.of("alpha/relative", -1.5, "scr/rate", 0.8), "calibration", Map.of("phase", "baseline"));
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(),
                Map.of("features", List.of(FeatureRef.parse("alpha/relative"), FeatureRef.parse("scr/rate"))));
    }

    @Override
    protected List<Step> script() {
        List<Phase> phases = List.of(Phases.active("baseline", 0, 0, 10), Phases.active("treatment", 1, 10, 30));
        List<Step> steps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        int phase = 0;
        for (double t = 0.25; t <= 30; t += 0.25) {
            if (phase < phases.size() && Phases.nanos(t) > phases.get(phase).startNanos()) {
                steps.add(new Step.Enter(phases.get(phase++)));
            }
            steps.add(value("alpha", "relative", t, random.nextGaussian(0.1, 0.02)));
            if (t % 0.5 == 0) {
                steps.add(value("scr", "rate", t, random.nextInt(30) == 0 ? Double.NaN : random.nextGaussian(4, 1)));
            }
        }
        return steps;
    }

    private static Step value(String slot, String name, double seconds, double value) {
        return new Step.Value(
                "features", new FeatureInput(slot, new Feature(name, Phases.nanos(seconds), new double[] {value})));
    }
}
