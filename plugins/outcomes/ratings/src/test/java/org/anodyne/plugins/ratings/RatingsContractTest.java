package org.anodyne.plugins.ratings;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.OutcomeContract;

class RatingsContractTest extends OutcomeContract {
    @Override
    protected PluginFactory factory() {
        return new RatingsFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of(
                "scales",
                List.of("nrs", "vas"),
                "items",
                List.of(Map.of("id", "tension", "text", "How tense are you?", "maximum", 4L, "step", 0.5)));
    }
}
