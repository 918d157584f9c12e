package org.anodyne.plugins.virtualwalking;

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
}
