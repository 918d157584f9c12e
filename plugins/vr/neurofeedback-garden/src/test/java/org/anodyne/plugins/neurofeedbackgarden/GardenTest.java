package org.anodyne.plugins.neurofeedbackgarden;

import java.util.Set;
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

    /** How fast a weather that is told comes (WeatherTest), and where one may walk, which is the display's (RigControlTest). */
    @Override
    protected Set<String> notSeenByThemselves() {
        return Set.of("weatherSeconds", "roam");
    }
}
