package org.anodyne.plugins.synthetic;

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
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.service.component.annotations.Component;

/** Describes and makes synthetic sources. */
@Component
@ProvidesPlugin(
        kind = PluginKind.SOURCE,
        id = "synthetic",
        title = "Synthetic EEG, EDA, ECG, breathing or EMG, or a simulated participant (computed, not measured)")
public final class SyntheticFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(List.of(), List.of(), kinds(parameters), List.of());
    }

    private static List<String> kinds(Parameters parameters) {
        String kind = parameters.text("kind");
        return kind.equals(ParticipantSource.KIND) ? ParticipantSource.STREAMS : List.of(kind);
    }

    @Override
    public List<StreamInfo> streams(Parameters parameters) {
        return kinds(parameters).stream()
                .map(kind -> SyntheticSource.describe(kind, parameters))
                .toList();
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(
                Delay.of("", Delay.Stage.ACQUISITION, 0, "computed, not measured"),
                Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return context.parameters().text("kind").equals(ParticipantSource.KIND)
                ? new ParticipantSource(context)
                : new SyntheticSource(context);
    }
}
