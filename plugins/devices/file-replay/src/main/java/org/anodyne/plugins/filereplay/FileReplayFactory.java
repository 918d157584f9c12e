package org.anodyne.plugins.filereplay;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes replays; their streams are known once the file is open. */
@Component
@ProvidesPlugin(kind = PluginKind.SOURCE, id = "file-replay", title = "Replay of a recording (text, EDF, BDF, XDF)")
public final class FileReplayFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new FileReplaySource(context);
    }
}
