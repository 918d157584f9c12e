package org.anodyne.plugins.respiration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.anodyne.channel.ChannelProcessor;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;

class RespirationContractTest extends ProcessorContract {
    private static final double RATE = 50;

    @Override
    protected PluginFactory factory() {
        return new RespirationFactory();
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(
                        ChannelProcessor.PORT,
                        List.of(new StreamInfo(
                                "resp", "resp", "RESP", RATE, List.of(new StreamInfo.Channel("RESP", "a.u.")), true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        float[] values = Breathing.at(RATE, 120, 6.5);
        SplittableRandom random = new SplittableRandom(9);
        Phase first = Phases.active("first", 0, 0, 60);
        Phase second = new Phase(
                "second",
                1,
                0,
                Phases.nanos(60),
                OptionalLong.of(Phases.nanos(120)),
                true,
                Map.of("pace", 6.5),
                List.of());
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Enter(first));
        boolean changed = false;
        for (int at = 0; at < values.length; ) {
            int length = Math.min(values.length - at, 1 + random.nextInt(100));
            SampleBlock block = new SampleBlock(
                    "resp", at, Math.round(at * 1e9 / RATE), RATE, 1, Arrays.copyOfRange(values, at, at + length));
            if (!changed && block.endNanos() > second.startNanos()) {
                steps.add(new Step.End(first));
                steps.add(new Step.Enter(second));
                changed = true;
            }
            if (at < 50 * RATE || at > 52 * RATE) {
                steps.add(new Step.Block(ChannelProcessor.PORT, block));
            }
            at += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
