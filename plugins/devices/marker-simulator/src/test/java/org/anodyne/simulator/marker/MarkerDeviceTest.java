package org.anodyne.simulator.marker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.anodyne.simulator.kit.Fault;
import org.anodyne.simulator.kit.Wire;
import org.junit.jupiter.api.Test;

class MarkerDeviceTest {
    private static final long MILLI = 1_000_000;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Wire wire = new Wire() {
        @Override
        public void write(byte[] bytes) {
            sent.writeBytes(bytes);
        }

        @Override
        public void cut(boolean cut) {
            sent.reset();
        }
    };
    private long now;

    private String say(MarkerDevice device, String hex) {
        sent.reset();
        device.receive(HexFormat.of().parseHex(hex.replace(" ", "")), now);
        now += 5 * MILLI;
        device.advance(now);
        return sent.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void xidAnswersAndTakesLinesBackByItself() {
        MarkerDevice device = new MarkerDevice(0, 0, true, wire, line -> {});
        assertEquals("_xid2", say(device, "5F 63 31"));
        say(device, "63 31 30");
        say(device, "6D 70 0A 00 00 00");
        assertEquals("_mp10", say(device, "5F 6D 70"));
        say(device, "6D 68 05 00");
        assertTrue(device.state(now).toString().contains("\"lines\":5"));
        device.advance(now += 10 * MILLI);
        String state = device.state(now).toString();
        assertTrue(state.contains("\"lines\":0") && state.contains("\"shortestMs\":10.000"), state);
    }

    @Test
    void answersOfXidCanBeLostInPart() {
        MarkerDevice device = new MarkerDevice(0, 0, true, wire, line -> {});
        device.faults().inject(Fault.parse("lost-byte"), now);
        assertEquals(4, say(device, "5F 63 31").length());
        device.faults().inject(Fault.parse("half-frame"), now);
        assertEquals("_x", say(device, "5F 63 31"));
        device.faults().inject(Fault.parse("unknown-command"), now);
        assertEquals("", say(device, "5F 63 31"));
        assertEquals("_xid2", say(device, "5F 63 31"));
    }

    @Test
    void aByteHoldsUntilTheNext() {
        MarkerDevice device = new MarkerDevice(0, 0, false, wire, line -> {});
        say(device, "00 2A");
        device.advance(now += 100 * MILLI);
        assertTrue(device.state(now).toString().contains("\"lines\":42"));
        say(device, "00 07 FF");
        assertTrue(device.state(now).toString().contains("\"lines\":0,\"markers\":2,\"shown\":[\"42\",\"7\"]"));
    }
}
