package org.anodyne.plugins.tmsmagventure;

import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.tck.DeviceContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugin.tck.kit.Adapter;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;

class MagventureConformanceTest extends DeviceContract {
    private SimulatorProcess device;

    @AfterEach
    void close() {
        device.close();
    }

    @Override
    protected Adapter adapter() throws Exception {
        device = SimulatorProcess.simulator("magventure-simulator", "--tcp", "0", "--control", "0");
        int control = device.port("CONTROL");
        // On a busy machine 200 ms pass without any fault; every deadline of the kit stays as it is.
        return new Adapter(
                new MagventureFactory(""),
                Schema.of(MagventureFactory.class).defaultsWith(Map.of("heartbeat", 5.0, "replyTimeout", 2.0)),
                "tcp:127.0.0.1:" + device.port(),
                Optional.of("127.0.0.1:" + control),
                Optional.of(new Command("c", "slot", "pulse", Map.of("intensity", 20.0), 0, "test")),
                Optional.empty());
    }
}
