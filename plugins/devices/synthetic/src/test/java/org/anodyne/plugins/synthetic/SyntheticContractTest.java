package org.anodyne.plugins.synthetic;

import java.util.Map;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SourceContract;

class SyntheticContractTest extends SourceContract {
    @Override
    protected PluginFactory factory() {
        return new SyntheticFactory();
    }

    @Override
    protected Map<String, Object> parameters() {
        // 8 channels at a rate whose sample times are no whole nanoseconds.
        return Map.of("channels", 8L, "rate", 256.0);
    }
}
