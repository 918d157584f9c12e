package org.anodyne.plugins.openbcicyton;

import java.util.List;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes and makes Cyton adapters. */
@Component(configurationPid = "org.anodyne.plugin.openbci-cyton")
@Designate(ocd = CytonFactory.Site.class)
@ProvidesPlugin(
        kind = PluginKind.SOURCE,
        id = "openbci-cyton",
        title = "OpenBCI Cyton (not verified on hardware)",
        exclusive = true)
public final class CytonFactory implements PluginFactory {
    /** Settings of this installation. */
    @ObjectClassDefinition(name = "OpenBCI Cyton")
    public @interface Site {
        /** Where the dongle is when a session names no input. */
        @AttributeDefinition(
                name = "Address",
                description = "Where the dongle is when a session names no input: serial:/dev/ttyUSB0, pty:/path or"
                        + " tcp:HOST:PORT.")
        String address() default "";
    }

    private final String address;

    /** Without an address of the site's. */
    public CytonFactory() {
        address = "";
    }

    @Activate
    public CytonFactory(Site site) {
        address = site.address();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        Settings settings = Settings.of(parameters);
        return new PluginPorts(
                List.of(),
                List.of(),
                List.of(settings.main().name(), settings.second().name()),
                List.of());
    }

    @Override
    public List<StreamInfo> streams(Parameters parameters) {
        Settings settings = Settings.of(parameters);
        return List.of(settings.main(), settings.second());
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new CytonSource(context, address);
    }
}
