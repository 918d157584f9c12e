package org.anodyne.plugins.thermodetcs2;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.ActuatorContract;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ThermodeContractTest extends ActuatorContract {
    private SimulatorProcess device;
    private String address;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        device = Site.simulator("--tcp", "0");
        address = "tcp:127.0.0.1:" + device.port();
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Override
    protected PluginFactory factory() {
        return new ThermodeFactory("");
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("replyTimeout", 1.0);
    }

    @Override
    protected Optional<String> input() {
        return Optional.of(address);
    }

    @Override
    protected Command harmless(String id) {
        return Site.heat(id, 36, 5);
    }
}
