package org.anodyne.plugins.thermodetcs2;

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

/** Describes and makes thermode adapters. */
@Component(configurationPid = "org.anodyne.thermode-tcs2")
@Designate(ocd = ThermodeConfiguration.class)
@ProvidesPlugin(
        kind = PluginKind.ACTUATOR,
        id = "thermode-tcs2",
        title = "Heat by a TCS II thermode (not verified on hardware, no watchdog)",
        exclusive = true)
public final class ThermodeFactory implements PluginFactory {
    private final String address;

    @Activate
    public ThermodeFactory(ThermodeConfiguration configuration) {
        this(configuration.address());
    }

    ThermodeFactory(String address) {
        this.address = address;
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return Limits.of(parameters).ports();
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new ThermodeActuator(context, address);
    }
}
