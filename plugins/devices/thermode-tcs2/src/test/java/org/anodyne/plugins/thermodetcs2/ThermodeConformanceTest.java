package org.anodyne.plugins.thermodetcs2;

import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.tck.DeviceContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugin.tck.kit.Adapter;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;

class ThermodeConformanceTest extends DeviceContract {
    private SimulatorProcess device;

    @AfterEach
    void close() {
        device.close();
    }

    @Override
    protected Adapter adapter() throws Exception {
        device = Site.simulator("--tcp", "0", "--control", "0");
        int control = device.port("CONTROL");
        // On a busy machine 200 ms pass without any fault; every deadline of the kit stays as it is.
        return new Adapter(
                new ThermodeFactory(""),
                Schema.of(ThermodeFactory.class).defaultsWith(Map.of("replyTimeout", 2.0)),
                "tcp:127.0.0.1:" + device.port(),
                Optional.of("127.0.0.1:" + control),
                Optional.of(Site.heat("c", 40, 3)),
                Optional.empty());
    }
}
