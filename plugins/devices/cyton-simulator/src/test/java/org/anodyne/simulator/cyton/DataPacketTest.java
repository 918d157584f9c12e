package org.anodyne.simulator.cyton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.anodyne.simulator.kit.Hex;
import org.junit.jupiter.api.Test;

class DataPacketTest {
    @Test
    void literalPacketIsLaidOut() {
        int[] counts = {
            0,
            1,
            -1,
            DataPacket.count(1e9, 24),
            DataPacket.count(-1e9, 24),
            DataPacket.count(100.0, 24),
            DataPacket.count(-100.0, 24),
            100
        };
        assertEquals(
                "A0 01 00 00 00 00 00 01 FF FF FF 7F FF FF 80 00 00 00 11 7A FF EE 86 00 00 64 00 00 00 00 00 00 C0",
                Hex.of(DataPacket.layOut(1, counts, new byte[6], 0)));
    }

    @Test
    void timeGoesIntoTheLastFourBytes() {
        assertEquals("1F 40 00 01 86 A0", Hex.of(DataPacket.wordAndTime(8000, 100_000)));
        assertEquals("00 01 FF FF 1F 40", Hex.of(DataPacket.words(1, -1, 8000)));
    }
}
