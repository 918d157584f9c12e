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
        // An item's feature has one component of its own name; what is named otherwise is a score, which nobody asks.
        Stream<FeatureInfo> answers =
                items(parameters).stream().map(item -> new FeatureInfo(item.id(), "1", List.of(item.id()), false));
        FeatureInfo score = new FeatureInfo(SCORE, "1", List.of("sum"), false);
        List<FeatureInfo> features = Stream.concat(answers, Stream.of(score)).toList();
        return new PluginPorts(List.of(), features, List.of(), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new __Class__(context);
    }
}
