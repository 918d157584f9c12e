package org.anodyne.plugins.skinconductance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class SkinConductanceContractTest extends ProcessorContract {
    private static final double RATE = 64;

    @Override
    protected PluginFactory factory() {
        return new SkinConductanceFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("minimumAmplitude", 0.05);
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(
                        "samples",
                        List.of(new StreamInfo(
                                "eda", "eda", "EDA", RATE, List.of(new StreamInfo.Channel("EDA", "uS")), true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        float[] values = Conductance.responses(RATE, 60, 0.4, 5, 14, 21, 30, 33, 48);
        SplittableRandom random = new SplittableRandom(9);
        Phase first = Phases.active("first", 0, 0, 30);
        Phase second = Phases.active("second", 1, 30, 60);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Enter(first));
        boolean changed = false;
        for (int at = 0; at < values.length; ) {
            int length = Math.min(values.length - at, 1 + random.nextInt(40));
            long start = Math.round(at * 1e9 / RATE);
            SampleBlock block = new SampleBlock("eda", at, start, RATE, 1, Arrays.copyOfRange(values, at, at + length));
            if (!changed && block.endNanos() > second.startNanos()) {
                steps.add(new Step.End(first));
                steps.add(new Step.Enter(second));
                changed = true;
            }
            // One block is missing: a gap.
            if (at < 40 * RATE || at > 41 * RATE) {
                steps.add(new Step.Block("samples", block));
            }
            at += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
