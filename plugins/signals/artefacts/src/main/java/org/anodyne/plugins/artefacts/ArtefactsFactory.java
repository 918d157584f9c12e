package org.anodyne.plugins.artefacts;

import java.util.List;
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

/** Describes and makes artefact processors. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "artefacts", title = "Artefacts of an EEG, with marks")
public final class ArtefactsFactory implements PluginFactory {
    static final String PORT = "samples";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new InputPort(PORT, Carries.SAMPLES, false, true)),
            List.of(
                    new FeatureInfo("clean", "1", List.of("clean"), false),
                    new FeatureInfo("channels", "1", List.of("blink", "muscle", "flat", "clip", "movement"), false),
                    new FeatureInfo("phase-clean", "1", List.of("phase-clean"), true)),
            List.of(),
            List.of());

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** What is called clean is told of each block; after an artefact it is called so only after 'hold'. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double hold = parameters.number("hold");
        return List.of(Delay.atMost(
                "clean",
                Delay.Stage.DECISION,
                hold,
                "clean again " + hold + " s after an artefact; an artefact is told at once"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new ArtefactsProcessor(context.outlet(), Settings.of(context.parameters()));
    }
}
