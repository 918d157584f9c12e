package org.anodyne.plugins.filter;

import java.util.List;
import org.anodyne.dsp.Sos;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes filters. */
@Component
@ProvidesPlugin(kind = PluginKind.PROCESSOR, id = "filter", title = "Filter and reference")
public final class FilterFactory implements PluginFactory {
    static final String PORT = "samples";
    static final String STREAM = "filtered";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.SAMPLES, false, true)),
            List.of(),
            List.of(STREAM),
            List.of());

    @Override
    public void check(Parameters parameters) throws PluginException {
        Settings.of(parameters).check();
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    /** The group delay of all filters together, at a frequency that they let pass; nothing while the rate is not known. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        Settings settings = Settings.of(parameters);
        return inputs.streams().getOrDefault(PORT, List.of()).stream()
                .findFirst()
                .map(stream -> filters(settings, stream.rateHz()))
                .orElse(List.of());
    }

    private static List<Delay> filters(Settings settings, double rateHz) {
        double frequency = settings.typicalFrequency();
        double samples = 0;
        try {
            for (Sos design : settings.designs(rateHz)) {
                samples += design.groupDelaySamples(frequency, rateHz);
            }
        } catch (PluginException e) {
            return List.of(); // prepare refuses such a stream and says why
        }
        // Next to its middle a notch comes early; there is no waiting for less than nothing.
        double seconds = Math.max(0, samples / rateHz);
        return Double.isFinite(seconds)
                ? List.of(Delay.of(STREAM, Delay.Stage.FILTER, seconds, "group delay at " + frequency + " Hz"))
                : List.of();
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new FilterProcessor(context.outlet(), Settings.of(context.parameters()));
    }
}
