package org.anodyne.plugins.instruments;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.DefinitionException;
import org.anodyne.plugins.instruments.definition.Library.Entry;
import org.anodyne.plugins.instruments.definition.Scale;
import org.osgi.service.component.annotations.Component;

/**
 * Describes and makes questionnaires: one feature per item, and one per instrument with a component per scale. Parameters that
 * name what is not there, or what has no wording, are refused with the reason when the ports are asked for, so that the check
 * of a protocol tells it.
 */
@Component
@ProvidesPlugin(kind = PluginKind.OUTCOME, id = "instruments", title = "Questionnaires and forms")
public final class InstrumentsFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        Chosen chosen;
        try {
            chosen = Chosen.of(parameters);
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        List<FeatureInfo> features = new ArrayList<>();
        for (Entry entry : chosen.entries()) {
            Definition d = entry.definition();
            for (Definition.Item item : d.items()) {
                String name = d.nameOf(item);
                features.add(new FeatureInfo(name, "1", List.of(name), false));
            }
            if (!d.scales().isEmpty()) {
                features.add(new FeatureInfo(
                        d.id(), "1", d.scales().stream().map(Scale::id).toList(), false));
            }
        }
        return new PluginPorts(List.of(), features, List.of(), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Instruments(context);
    }
}
