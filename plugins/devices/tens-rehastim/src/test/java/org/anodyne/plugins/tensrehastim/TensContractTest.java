package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.ActuatorContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class TensContractTest extends ActuatorContract {
    private FakeStimulator device;

    @BeforeEach
    void open() throws IOException {
        device = new FakeStimulator();
    }

    @AfterEach
    void close() throws Exception {
        device.close();
    }

    @Override
    protected PluginFactory factory() {
        return new TensFactory("");
    }

    @Override
    protected Map<String, Object> parameters() {
        return Map.of("replyTimeout", 1.0);
    }

    @Override
    protected Optional<String> input() {
        return Optional.of(device.address());
    }

    @Override
    protected Command harmless(String id) {
        return new Command(id, "slot", "pulse", Map.of("amplitude", 1.0, "pulseWidth", 20.0), 0, "test");
    }
}
