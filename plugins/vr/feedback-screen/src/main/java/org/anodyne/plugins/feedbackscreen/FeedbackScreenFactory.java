package org.anodyne.plugins.feedbackscreen;

import java.util.List;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.Carries;
import org.anodyne.plugin.PluginPorts.InputPort;
import org.anodyne.plugin.ProvidesPlugin;
import org.osgi.service.component.annotations.Component;

/** Describes and makes feedback screens. */
@Component
@ProvidesPlugin(
        kind = PluginKind.SCENE,
        id = "feedback-screen",
        title = "World: a plain screen that shows a level and its rewards")
public final class FeedbackScreenFactory implements PluginFactory {
    static final String LEVEL = "level";
    static final String REWARD = "reward";

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(
                List.of(
                        new InputPort(LEVEL, Carries.FEATURES, false, false),
                        new InputPort(REWARD, Carries.FEATURES, false, false)),
                List.of(),
                List.of(),
                List.of());
    }

    /** The level alone: reward is shown with the next frame. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double seconds = parameters.number("levelSeconds");
        return List.of(Delay.atMost(
                "",
                Delay.Stage.DECISION,
                seconds,
                "the level takes " + seconds + " s from one end to the other, a small change less; reward none"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new FeedbackScreen(context);
    }
}
