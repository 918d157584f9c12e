package org.anodyne.plugins.bodyillusion;

import java.util.List;
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

/** Describes and makes virtual arms. */
@Component
@ProvidesPlugin(kind = PluginKind.SCENE, id = "body-illusion", title = "World: a virtual arm that is stroked")
public final class BodyIllusionFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(
                        new InputPort("glow", Carries.FEATURES, false, false),
                        new InputPort("transparency", Carries.FEATURES, false, false)),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new BodyIllusion(context);
    }
}
