package org.anodyne.plugins.fieldtripbuffer;

import java.util.List;
import java.util.Locale;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
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

/** Describes and makes sources that read a FieldTrip buffer. */
@Component(configurationPid = "org.anodyne.plugin.fieldtrip-buffer")
@Designate(ocd = FieldTripFactory.Site.class)
@ProvidesPlugin(
        kind = PluginKind.SOURCE,
        id = "fieldtrip-buffer",
        title = "FieldTrip buffer (not verified with an amplifier)")
public final class FieldTripFactory implements PluginFactory {
    /** Settings of this installation. */
    @ObjectClassDefinition(name = "FieldTrip buffer")
    public @interface Site {
        /** Where the buffer is when a session names no input. */
        @AttributeDefinition(
                name = "Address",
                description = "Where the buffer is when a session names no input: tcp:HOST:1972.")
        String address() default "";
    }

    private final String address;

    /** Without an address of the site's. */
    public FieldTripFactory() {
        address = "";
    }

    @Activate
    public FieldTripFactory(Site site) {
        address = site.address();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(), List.of(), List.of(parameters.text("type").toLowerCase(Locale.ROOT)), List.of());
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new FieldTripSource(context, address);
    }
}
