package org.anodyne.plugins.respiration;

import java.util.ArrayList;
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

/** Describes and makes respiration processors. */
@Component
@ProvidesPlugin(
        kind = PluginKind.PROCESSOR,
        id = "respiration",
        title = "Breathing rate, depth and adherence to a pace")
public final class RespirationFactory implements PluginFactory {
    static final List<String> PHASE_FEATURES = List.of("phase-rate", "phase-amplitude", "phase-adherence");

    private static FeatureInfo feature(String name, String unit, boolean perPhase) {
        return new FeatureInfo(name, unit, List.of(name), perPhase);
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        List<FeatureInfo> features = new ArrayList<>(List.of(
                feature("rate", "1/min", false),
                feature("amplitude", FeatureInfo.INPUT_UNIT, false),
                feature("fullness", "1", false),
                feature("phase", "1", false),
                feature("adherence", "1", false)));
        if (parameters.flag("guide")) {
            features.add(feature("guide", "1", false));
        }
        features.addAll(List.of(
                feature("phase-rate", "1/min", true),
                feature("phase-amplitude", FeatureInfo.INPUT_UNIT, true),
                feature("phase-adherence", "1", true)));
        return new PluginPorts(
                List.of(new InputPort(ChannelProcessor.PORT, Carries.SAMPLES, false, true)),
                features,
                List.of(),
                List.of());
    }

    /** Half of the window of rate and adherence; a breath is known when the next begins, which comes on top. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        List<Delay> delays = new ArrayList<>();
        double window = parameters.number("window");
        double step = parameters.number("step");
        for (String feature : List.of("rate", "adherence")) {
            delays.add(Delay.of(feature, Delay.Stage.FILTER, window / 2, "half of the window of " + window + " s"));
        }
        for (String feature : List.of("rate", "adherence", "amplitude", "fullness", "phase")) {
            delays.add(Delay.atMost(feature, Delay.Stage.BLOCK, step, "a value every " + step + " s"));
        }
        if (parameters.flag("guide")) {
            delays.add(Delay.atMost("guide", Delay.Stage.BLOCK, step, "a value every " + step + " s"));
        }
        return delays;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        Parameters parameters = context.parameters();
        return new ChannelProcessor(
                "respiration",
                context.outlet(),
                parameters.text("channel"),
                PHASE_FEATURES,
                (rate, unit) -> new RespirationAnalysis(context.outlet(), parameters, rate));
    }
}
