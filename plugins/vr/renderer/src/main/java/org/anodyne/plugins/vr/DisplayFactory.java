package org.anodyne.plugins.vr;

import java.time.LocalDate;
import java.time.ZoneId;
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
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugins.vr.sound.SoundSettings;
import org.osgi.service.component.annotations.Component;

/** Describes and makes displays. */
@Component
@ProvidesPlugin(
        kind = PluginKind.DISPLAY,
        id = "display",
        title = "Display: window, headset, off screen",
        exclusive = true)
public final class DisplayFactory implements PluginFactory {
    @Override
    public void check(Parameters parameters) throws PluginException {
        Settings.of(parameters).check();
        SoundSettings.of(parameters, false, LocalDate.now(ZoneId.systemDefault()));
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return PluginPorts.NONE;
    }

    /** A change of the world is seen in the next frame; what screen and graphics card add is theirs. */
    @Override
    public List<Delay> delays(Parameters parameters, Inputs inputs) {
        double rate = parameters.number("rate");
        return List.of(Delay.atMost(
                "", Delay.Stage.OUTPUT, 1 / rate, "one frame at " + rate + " Hz, without screen and graphics card"));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new DisplayInstance(context);
    }
}
