package org.anodyne.plugins.prt;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.programme.ProgrammeWalk;
import org.anodyne.programme.ShippedProgrammes;
import org.osgi.service.component.annotations.Component;

/** Describes and makes walks through a programme; brings one along. */
@Component
@ProvidesPlugin(kind = PluginKind.INTERVENTION, id = "prt", title = "Pain reprocessing: lessons and exercises")
public final class PrtFactory implements PluginFactory {
    private static final ShippedProgrammes SHIPPED = new ShippedProgrammes(PrtFactory.class, "pain-reprocessing");

    @Override
    public void check(Parameters parameters) throws PluginException {
        SHIPPED.check(parameters);
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new ProgrammeWalk(context, SHIPPED);
    }
}
