package org.anodyne.plugins.painstate;

import java.util.List;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes pain-state models. */
@Component
@ProvidesPlugin(
        kind = PluginKind.PROCESSOR,
        id = "pain-state",
        title = "Anodyne pain-state model (logistic; not validated, research use)")
public final class PainStateFactory implements PluginFactory {
    static final String PORT = "features";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.FEATURES, true, true)),
            List.of(
                    new FeatureInfo("probability", "1", List.of("probability"), false),
                    new FeatureInfo("logit", "1", List.of("logit"), false)),
            List.of(),
            List.of());

    @Override
    public PluginPorts ports(Parameters parameters) {
        Model.of(parameters); // says what does not fit together
        return PORTS;
    }

    /** Of the feature that drives it none; the others may be older by the lag and one of their own steps. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double lag = parameters.number("lag");
        boolean several = inputs.features().getOrDefault(PORT, List.of()).size() > 1;
        return List.of(
                several
                        ? Delay.atMost(
                                "",
                                Delay.Stage.FILTER,
                                lag,
                                "lag of " + lag + " s for features other than the first, which has none")
                        : Delay.of("", Delay.Stage.FILTER, 0, "one value for each value of its only feature"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new PainStateProcessor(context.outlet(), context.parameters());
    }
}
