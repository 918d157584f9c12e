package org.anodyne.plugins.goaltraining;

import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class GoalTrainingContractTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new GoalTrainingFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }
}
