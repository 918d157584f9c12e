package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;
import org.junit.jupiter.api.Test;

class __Class__ContractTest extends ProcessorContract {
    private static final double RATE = 100;
    private static final int BLOCK = 10;

    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Override
    protected Inputs inputs() {
        return new Inputs(
                Map.of(
                        __Class__Factory.PORT,
                        List.of(new StreamInfo(
                                "eeg", "eeg", "EEG", RATE, List.of(new StreamInfo.Channel("Cz", "uV")), true))),
                Map.of());
    }

    @Override
    protected List<Step> script() {
        List<Step> script = new ArrayList<>();
        script.add(new Step.Enter(Phases.active("only", 0, 0, 20)));
        for (int i = 0; i < 200; i++) {
            float[] samples = new float[BLOCK];
            Arrays.fill(samples, 3);
            script.add(new Step.Block(
                    __Class__Factory.PORT,
                    new SampleBlock("eeg", (long) i * BLOCK, Phases.nanos(i * BLOCK / RATE), RATE, 1, samples)));
        }
        return script;
    }

    @Test
    void meanSquareOfAConstantIsItsSquare() throws Exception {
        List<Double> values = run().features(__Class__Factory.FEATURE).stream()
                .map(f -> f.value())
                .toList();
        assertEquals(9, values.get(values.size() - 1), 1e-6);
    }
}
