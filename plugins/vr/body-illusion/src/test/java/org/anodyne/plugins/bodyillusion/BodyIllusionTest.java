package org.anodyne.plugins.bodyillusion;

import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class BodyIllusionTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new BodyIllusionFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }

    /** How long before the touch of a hand or machine it is told: StrokesTest. */
    @Override
    protected Set<String> notSeenByThemselves() {
        return Set.of("lead");
    }

    @Override
    protected Map<String, Object> beside(String parameter) {
        return parameter.equals("delay") ? Map.of("touch", "delayed") : Map.of();
    }
}
