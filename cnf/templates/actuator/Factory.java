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
@ProvidesPlugin(kind = PluginKind.ACTUATOR, id = "__name__", title = "__title__")
public final class __Class__Factory implements PluginFactory {
    static final String ACTION = "pulse";
    static final String AMPLITUDE = "amplitude";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(),
                List.of(),
                List.of(),
                List.of(new PluginPorts.ActionInfo(
                        ACTION,
                        List.of(new PluginPorts.ArgumentInfo(
                                AMPLITUDE, "mA", 0, parameters.number("maxAmplitude"))))));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new __Class__(context);
    }
}
