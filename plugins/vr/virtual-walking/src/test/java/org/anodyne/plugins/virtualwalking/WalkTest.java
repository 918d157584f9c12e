package org.anodyne.plugins.virtualwalking;

import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class WalkTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new WalkFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }

    /** Who looks ahead sees a body only from behind. */
    @Override
    protected Map<String, Object> beside(String parameter) {
        return Set.of("sex", "skin", "top", "trousers").contains(parameter) ? Map.of("view", "mirror") : Map.of();
    }
}
