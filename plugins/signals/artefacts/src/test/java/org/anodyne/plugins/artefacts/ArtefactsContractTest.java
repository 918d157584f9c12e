package org.anodyne.plugins.artefacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class ArtefactsContractTest extends ProcessorContract {
    private static final double RATE = 100;

    @Override
    protected PluginFactory factory() {
        return new ArtefactsFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("learning", 2.0);
    }

    @Override
    protected Inputs inputs() {
        List<StreamInfo.Channel> channels =
                List.of(new StreamInfo.Channel("Fp1", "uV"), new StreamInfo.Channel("Cz", "uV"));
        return new Inputs(
                Map.of(ArtefactsFactory.PORT, List.of(new StreamInfo("eeg", "eeg", "EEG", RATE, channels, true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        SplittableRandom random = new SplittableRandom(9);
        var first = Phases.active("first", 0, 0, 15);
        var second = Phases.active("second", 1, 15, 30);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Enter(first));
        boolean changed = false;
        for (int at = 0; at < 30 * RATE; ) {
            int length = 1 + random.nextInt(40);
            float[] values = new float[2 * length];
            for (int i = 0; i < values.length; i++) {
                double t = (at + i / 2) / RATE;
                double blink = Math.exp(-Math.pow((t % 5 - 4) / 0.1, 2)) * 200;
                values[i] = (float) (20 * (random.nextDouble() - 0.5) + (i % 2 == 0 ? blink : blink / 10));
            }
            SampleBlock block = new SampleBlock("eeg", at, Math.round(at * 1e9 / RATE), RATE, 2, values);
            if (!changed && block.endNanos() > second.startNanos()) {
                steps.add(new Step.End(first));
                steps.add(new Step.Enter(second));
                changed = true;
            }
            if (at < 20 * RATE || at > 21 * RATE) {
                steps.add(new Step.Block(ArtefactsFactory.PORT, block));
            }
            at += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
