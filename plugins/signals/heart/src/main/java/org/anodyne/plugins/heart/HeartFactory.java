package org.anodyne.plugins.heart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Describes and makes heart processors. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "heart", title = "Heart rate, its variability and coherence (ECG)")
public final class HeartFactory implements PluginFactory {
    static final List<String> PHASE_FEATURES = List.of(
            "phase-rate",
            "phase-rmssd",
            "phase-sdnn",
            "phase-pnn50",
            "phase-lf",
            "phase-hf",
            "phase-lfhf",
            "phase-coherence",
            "phase-rsa");

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new InputPort(ChannelProcessor.PORT, Carries.SAMPLES, false, true)),
            List.of(
                    feature("rr", "ms", false),
                    feature("rate", "1/min", false),
                    feature("rmssd", "ms", false),
                    feature("sdnn", "ms", false),
                    feature("lfhf", "1", false),
                    feature("coherence", "1", false),
                    feature("rsa", "1/min", false),
                    feature("phase-rate", "1/min", true),
                    feature("phase-rmssd", "ms", true),
                    feature("phase-sdnn", "ms", true),
                    feature("phase-pnn50", "1", true),
                    feature("phase-lf", "ms^2", true),
                    feature("phase-hf", "ms^2", true),
                    feature("phase-lfhf", "1", true),
                    feature("phase-coherence", "1", true),
                    feature("phase-rsa", "1/min", true)),
            List.of(),
            List.of());

    private static FeatureInfo feature(String name, String unit, boolean perPhase) {
        return new FeatureInfo(name, unit, List.of(name), perPhase);
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** Half of each feature's window; that a beat is known only when the next part of the heartbeat was seen comes on top. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        List<Delay> delays = new ArrayList<>();
        double step = parameters.number("step");
        Map.of(
                        "rate", "rateWindow",
                        "rmssd", "window",
                        "sdnn", "window",
                        "lfhf", "rhythmWindow",
                        "coherence", "rhythmWindow",
                        "rsa", "rhythmWindow")
                .forEach((feature, window) -> {
                    double seconds = parameters.number(window);
                    delays.add(Delay.of(
                            feature,
                            Delay.Stage.FILTER,
                            seconds / 2,
                            "half of the '" + window + "' of " + seconds + " s"));
                    delays.add(Delay.atMost(feature, Delay.Stage.BLOCK, step, "a value every " + step + " s"));
                });
        return delays;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        Parameters parameters = context.parameters();
        return new ChannelProcessor(
                "heart",
                context.outlet(),
                parameters.text("channel"),
                PHASE_FEATURES,
                (rate, unit) -> new HeartAnalysis(context.outlet(), parameters, rate));
    }
}
