package org.anodyne.plugins.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Step;

/** A stream of four channels, and blocks of it. */
final class Streams {
    static final double RATE = 250;
    static final List<String> LABELS = List.of("C3", "C4", "A1", "TRIG");

    private Streams() {}

    static StreamInfo eeg() {
        return new StreamInfo(
                "eeg",
                "raw",
                "EEG",
                RATE,
                LABELS.stream().map(l -> new StreamInfo.Channel(l, "uV")).toList(),
                true);
    }

    static Inputs inputs() {
        return new Inputs(Map.of("samples", List.of(eeg())), Map.of());
    }

    static SampleBlock block(long index, float... samples) {
        return new SampleBlock("raw", index, Math.round(index * 1e9 / RATE), RATE, LABELS.size(), samples);
    }

    /** Blocks of odd lengths with an offset, a value that is not finite now and then, and a gap. */
    static List<Step> script() {
        List<Step> steps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        Phase phase = Phases.active("first", 0, 0, 12);
        steps.add(new Step.Enter(phase));
        long index = 0;
        while (index < 12 * RATE) {
            int length = 1 + random.nextInt(60);
            float[] samples = new float[length * LABELS.size()];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = random.nextInt(500) == 0 ? Float.NaN : (float) random.nextGaussian(100, 10);
            }
            steps.add(new Step.Block("samples", block(index, samples)));
            index += length + (random.nextInt(40) == 0 ? 100 : 0);
        }
        steps.add(new Step.End(phase));
        return steps;
    }
}
