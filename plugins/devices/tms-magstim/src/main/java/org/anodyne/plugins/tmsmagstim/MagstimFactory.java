package org.anodyne.plugins.tmsmagstim;

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

/** Describes and makes adapters for Magstim stimulators. */
@Component(configurationPid = "org.anodyne.plugin.tms-magstim")
@Designate(ocd = Site.class)
@ProvidesPlugin(
        kind = PluginKind.ACTUATOR,
        id = "tms-magstim",
        title = "TMS by Magstim 200², BiStim² or Rapid² (not verified on hardware)",
        exclusive = true)
public final class MagstimFactory implements PluginFactory {
    private final String address;
    private final String unlockCode;

    @Activate
    public MagstimFactory(Site site) {
        this(site.address(), site.unlockCode());
    }

    MagstimFactory(String address, String unlockCode) {
        this.address = address;
        this.unlockCode = unlockCode;
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return Limits.of(parameters).ports();
    }

    /** What the device needs from its answer to its output is not known of any. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double reply = parameters.number("replyTimeout");
        return List.of(
                Delay.atMost(
                        "", Delay.Stage.OUTPUT, reply, "the device's answer, waited for no longer than replyTimeout"),
                Delay.atMost(
                        "",
                        Delay.Stage.OUTPUT,
                        parameters.number("maximumWait"),
                        "power settling, 10 ms per % up and 100 ms per % down, no longer than maximumWait"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new MagstimActuator(context, address, unlockCode);
    }
}
