package org.anodyne.plugins.muscle;

import java.util.List;
import org.anodyne.channel.ChannelProcessor;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes muscle processors. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "muscle", title = "Muscle tension (envelope of an EMG)")
public final class MuscleFactory implements PluginFactory {
    private static final List<String> PHASE_FEATURES = List.of("phase-tension", "phase-peak");

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new InputPort(ChannelProcessor.PORT, Carries.SAMPLES, false, true)),
            List.of(
                    new FeatureInfo("tension", FeatureInfo.INPUT_UNIT, List.of("tension"), false),
                    new FeatureInfo("phase-tension", FeatureInfo.INPUT_UNIT, List.of("phase-tension"), true),
                    new FeatureInfo("phase-peak", FeatureInfo.INPUT_UNIT, List.of("phase-peak"), true)),
            List.of(),
            List.of());

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** Half of the window of the mean square; the band-pass before it takes some milliseconds more, which are not stated. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double window = parameters.number("window");
        double step = parameters.number("step");
        return List.of(
                Delay.of("tension", Delay.Stage.FILTER, window / 2, "half of the window of " + window + " s"),
                Delay.atMost("tension", Delay.Stage.BLOCK, step, "a value every " + step + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        Parameters parameters = context.parameters();
        return new ChannelProcessor(
                "muscle",
                context.outlet(),
                parameters.text("channel"),
                PHASE_FEATURES,
                (rate, unit) -> new MuscleAnalysis(context.outlet(), parameters, rate));
    }
}
