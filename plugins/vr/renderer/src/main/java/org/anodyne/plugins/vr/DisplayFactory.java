package org.anodyne.plugins.vr;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes displays. */
@Component
@ProvidesPlugin(
        kind = PluginKind.DISPLAY,
        id = "display",
        title = "Display: window, headset, off screen",
        exclusive = true)
public final class DisplayFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new DisplayInstance(context);
    }
}
