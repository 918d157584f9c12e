package org.anodyne.it.faulty;

import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.signal.SignalProcessor;

/** A plug-in that cannot be prepared; packed into a jar of its own by a test. */
public final class ThrowingFactory implements PluginFactory {
    public static final String REASON = "the device of this test is not there";
    /** What this one promises to stand for; in the same jar. */
    private static final String ORIGINAL = "org.anodyne.plugins.bandpower.BandPowerFactory";

    @Override
    public PluginPorts ports(Parameters parameters) {
        try {
            return Class.forName(ORIGINAL)
                    .asSubclass(PluginFactory.class)
                    .getDeclaredConstructor()
                    .newInstance()
                    .ports(parameters);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(ORIGINAL + " is not in this jar", e);
        }
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Throwing();
    }

    /** Its instance. */
    public static final class Throwing implements SignalProcessor {
        @Override
        public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
            throw new PluginException(REASON);
        }

        @Override
        public void close() {}
    }
}
