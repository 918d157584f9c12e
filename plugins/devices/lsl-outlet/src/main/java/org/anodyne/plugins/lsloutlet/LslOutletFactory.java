package org.anodyne.plugins.lsloutlet;

import java.util.List;
import org.anodyne.lsl.Network;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes and makes sinks that offer what they take in on the Lab Streaming Layer. */
@Component(configurationPid = "org.anodyne.plugin.lsl-outlet")
@Designate(ocd = LslOutletFactory.Site.class)
@ProvidesPlugin(kind = PluginKind.SINK, id = "lsl-outlet", title = "Outlets of the Lab Streaming Layer")
public final class LslOutletFactory implements PluginFactory {
    static final String SAMPLES = "samples";
    static final String FEATURES = "features";
    static final String EVENTS = "events";

    /** Settings of this installation. */
    @ObjectClassDefinition(name = "Lab Streaming Layer: outlets")
    public @interface Site {
        /** Whether nobody but this computer can find and read the outlets. */
        @AttributeDefinition(
                name = "This computer only",
                description = "Offer outlets on 127.0.0.1 alone. Otherwise everybody in the network can read them.")
        boolean loopbackOnly() default false;

        /** First port of the range. */
        @AttributeDefinition(name = "Base port", description = "First of the ports that outlets take.")
        int basePort() default 16572;

        /** How many ports there are. */
        @AttributeDefinition(name = "Ports", description = "How many ports from the base port on outlets take.")
        int portRange() default 32;
    }

    private final Network network;

    /** With the published groups and ports. */
    public LslOutletFactory() {
        this(Network.LAN);
    }

    @Activate
    public LslOutletFactory(Site site) {
        this((site.loopbackOnly() ? Network.LOOPBACK : Network.LAN).ports(site.basePort(), site.portRange()));
    }

    LslOutletFactory(Network network) {
        this.network = network;
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(
                        new InputPort(SAMPLES, Carries.SAMPLES, true, false),
                        new InputPort(FEATURES, Carries.FEATURES, true, false),
                        new InputPort(EVENTS, Carries.EVENTS, true, false)),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new LslOutletSink(context, network);
    }
}
