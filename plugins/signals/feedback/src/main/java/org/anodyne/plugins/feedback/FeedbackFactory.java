package org.anodyne.plugins.feedback;

import java.util.List;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
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
        title = "Feedback from a feature: live, replayed, yoked or sham")
public final class FeedbackFactory implements PluginFactory {
    static final String PORT = "feature";
    static final String LEVEL = "level";

    private static final PluginPorts PORTS = new PluginPorts(
            List.of(new PluginPorts.InputPort(PORT, PluginPorts.Carries.FEATURES, false, true)),
            List.of(new FeatureInfo(LEVEL, "1", List.of(LEVEL), false)),
            List.of(),
            List.of());

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
    public PluginPorts ports(Parameters parameters) {
        return PORTS;
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Feedback(context, keyFile);
    }
}
