package org.anodyne.plugins.__package__;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Factory of {@link __Class__}. */
@Component
@ProvidesPlugin(kind = PluginKind.SCENE, id = "__name__", title = "__title__")
public final class __Class__Factory implements PluginFactory {
    /** A dial, its live parameter and the port of a feature that may drive it have one name. */
    static final String DAYLIGHT = "daylight";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(new PluginPorts.InputPort(DAYLIGHT, PluginPorts.Carries.FEATURES, false, false)),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new __Class__(context);
    }
}
