package org.anodyne.plugin.host.sample;

import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.SignalProcessor;

/** Goes into test bundles: looks right and cannot be prepared. */
public class Broken extends Counter {
    @Override
    public PluginInstance create(PluginContext context) {
        return new SignalProcessor() {
            @Override
            public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
                throw new PluginException("its table of filters is missing; build it anew");
            }

            @Override
            public void close() {}
        };
    }
}
