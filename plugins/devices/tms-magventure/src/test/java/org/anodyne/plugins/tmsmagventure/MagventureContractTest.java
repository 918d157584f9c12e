package org.anodyne.plugins.tmsmagventure;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.ActuatorContract;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class MagventureContractTest extends ActuatorContract {
    private SimulatorProcess device;
    private int port;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        device = SimulatorProcess.simulator("magventure-simulator", "--tcp", "0");
        port = device.port();
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Override
    protected PluginFactory factory() {
        return new MagventureFactory("");
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("replyTimeout", 1.0, "heartbeat", 5.0);
    }

    @Override
    protected Optional<String> input() {
        return Optional.of("tcp:127.0.0.1:" + port);
    }

    @Override
    protected Command harmless(String id) {
        return new Command(id, "slot", "pulse", Map.of("intensity", 10.0), 0, "test");
    }
}
