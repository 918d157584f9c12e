package org.anodyne.plugins.skinconductance;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes skin-conductance processors. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "skin-conductance", title = "Skin-conductance level and responses")
public final class SkinConductanceFactory implements PluginFactory {
    static final String PORT = "samples";

    /** Levels and amplitudes have the unit of whatever comes in. */
    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new InputPort(PORT, Carries.SAMPLES, false, true)),
            List.of(
                    feature("level", FeatureInfo.INPUT_UNIT, false),
                    feature("phasic", FeatureInfo.INPUT_UNIT, false),
                    feature("rate", "1/min", false),
                    feature("response", FeatureInfo.INPUT_UNIT, false),
                    feature("phase-level", FeatureInfo.INPUT_UNIT, true),
                    feature("phase-rate", "1/min", true)),
            List.of(),
            List.of());

    private static FeatureInfo feature(String name, String unit, boolean perPhase) {
        return new FeatureInfo(name, unit, List.of(name), perPhase);
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new SkinConductanceProcessor(context.outlet(), Settings.of(context.parameters()));
    }
}
