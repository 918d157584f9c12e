package org.anodyne.plugins.hypnosisdescent;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class HypnosisDescentContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new HypnosisDescentFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }
}
