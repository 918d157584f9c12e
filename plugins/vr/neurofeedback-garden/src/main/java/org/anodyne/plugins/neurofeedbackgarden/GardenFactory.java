package org.anodyne.plugins.neurofeedbackgarden;

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
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes gardens. */
@Component
@ProvidesPlugin(
        kind = PluginKind.SCENE,
        id = "neurofeedback-garden",
        title = "World: a garden whose weather follows a feature")
public final class GardenFactory implements PluginFactory {
    /** Names of the dials, and of the ports whose features may drive them. */
    static final List<String> DIALS = List.of("weather", "light", "mist");

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                DIALS.stream()
                        .map(name -> new InputPort(name, Carries.FEATURES, false, false))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }

    /** Of the weather; light and mist have limits of their own, which no parameter sets. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double seconds = parameters.number("weatherSeconds");
        return List.of(Delay.atMost(
                "",
                Delay.Stage.DECISION,
                seconds,
                "the weather takes " + seconds + " s from one end to the other, a small change less"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Garden(context);
    }
}
