package org.anodyne.plugins.attentiontask;

import java.util.Map;
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

    @Override
    protected double watchedSeconds() {
        return 9;
    }

    @Override
    protected Map<String, Object> beside(String parameter) {
        return Map.of("leadIn", 1.0, "interval", parameter.equals("stimulus") ? 20_000.0 : 1000.0, "stimulus", 400.0);
    }
}
