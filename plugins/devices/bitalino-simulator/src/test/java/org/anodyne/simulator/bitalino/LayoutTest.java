package org.anodyne.simulator.bitalino;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.anodyne.simulator.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    private static final int[] VALUES = {0x155, 0x2AA, 512, 100, 0x3F0, 0x010};

    @ParameterizedTest
    @CsvSource({
        "1, 54 C5 50",
        "2, AA 56 C5 57",
        "3, 00 80 AA 56 C5 5D",
        "4, 40 06 80 AA 56 C5 56",
        "5, C0 4F 06 80 AA 56 C5 5B",
        "6, C1 4F 06 80 AA 56 C5 55"
    })
    void literalFramesAreLaidOut(int inputs, String frame) {
        assertEquals(frame, Hex.of(Layout.frame(5, 0xC, Arrays.copyOf(VALUES, inputs))));
    }

    @Test
    void literalStatesAreLaidOut() {
        int[] middle = {512, 512, 512, 512, 512, 512};
        assertEquals("00 08 0E", Hex.of(Layout.frame(0, 0, new int[] {512})));
        assertEquals("00 02 00 02 00 02 00 02 00 02 00 02 30 02 00 C8", Hex.of(Layout.state(middle, 560, 0, -1, 0xC)));
        assertEquals(
                "00 02 00 02 00 02 00 02 00 02 00 02 30 02 00 64 C2", Hex.of(Layout.state(middle, 560, 0, 100, 0xC)));
    }
}
