package org.anodyne.plugins.bitalino;

import java.util.ArrayList;
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

/** Describes and makes BITalino adapters. */
@Component(configurationPid = "org.anodyne.plugin.bitalino")
@Designate(ocd = BitalinoFactory.Site.class)
@ProvidesPlugin(
        kind = PluginKind.SOURCE,
        id = "bitalino",
        title = "BITalino (not verified on hardware)",
        exclusive = true)
public final class BitalinoFactory implements PluginFactory {
    /** Settings of this installation. */
    @ObjectClassDefinition(name = "BITalino")
    public @interface Site {
        /** Where the device is when a session names no input. */
        @AttributeDefinition(
                name = "Address",
                description = "Where the device is when a session names no input: serial:/dev/ttyUSB0, pty:/path or"
                        + " tcp:HOST:PORT.")
        String address() default "";
    }

    private final String address;

    /** Without an address of the site's. */
    public BitalinoFactory() {
        address = "";
    }

    @Activate
    public BitalinoFactory(Site site) {
        address = site.address();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        Settings settings = Settings.of(parameters);
        List<String> streams = new ArrayList<>();
        settings.streams().keySet().forEach(info -> streams.add(info.name()));
        if (settings.digital()) {
            streams.add(Settings.DIGITAL);
        }
        return new PluginPorts(List.of(), List.of(), streams, List.of());
    }

    @Override
    public List<StreamInfo> streams(Parameters parameters) {
        Settings settings = Settings.of(parameters);
        List<StreamInfo> streams = new ArrayList<>(settings.streams().keySet());
        if (settings.digital()) {
            streams.add(settings.digitalStream());
        }
        return streams;
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new BitalinoSource(context, address);
    }
}
