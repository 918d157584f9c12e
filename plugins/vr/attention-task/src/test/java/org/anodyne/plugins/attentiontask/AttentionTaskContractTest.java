package org.anodyne.plugins.attentiontask;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class AttentionTaskContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new AttentionTaskFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }
}
