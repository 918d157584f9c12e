package org.anodyne.plugin.host.sample;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Goes into test bundles: cannot be started. */
public class Unwilling implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("no licence");
    }

    @Override
    public void stop(BundleContext context) {}
}
