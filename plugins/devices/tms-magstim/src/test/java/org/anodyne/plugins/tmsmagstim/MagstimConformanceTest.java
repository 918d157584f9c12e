package org.anodyne.plugins.tmsmagstim;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.tck.DeviceContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugin.tck.kit.Adapter;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;

class MagstimConformanceTest extends DeviceContract {
    private SimulatorProcess device;

    @AfterEach
    void close() {
        device.close();
    }

    @Override
    protected Adapter adapter() throws Exception {
        device = SimulatorProcess.simulator("magstim-simulator", "--tcp", "0", "--control", "0");
        int control = device.port("CONTROL");
        // On a busy machine 200 ms pass without any fault; every deadline of the kit stays as it is.
        return new Adapter(
                new MagstimFactory("", ""),
                Schema.of(MagstimFactory.class).defaultsWith(Map.of("replyTimeout", 2.0)),
                "tcp:127.0.0.1:" + device.port(),
                Optional.of("127.0.0.1:" + control),
                // The power that the simulator begins with, so that nothing has to settle.
                Optional.of(new Command("c", "slot", "pulse", Map.of("intensity", 30.0), 0, "test")),
                Optional.of(Duration.ofSeconds(1)));
    }
}
