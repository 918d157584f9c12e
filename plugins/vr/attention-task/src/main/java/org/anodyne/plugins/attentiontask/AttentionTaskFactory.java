package org.anodyne.plugins.attentiontask;

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

/** Describes and makes attention tasks. */
@Component
@ProvidesPlugin(kind = PluginKind.SCENE, id = "attention-task", title = "World: an n-back task")
public final class AttentionTaskFactory implements PluginFactory {
    /** Names of the dials, and of the ports whose features may drive them. */
    static final List<String> DIALS = List.of("daylight", "fog");

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

    @Override
    public PluginInstance create(PluginContext context) {
        return new AttentionTask(context);
    }
}
