package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.util.Map;
import org.anodyne.plugin.device.Actuator;

/** A host that starts a long stimulation and is then killed by the test. */
final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        Actuator actuator =
                Site.adapter(Site.context(arguments[0], Map.of("replyTimeout", 1.0, "watchdog", 0.8)), Site.PLAIN);
        actuator.arm();
        System.out.println(actuator.execute(Site.stimulate("c-1", 2, 600, 1)).outcome());
        if (System.in.read() >= 0) {
            throw new IOException("nobody was to write to this program");
        }
    }
}
