package org.anodyne.plugins.heart;

import java.util.ArrayList;
import java.util.Arrays;
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

class HeartContractTest extends ProcessorContract {
    private static final double RATE = 125;
    private static final double SECONDS = 150;

    @Override
    protected PluginFactory factory() {
        return new HeartFactory();
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(
                        ChannelProcessor.PORT,
                        List.of(new StreamInfo(
                                "ecg", "ecg", "ECG", RATE, List.of(new StreamInfo.Channel("ECG", "mV")), true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        float[] values = Ecg.of(RATE, SECONDS, Ecg.beats(SECONDS, t -> 65 + 8 * Math.sin(2 * Math.PI * 0.1 * t)));
        SplittableRandom random = new SplittableRandom(9);
        var first = Phases.active("first", 0, 0, 75);
        var second = Phases.active("second", 1, 75, SECONDS);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Enter(first));
        boolean changed = false;
        for (int at = 0; at < values.length; ) {
            int length = Math.min(values.length - at, 1 + random.nextInt(200));
            SampleBlock block = new SampleBlock(
                    "ecg", at, Math.round(at * 1e9 / RATE), RATE, 1, Arrays.copyOfRange(values, at, at + length));
            if (!changed && block.endNanos() > second.startNanos()) {
                steps.add(new Step.End(first));
                steps.add(new Step.Enter(second));
                changed = true;
            }
            // Some blocks are missing: a gap.
            if (at < 78 * RATE || at > 81 * RATE) {
                steps.add(new Step.Block(ChannelProcessor.PORT, block));
            }
            at += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
