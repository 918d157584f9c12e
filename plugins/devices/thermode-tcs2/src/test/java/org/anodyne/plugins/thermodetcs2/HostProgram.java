package org.anodyne.plugins.thermodetcs2;

import java.io.IOException;
import org.anodyne.plugin.device.Actuator;

/** A host that starts a stimulus and is then killed by the test. */
final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        Actuator actuator = Site.adapter(Site.context(arguments[0]));
        actuator.arm();
        System.out.println(actuator.execute(Site.heat("c-1", 45, 4)).outcome());
        if (System.in.read() >= 0) {
            throw new IOException("nobody was to write to this program");
        }
    }
}
