package org.anodyne.plugins.lslsource;

import java.util.Arrays;
import java.util.List;
import org.anodyne.lsl.Network;
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

/** Describes and makes sources of the Lab Streaming Layer. */
@Component(configurationPid = "org.anodyne.plugin.lsl-source")
@Designate(ocd = LslSourceFactory.Site.class)
@ProvidesPlugin(kind = PluginKind.SOURCE, id = "lsl-source", title = "Any stream of the Lab Streaming Layer")
public final class LslSourceFactory implements PluginFactory {
    /** Settings of this installation. */
    @ObjectClassDefinition(name = "Lab Streaming Layer: sources")
    public @interface Site {
        /** Whether nothing but this computer is asked. */
        @AttributeDefinition(name = "This computer only", description = "Look for streams on 127.0.0.1 alone.")
        boolean loopbackOnly() default false;

        /** Hosts that are asked directly, for networks without multicast. */
        @AttributeDefinition(
                name = "Known peers",
                description = "Hosts that are asked directly, separated by commas, for networks without multicast.")
        String knownPeers() default "";

        /** First port of the range. */
        @AttributeDefinition(name = "Base port", description = "First of the ports that outlets are asked at.")
        int basePort() default 16572;

        /** How many ports there are. */
        @AttributeDefinition(name = "Ports", description = "How many ports from the base port on are asked.")
        int portRange() default 32;
    }

    private final Network network;

    /** With the published groups and ports. */
    public LslSourceFactory() {
        this(Network.LAN);
    }

    @Activate
    public LslSourceFactory(Site site) {
        this((site.loopbackOnly() ? Network.LOOPBACK : Network.LAN)
                .asking(hosts(site.knownPeers()))
                .ports(site.basePort(), site.portRange()));
    }

    LslSourceFactory(Network network) {
        this.network = network;
    }

    private static List<String> hosts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(h -> !h.isEmpty())
                .toList();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double block = parameters.number("block");
        return List.of(Delay.atMost("", Delay.Stage.BLOCK, block, "blocks of " + block + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new LslSource(context, network);
    }
}
