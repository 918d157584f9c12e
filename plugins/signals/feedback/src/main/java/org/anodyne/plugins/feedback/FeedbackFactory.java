package org.anodyne.plugins.feedback;

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
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Describes and makes feedback. */
@Component(configurationPid = "org.anodyne.feedback")
@Designate(ocd = FeedbackConfiguration.class)
@ProvidesPlugin(
        kind = PluginKind.PROCESSOR,
        id = "feedback",
        title = "Feedback from a feature: live, replayed, yoked, inverted or sham")
public final class FeedbackFactory implements PluginFactory {
    static final String PORT = "feature";
    static final String LEVEL = "level";

    static final String REWARD = "reward";
    static final String MARK = "mark";

    private final String keyFile;

    @Activate
    public FeedbackFactory(FeedbackConfiguration configuration) {
        this(configuration.key_file());
    }

    /**
     * With a key file.
     *
     * @param keyFile of allocation codes; may be empty
     */
    FeedbackFactory(String keyFile) {
        this.keyFile = keyFile;
    }

    @Override
    public void check(Parameters parameters) throws PluginException {
        Settings.of(parameters);
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        FeatureInfo level = new FeatureInfo(LEVEL, "1", List.of(LEVEL), false);
        FeatureInfo reward = new FeatureInfo(REWARD, "1", List.of(REWARD), false);
        return new PluginPorts(
                List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.FEATURES, false, true)),
                parameters.get(MARK).isPresent() ? List.of(level, reward) : List.of(level),
                List.of(),
                List.of());
    }

    /** The same in every arm: what is shown in place of the level keeps its times. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double smoothing = parameters.number("smoothing");
        return List.of(
                smoothing == 0
                        ? Delay.of(LEVEL, Delay.Stage.FILTER, 0, "no smoothing")
                        : Delay.atMost(
                                LEVEL,
                                Delay.Stage.FILTER,
                                smoothing,
                                "exponential smoothing with a time constant of " + smoothing
                                        + " s: group delay towards 0 Hz"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Feedback(context, keyFile);
    }
}
