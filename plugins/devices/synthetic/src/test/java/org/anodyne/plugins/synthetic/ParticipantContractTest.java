package org.anodyne.plugins.synthetic;

import java.util.Map;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SourceContract;

class ParticipantContractTest extends SourceContract {
    @Override
    protected PluginFactory factory() {
        return new SyntheticFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("kind", "participant", "channels", 2L, "rate", 256.0);
    }
}
