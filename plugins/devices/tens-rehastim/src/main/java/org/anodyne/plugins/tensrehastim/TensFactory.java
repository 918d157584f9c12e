package org.anodyne.plugins.tensrehastim;

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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Describes and makes ScienceMode2 adapters. */
@Component(configurationPid = "org.anodyne.plugin.tens-rehastim")
@Designate(ocd = Site.class)
@ProvidesPlugin(
        kind = PluginKind.ACTUATOR,
        id = "tens-rehastim",
        title = "TENS over ScienceMode2 (not verified on hardware)",
        exclusive = true)
public final class TensFactory implements PluginFactory {
    private final String address;

    @Activate
    public TensFactory(Site site) {
        this(site.address());
    }

    TensFactory(String address) {
        this.address = address;
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return Limits.of(parameters).ports();
    }

    /** What the device needs from its answer to its output is not known of any. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double reply = parameters.number("replyTimeout");
        return List.of(Delay.atMost(
                "", Delay.Stage.OUTPUT, reply, "the device's answer, waited for no longer than replyTimeout"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new TensActuator(context, address);
    }
}
