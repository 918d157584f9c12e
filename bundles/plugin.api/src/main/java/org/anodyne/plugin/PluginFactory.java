package org.anodyne.plugin;

import java.util.List;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A plug-in as the framework sees it: a cheap service that describes the plug-in and makes instances of it. Its
 * component must not open hardware, threads or files when it is activated. Annotate it with {@link ProvidesPlugin}.
 *
 * <p>Thread: any; all methods return at once.
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
     * Whether parameters go together, each of which is valid by itself, such as the two edges of a band. Told with its line when a
     * protocol is checked; what also rests on inputs or a device is told by {@link PluginInstance#prepare}.
     *
     * @param parameters as for {@link #ports}
     * @throws PluginException with a reason for a person, when no input could satisfy them
     */
    default void check(Parameters parameters) throws PluginException {}

    /**
     * The streams that an instance with these parameters will deliver, as far as they are known before {@code prepare}.
     *
     * @param parameters as for {@link #ports}
     * @return empty where only a device or a recording tells
     */
    default List<StreamInfo> streams(Parameters parameters) {
        return List.of();
    }

    /**
     * How late what an instance gives is behind what it takes, as far as it is known beforehand; for whoever weighs a chain before a
     * session. Depends on nothing but parameters and inputs.
     *
     * @param parameters as for {@link #ports}
     * @param inputs what is connected, with the streams that are known already: a port may be missing, where a rate
     *     matters and is not known state nothing of it
     * @return one entry for each cause; empty where nothing is stated
     */
    default List<Delay> delays(Parameters parameters, Inputs inputs) {
        return List.of();
    }

    /**
     * Makes an instance for one slot of one session; it does nothing before {@link PluginInstance#prepare}.
     *
     * @return an instance that implements the contract of the plug-in's {@link PluginKind}
     */
    PluginInstance create(PluginContext context);
}
