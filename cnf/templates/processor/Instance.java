package org.anodyne.plugins.__package__;

import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;

/** Exponentially weighted mean square over all channels of a stream. */
final class __Class__ implements SignalProcessor {
    private static final String FORMAT = "__name__";
    private static final int VERSION = 1;

    private final PluginContext context;
    private final double seconds;
    private double mean;

    __Class__(PluginContext context) {
        this.context = context;
        this.seconds = context.parameters().number("smoothing");
    }

    @Override
    public void samples(String port, SampleBlock block) {
        double weight = 1 - StrictMath.exp(-1 / (seconds * block.rateHz()));
        for (int i = 0; i < block.length(); i++) {
            double square = 0;
            for (int c = 0; c < block.channels(); c++) {
                square += (double) block.at(i, c) * block.at(i, c);
            }
            mean += weight * (square / block.channels() - mean);
        }
        context.outlet().feature(new Feature(__Class__Factory.FEATURE, block.endNanos(), new double[] {mean}));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> out.writeDouble(mean)));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            double saved = in.readDouble();
            return () -> mean = saved;
        });
    }

    @Override
    public void close() {}
}
