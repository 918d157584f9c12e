package org.anodyne.plugin.host.sample;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;

/** Goes into test bundles: counts blocks. */
public class Counter implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(new PluginPorts.InputPort("samples", PluginPorts.Carries.SAMPLES, false, true)),
                List.of(new PluginPorts.FeatureInfo("count", "1", List.of("count"), false)),
                List.of(),
                List.of());
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        return List.of(Delay.of("", Delay.Stage.FILTER, 0, "counts at once"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Instance(context);
    }

    static final class Instance implements SignalProcessor {
        private final PluginContext context;
        private int count;

        Instance(PluginContext context) {
            this.context = context;
        }

        @Override
        public void samples(String port, SampleBlock block) {
            count++;
            context.outlet().feature(new Feature("count", block.endNanos(), new double[] {count}));
        }

        @Override
        public Optional<HandOver> drain(Deadline deadline) {
            return Optional.of(new HandOver(
                    "count", 1, ByteBuffer.allocate(4).putInt(count).array()));
        }

        @Override
        public boolean takeOver(HandOver handOver) {
            count = ByteBuffer.wrap(handOver.bytes()).getInt();
            return true;
        }

        @Override
        public void close() {
            count = 0;
        }
    }
}
