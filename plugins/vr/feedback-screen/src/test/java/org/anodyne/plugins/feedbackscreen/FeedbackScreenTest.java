package org.anodyne.plugins.feedbackscreen;

import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SceneContract;
import org.anodyne.plugins.vr.DisplayFactory;

class FeedbackScreenTest extends SceneContract {
    @Override
    protected PluginFactory factory() {
        return new FeedbackScreenFactory();
    }

    @Override
    protected PluginFactory display() {
        return new DisplayFactory();
    }

    /** Is heard (docs/sound.md); how fast a level comes that is told. */
    @Override
    protected Set<String> notSeenByThemselves() {
        return Set.of("chime", "levelSeconds");
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("level", 0.7);
    }
}
