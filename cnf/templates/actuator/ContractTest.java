package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.ActuatorContract;
import org.junit.jupiter.api.Test;

class __Class__ContractTest extends ActuatorContract {
    @Override
    protected PluginFactory factory() {
        return new __Class__Factory();
    }

    @Override
    protected Command harmless(String id) {
        return pulse(id, 1);
    }

    private static Command pulse(String id, double amplitude) {
        return new Command(
                id,
                "slot",
                __Class__Factory.ACTION,
                Map.of(__Class__Factory.AMPLITUDE, amplitude),
                0,
                "test");
    }

    @Test
    void anAmplitudeAboveTheLimitIsRefused() throws Exception {
        try (Actuator actuator = (Actuator) prepared(context())) {
            actuator.start();
            actuator.arm();
            assertEquals(
                    Acknowledgement.Outcome.REFUSED,
                    actuator.execute(pulse("a-1", 20.1)).outcome());
            assertEquals(
                    Acknowledgement.Outcome.EXECUTED,
                    actuator.execute(pulse("a-2", 20)).outcome());
        }
    }
}
