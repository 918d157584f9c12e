package org.anodyne.plugins.filereplay;

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

/** Describes and makes replays; their streams are known once the file is open. */
@Component
@ProvidesPlugin(kind = PluginKind.SOURCE, id = "file-replay", title = "Replay of a recording (text, EDF, BDF, XDF)")
public final class FileReplayFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(
                Delay.of("", Delay.Stage.ACQUISITION, 0, "a recording; what its device needed is not known"),
                Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new FileReplaySource(context);
    }
}
