package org.anodyne.plugins.skinconductance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anodyne.dsp.ScrDetector;
import org.anodyne.dsp.ScrSettings;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
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

    /** Where the delay of the phasic part is stated, Hz: within the band that it lets through, 0.05 to 5 Hz. */
    private static final double TYPICAL = 0.25;

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

    /** Of the features at every step; how long a response takes to turn back, and so to be known, is the participant's. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        Settings settings = Settings.of(parameters);
        List<Delay> delays = new ArrayList<>();
        for (String name : List.of("level", "phasic", "rate")) {
            delays.add(
                    Delay.atMost(name, Delay.Stage.BLOCK, settings.step(), "a value every " + settings.step() + " s"));
        }
        delays.add(Delay.of(
                "rate",
                Delay.Stage.FILTER,
                settings.rateWindow() / 2,
                "half of the window of " + settings.rateWindow() + " s; until a response is known comes on top"));
        inputs.streams().getOrDefault(PORT, List.of()).stream()
                .findFirst()
                .ifPresent(stream -> filters(settings, stream.rateHz(), delays));
        return delays;
    }

    private static void filters(Settings settings, double rateHz, List<Delay> delays) {
        ScrSettings detection;
        try {
            detection = settings.detector(rateHz, "uS");
        } catch (IllegalArgumentException e) {
            return; // prepare refuses such a stream and says why
        }
        ScrDetector detector = new ScrDetector(detection);
        double kept = (detection.decimation() - 1) / rateHz;
        String rate = String.format(Locale.ROOT, "%.4g Hz", rateHz);
        delays.add(Delay.of(
                "level",
                Delay.Stage.FILTER,
                detector.delay(),
                "group delay of the smoothing towards 0 Hz, at " + rate));
        delays.add(Delay.of(
                "phasic",
                Delay.Stage.FILTER,
                detector.phasicDelay(TYPICAL),
                "group delay of smoothing and separation at " + TYPICAL + " Hz, at " + rate));
        for (String name : List.of("level", "phasic")) {
            delays.add(
                    Delay.atMost(name, Delay.Stage.BLOCK, kept, "every " + detection.decimation() + ". sample kept"));
        }
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new SkinConductanceProcessor(context.outlet(), Settings.of(context.parameters()));
    }
}
