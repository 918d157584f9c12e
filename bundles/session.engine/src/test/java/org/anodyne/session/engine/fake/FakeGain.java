package org.anodyne.session.engine.fake;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;

/** A processor that gives its samples on, multiplied, as a stream of its own. */
public record FakeGain(FakeSlot slot, float factor) implements SignalProcessor {
    /** Its factory. */
    public static PluginFactory factory(float factor) {
        return factory(slot -> factor);
    }

    /** Whose factor is its parameter {@code factor}. */
    public static PluginFactory factory() {
        return factory(slot -> (float) slot.parameters().number("factor"));
    }

    private static PluginFactory factory(ToDoubleFunction<FakeSlot> factor) {
        PluginPorts ports = new PluginPorts(
                List.of(new InputPort("samples", Carries.SAMPLES, false, true)),
                List.of(),
                List.of("gained"),
                List.of());
        return FakePlugins.factory(ports, slot -> new FakeGain(slot, (float) factor.applyAsDouble(slot)));
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(
                new StreamInfo(slot.slot(), "gained", "EEG", 100, List.of(new StreamInfo.Channel("Cz", "uV")), true));
    }

    @Override
    public void samples(String port, SampleBlock block) {
        float[] gained = block.samples().clone();
        for (int i = 0; i < gained.length; i++) {
            gained[i] *= factor;
        }
        slot.samples(
                new SampleBlock("gained", block.index(), block.startNanos(), block.rateHz(), block.channels(), gained));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
