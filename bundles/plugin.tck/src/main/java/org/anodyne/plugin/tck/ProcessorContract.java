package org.anodyne.plugin.tck;

import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.SignalProcessor;

/** The contract of a signal processor. */
public abstract class ProcessorContract extends StepContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return SignalProcessor.class;
    }
}
