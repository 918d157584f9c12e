package org.anodyne.plugins.neurofeedbackgarden;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class GardenTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new GardenFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }
}
