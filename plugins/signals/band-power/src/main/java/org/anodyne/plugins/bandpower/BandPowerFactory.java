package org.anodyne.plugins.bandpower;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes band-power processors. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "band-power", title = "Band power and individual alpha peak")
public final class BandPowerFactory implements PluginFactory {
    static final String PORT = "samples";

    /** The unit of power is the square of whatever comes in. */
    private static final String SQUARE = FeatureInfo.INPUT_UNIT + "^2";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new InputPort(PORT, Carries.SAMPLES, false, true)),
            List.of(
                    feature("power", SQUARE, false),
                    feature("relative", "1", false),
                    feature("peak", "Hz", false),
                    feature("phase-power", SQUARE, true),
                    feature("phase-relative", "1", true),
                    feature("phase-peak", "Hz", true)),
            List.of(),
            List.of());

    private static FeatureInfo feature(String name, String unit, boolean perPhase) {
        return new FeatureInfo(name, unit, List.of(name), perPhase);
    }

    @Override
    public void check(Parameters parameters) throws PluginException {
        Settings.of(parameters).check();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** The Hann window is symmetric, so its delay is the same for changes of every speed that it lets through. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        Settings settings = Settings.of(parameters);
        List<Delay> delays = new ArrayList<>();
        for (String name : List.of("power", "relative", "peak")) {
            delays.add(Delay.of(
                    name,
                    Delay.Stage.FILTER,
                    settings.window() / 2,
                    "half of the window of " + settings.window() + " s"));
            if (settings.step() > 0) {
                delays.add(Delay.atMost(
                        name, Delay.Stage.BLOCK, settings.step(), "a value every " + settings.step() + " s"));
            }
        }
        return delays;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new BandPowerProcessor(context.outlet(), Settings.of(context.parameters()));
    }
}
