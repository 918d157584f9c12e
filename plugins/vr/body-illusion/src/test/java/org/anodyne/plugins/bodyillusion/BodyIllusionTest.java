package org.anodyne.plugins.bodyillusion;

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
}
