package org.anodyne.plugins.__package__;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.tck.DeviceContract;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugin.tck.kit.Adapter;
import org.anodyne.simulator.kit.SimulatorProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole conformance kit at the simulator, and the codec at literal bytes. */
class __Class__ContractTest extends DeviceContract {
    private static SimulatorProcess simulator;
    private static String control;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        simulator = SimulatorProcess.own(__Class__Simulator.class, "--tcp", "0", "--control", "0", "--quit-at-end");
        control = "127.0.0.1:" + simulator.port("CONTROL");
        address = "tcp:127.0.0.1:" + simulator.port("LISTENING");
    }

    @AfterAll
    static void close() {
        simulator.close();
    }

    @Override
    protected Adapter adapter() {
        return new Adapter(
                new __Class__Factory(),
                Schema.of(__Class__Factory.class).defaultsWith(Map.of()),
                address,
                Optional.of(control),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void literalFrameIsRead() {
        byte[] frame = {(byte) 0xA5, 0x07, (byte) 0xFF, (byte) 0xFE, 0x04};
        assertTrue(Frame.holds(frame));
        assertEquals(new Frame(7, -2), Frame.read(frame));
        frame[4]++;
        assertFalse(Frame.holds(frame));
    }
}
