package org.anodyne.plugins.closedloop;

import java.util.List;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes closed loops. */
@Component
@ProvidesPlugin(kind = PluginKind.INTERVENTION, id = "closed-loop", title = "Closed loop: triggers on features")
public final class ClosedLoopFactory implements PluginFactory {
    static final String PORT = "features";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.FEATURES, true, true)),
            List.of(),
            List.of(),
            List.of());

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** A trigger's hold is the protocol's and comes on top. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        return List.of(Delay.of("", Delay.Stage.DECISION, 0, "decides on each value as it comes"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new ClosedLoop(context.outlet(), Math.round(context.parameters().number("maximumInterval") * 1e9));
    }
}
