package org.anodyne.plugins.markerbox;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes and makes marker boxes. */
@Component(configurationPid = "org.anodyne.plugin.marker-box")
@Designate(ocd = MarkerBoxFactory.Site.class)
@ProvidesPlugin(
        kind = PluginKind.SINK,
        id = "marker-box",
        title = "Markers on a serial box (not verified on hardware)",
        exclusive = true)
public final class MarkerBoxFactory implements PluginFactory {
    static final String EVENTS = "events";

    /** Settings of this installation. */
    @ObjectClassDefinition(name = "Marker box")
    public @interface Site {
        /** Where the box is when a session names no input. */
        @AttributeDefinition(
                name = "Address",
                description = "Where the box is when a session names no input: serial:/dev/ttyUSB0, pty:/path or"
                        + " tcp:HOST:PORT.")
        String address() default "";
    }

    private final String address;

    /** Without an address of the site's. */
    public MarkerBoxFactory() {
        address = "";
    }

    @Activate
    public MarkerBoxFactory(Site site) {
        address = site.address();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        MarkerBox.table(parameters);
        return new PluginPorts(
                List.of(new PluginPorts.InputPort(EVENTS, PluginPorts.Carries.EVENTS, true, false)),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new MarkerBox(context, address);
    }
}
