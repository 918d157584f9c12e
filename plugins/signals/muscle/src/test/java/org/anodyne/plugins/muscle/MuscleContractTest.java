package org.anodyne.plugins.muscle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.channel.ChannelProcessor;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class MuscleContractTest extends ProcessorContract {
    private static final double RATE = 500;

    @Override
    protected PluginFactory factory() {
        return new MuscleFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("mains", 50L, "channel", "EMG2");
    }

    @Override
    protected Inputs inputs() {
        List<StreamInfo.Channel> channels =
                List.of(new StreamInfo.Channel("EMG1", "uV"), new StreamInfo.Channel("EMG2", "uV"));
        return new Inputs(
                Map.of(ChannelProcessor.PORT, List.of(new StreamInfo("emg", "emg", "EMG", RATE, channels, true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        SplittableRandom random = new SplittableRandom(9);
        var first = Phases.active("first", 0, 0, 4);
        var second = Phases.active("second", 1, 4, 8);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Enter(first));
        boolean changed = false;
        for (int at = 0; at < 8 * RATE; ) {
            int length = 1 + random.nextInt(60);
            float[] values = new float[2 * length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (20 * (random.nextDouble() - 0.5));
            }
            SampleBlock block = new SampleBlock("emg", at, Math.round(at * 1e9 / RATE), RATE, 2, values);
            if (!changed && block.endNanos() > second.startNanos()) {
                steps.add(new Step.End(first));
                steps.add(new Step.Enter(second));
                changed = true;
            }
            if (at < 3 * RATE || at > 3.4 * RATE) {
                steps.add(new Step.Block(ChannelProcessor.PORT, block));
            }
            at += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
