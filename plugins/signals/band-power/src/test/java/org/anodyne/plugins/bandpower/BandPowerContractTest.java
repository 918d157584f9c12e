package org.anodyne.plugins.bandpower;

import java.util.ArrayList;
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

class BandPowerContractTest extends ProcessorContract {
    private static final double RATE = 250;
    private static final int CHANNELS = 3;

    @Override
    protected PluginFactory factory() {
        return new BandPowerFactory();
    }

    @Override
    protected Inputs inputs() {
        List<StreamInfo.Channel> channels = List.of(
                new StreamInfo.Channel("C3", "uV"),
                new StreamInfo.Channel("Cz", "uV"),
                new StreamInfo.Channel("C4", "uV"));
        return new Inputs(
                Map.of("samples", List.of(new StreamInfo("eeg", "eeg", "EEG", RATE, channels, true))), Map.of());
    }

    @Override
    protected List<Step> script() {
        List<Step> steps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        Phase first = Phases.active("first", 0, 0, 12);
        Phase second = Phases.active("second", 1, 12, 24);
        steps.add(new Step.Enter(first));
        long index = 0;
        boolean changed = false;
        while (index < 24 * RATE) {
            int length = 1 + random.nextInt(60);
            if (index == 0 || random.nextInt(60) > 0) {
                float[] samples = new float[length * CHANNELS];
                for (int i = 0; i < samples.length; i++) {
                    double t = (index + i / CHANNELS) / RATE;
                    samples[i] = (float) (20 * Math.sin(2 * Math.PI * 10 * t) + random.nextGaussian(0, 10));
                }
                long start = Math.round(index * 1e9 / RATE);
                SampleBlock block = new SampleBlock("eeg", index, start, RATE, CHANNELS, samples);
                if (!changed && block.endNanos() > second.startNanos()) {
                    steps.add(new Step.End(first));
                    steps.add(new Step.Enter(second));
                    changed = true;
                }
                steps.add(new Step.Block("samples", block));
            }
            index += length;
        }
        steps.add(new Step.End(second));
        return steps;
    }
}
