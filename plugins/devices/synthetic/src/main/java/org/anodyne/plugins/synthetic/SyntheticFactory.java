package org.anodyne.plugins.synthetic;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes synthetic sources. */
@Component
@ProvidesPlugin(kind = PluginKind.SOURCE, id = "synthetic", title = "Synthetic EEG or EDA (computed, not measured)")
public final class SyntheticFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(List.of(), List.of(), List.of(parameters.text("kind")), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new SyntheticSource(context);
    }
}
