package org.anodyne.plugins.vr.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PatchTest {
    private final Patch patch = new Patch();

    private String frames(int count) {
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            bits.append(patch.light() > 0.5f ? '1' : '0');
        }
        return bits.toString();
    }

    @Test
    void eachOnsetFlickersItsNumberAfterAWhiteFrame() {
        assertEquals("00", frames(2));
        for (int n = 1; n <= 5; n++) {
            assertEquals(OptionalInt.of(n), patch.onset());
            assertEquals("1" + String.format("%8s", Integer.toBinaryString(n)).replace(' ', '0') + "0", frames(10));
        }
    }

    @Test
    void onsetsOfOneFrameHaveOneCode() {
        assertEquals(OptionalInt.of(1), patch.onset());
        assertEquals(OptionalInt.of(1), patch.onset());
        assertEquals("1000000010", frames(10));
        assertEquals(OptionalInt.of(2), patch.onset());
    }

    @Test
    void noOnsetCutsOffTheCodeOfAnother() {
        patch.onset();
        assertEquals("10000", frames(5));
        assertTrue(patch.onset().isEmpty());
        assertEquals("00010", frames(5));
        assertEquals(OptionalInt.of(2), patch.onset());
    }

    @Test
    void numbersBeginAnewAfterEightBits() {
        for (int n = 1; n < 256; n++) {
            assertEquals(OptionalInt.of(n), patch.onset());
            frames(9);
        }
        assertEquals(OptionalInt.of(0), patch.onset());
        assertEquals("1000000000", frames(10));
    }
}
