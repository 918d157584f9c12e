package org.anodyne.plugins.ratings;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes rating scales: one feature per item. */
@Component
@ProvidesPlugin(kind = PluginKind.OUTCOME, id = "ratings", title = "Numeric ratings")
public final class RatingsFactory implements PluginFactory {
    @Override
    public PluginPorts ports(Parameters parameters) {
        List<FeatureInfo> features = Items.of(parameters).stream()
                .map(item -> new FeatureInfo(item.id(), "1", List.of(item.id()), false))
                .toList();
        return new PluginPorts(List.of(), features, List.of(), List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Ratings(context);
    }
}
