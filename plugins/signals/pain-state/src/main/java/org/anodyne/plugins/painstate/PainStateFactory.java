package org.anodyne.plugins.painstate;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes pain-state models. */
@Component
@ProvidesPlugin(
        kind = PluginKind.PROCESSOR,
        id = "pain-state",
        title = "Anodyne pain-state model (logistic; not validated, research use)")
public final class PainStateFactory implements PluginFactory {
    static final String PORT = "features";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.FEATURES, true, true)),
            List.of(
                    new FeatureInfo("probability", "1", List.of("probability"), false),
                    new FeatureInfo("logit", "1", List.of("logit"), false)),
            List.of(),
            List.of());

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new PainStateProcessor(context.outlet(), Model.of(context.parameters()));
    }
}
