package org.anodyne.plugins.tdcsreference;

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

/** Describes and makes adapters of the reference protocol. */
@Component(configurationPid = "org.anodyne.tdcs-reference")
@Designate(ocd = TdcsConfiguration.class)
@ProvidesPlugin(
        kind = PluginKind.ACTUATOR,
        id = "tdcs-reference",
        title = "tDCS/tACS over the reference protocol (not verified on hardware)",
        exclusive = true)
public final class TdcsFactory implements PluginFactory {
    /**
     * What the site has set.
     *
     * @param address of the stimulator when the session names none; may be empty
     * @param keyFile of allocation codes; may be empty
     */
    record Site(String address, String keyFile) {}

    private final Site site;

    @Activate
    public TdcsFactory(TdcsConfiguration configuration) {
        this(new Site(configuration.address(), configuration.key_file()));
    }

    TdcsFactory(Site site) {
        this.site = site;
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
        return new TdcsActuator(context, site);
    }
}
