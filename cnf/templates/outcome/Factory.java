package org.anodyne.plugins.__package__;

import java.util.List;
import java.util.stream.Stream;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.outcome.OutcomeInstrument.Item;
import org.osgi.service.component.annotations.Component;

/** Factory of {@link __Class__}. */
@Component
@ProvidesPlugin(kind = PluginKind.OUTCOME, id = "__name__", title = "__title__")
public final class __Class__Factory implements PluginFactory {
    static final String SCORE = "score";

    /** The questions; the greatest answer is a parameter. */
    static List<Item> items(Parameters parameters) {
        double highest = parameters.number("highest");
        return List.of(
                new Item("tension", "How tense do you feel right now?", 0, "not at all", highest, "very much", 1),
                new Item("worry", "How worried are you right now?", 0, "not at all", highest, "very much", 1));
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        List<FeatureInfo> features = Stream.concat(items(parameters).stream().map(Item::id), Stream.of(SCORE))
                .map(name -> new FeatureInfo(name, "1", List.of(name), false))
                .toList();
        return new PluginPorts(List.of(), features, List.of(), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new __Class__(context);
    }
}
