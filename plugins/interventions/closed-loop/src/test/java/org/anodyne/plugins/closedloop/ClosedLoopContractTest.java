package org.anodyne.plugins.closedloop;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.intervention.Trigger;
import org.anodyne.plugin.tck.InterventionContract;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Step;

class ClosedLoopContractTest extends InterventionContract {
    @Override
    protected PluginFactory factory() {
        return new ClosedLoopFactory();
    }

    @Override
    protected List<Step> script() {
        Trigger trigger = Loops.capped(
                Loops.trigger(
                        Trigger.Comparison.ABOVE, new Trigger.Threshold.RelativeToBaseline("baseline", 1, 1), 0.5, 2),
                6,
                9,
                15);
        List<Phase> phases = List.of(
                Phases.active("baseline", 0, 0, 20),
                Phases.active("first", 1, 20, 100, trigger),
                Phases.active("second", 2, 100, 180, trigger));
        List<Step> steps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        int phase = 0;
        for (double t = 0.25; t <= 180; t += 0.25) {
            if (phase < phases.size() && Phases.nanos(t) > phases.get(phase).startNanos()) {
                steps.add(new Step.Enter(phases.get(phase++)));
            }
            double value = random.nextInt(40) == 0 ? Double.NaN : 0.5 + 0.4 * Math.sin(t) + random.nextGaussian(0, 0.1);
            steps.add(new Step.Value("features", Loops.value(t, value)));
        }
        return steps;
    }
}
