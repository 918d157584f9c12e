package org.anodyne.simulator.bitalino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Device device = new Device(
            0,
            0,
            52,
            new Wire() {
                @Override
                public void write(byte[] bytes) {
                    sent.writeBytes(bytes);
                }

                @Override
                public void cut(boolean cut) {
                    sent.reset();
                }
            },
            line -> {});
    private long now;

    private byte[] say(int... commands) {
        sent.reset();
        for (int command : commands) {
            device.receive(new byte[] {(byte) command}, now);
        }
        device.advance(now += SECOND);
        return sent.toByteArray();
    }

    @Test
    void answersToVersionAndStateAndIgnoresTheRest() {
        assertEquals("BITalino_v5.2\n", new String(say(0x07), StandardCharsets.US_ASCII));
        assertEquals("BITalino_v5.2\n", new String(say(0x0F), StandardCharsets.US_ASCII));
        assertEquals(17, say(0x0B).length);
        assertEquals(0, say(0xFF, 0x13, 0x27).length);
    }

    @Test
    void ratesAndInputsAreTaken() {
        assertEquals(100 * 3, say(0x83, 0x05).length);
        say(0x00);
        assertEquals(10 * 8, say(0x43, 0xFD).length);
        say(0xFF);
        assertEquals(0, say(0xFF).length);
    }

    @Test
    void zeroWhileIdleSetsTheBatteryThreshold() {
        say(0x40);
        assertTrue(device.state(now).toString().contains("\"batteryThreshold\":16"));
        say(0x00);
        assertTrue(device.state(now).toString().contains("\"batteryThreshold\":0,\"thresholdCommands\":2"));
    }
}
