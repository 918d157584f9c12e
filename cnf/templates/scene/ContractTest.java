package org.anodyne.plugins.__package__;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class __Class__ContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }
}
