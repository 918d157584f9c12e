package org.anodyne.plugins.neurofeedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Describes and makes neurofeedback trainings. */
@Component
@ProvidesPlugin(
        kind = PluginKind.PROCESSOR,
        id = "neurofeedback",
        title = "Neurofeedback training of several targets at once")
public final class NeurofeedbackFactory implements PluginFactory {
    static final String TARGETS = "targets";
    static final String CLEAN = "clean";
    static final String VALUE = "value";
    static final String SCORE = "score";
    static final String REWARD = "reward";
    static final String THRESHOLDS = "thresholds";
    static final String SHARE = "share";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(
                        new InputPort(TARGETS, Carries.FEATURES, true, true),
                        new InputPort(CLEAN, Carries.FEATURES, false, false)),
                List.of(
                        single(VALUE),
                        single(SCORE),
                        single(REWARD),
                        single(SHARE),
                        // Their units are those of the features, which need not be the same.
                        new FeatureInfo(THRESHOLDS, "", components(parameters.list(TARGETS)), false)),
                List.of(),
                List.of());
    }

    private static FeatureInfo single(String name) {
        return new FeatureInfo(name, "1", List.of(name), false);
    }

    /** Names of the thresholds: {@code alpha/power} has {@code alpha-power}. */
    private static List<String> components(List<?> targets) {
        List<String> names = new ArrayList<>();
        for (Object target : targets) {
            Object feature = target instanceof Map<?, ?> m ? m.get("feature") : null;
            names.add(String.valueOf(feature).replaceAll("[/.]", "-"));
        }
        return names;
    }

    /** Values of several features are put together by their times: a feature that comes later than the others holds the value up. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double hold = parameters.number("hold");
        return List.of(
                Delay.of(
                        "",
                        Delay.Stage.FILTER,
                        0,
                        "at each value of the first target, once the others have got so far"),
                Delay.of(REWARD, Delay.Stage.DECISION, hold, "reward after a hold of " + hold + " s"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Neurofeedback(context);
    }
}
