package org.anodyne.plugin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A plug-in as the framework sees it: a cheap service that describes the plug-in and makes instances of it. Its
 * component must not open hardware, threads or files when it is activated. Annotate it with {@link ProvidesPlugin}.
 *
 * <p>Thread: any; both methods return at once.
 */
@ConsumerType
public interface PluginFactory {
    /**
     * What an instance with these parameters will take and give.
     *
     * @param parameters valid against the plug-in's schema, defaults filled in
     * @return ports and outputs; depends on nothing but the parameters
     */
    PluginPorts ports(Parameters parameters);

    /**
     * Makes an instance for one slot of one session; it does nothing before {@link PluginInstance#prepare}.
     *
     * @return an instance that implements the contract of the plug-in's {@link PluginKind}
     */
    PluginInstance create(PluginContext context);
}
