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
@ProvidesPlugin(kind = PluginKind.SOURCE, id = "__name__", title = "__title__", exclusive = true)
public final class __Class__Factory implements PluginFactory {
    static final String STREAM = "values";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(List.of(), List.of(), List.of(STREAM), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new __Class__(context);
    }
}
