package org.anodyne.simulator.rda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The literal frames of the published protocol. */
class WordingTest {
    private static final String GUID = "8e45584396c9864caf4a98bbf6c91450";

    @Test
    void framesAreThoseOfTheProtocol() {
        HexFormat hex = HexFormat.of();
        assertEquals(
                GUID + "2f00000001000000" + "01000000" + "0000000000409f40" + "9a9999999999b93f" + "437a00",
                hex.formatHex(new Wording().u32(1).f64(2000).f64(0.1).text("Cz").message(1)));
        assertEquals(
                GUID + "4a00000004000000" + "000000000200000001000000" + "0000803f000080bf"
                        + "1e0000000100000001000000ffffffff" + "5374696d756c757300" + "532020310000".substring(0, 10),
                hex.formatHex(new Wording()
                        .u32(0)
                        .u32(2)
                        .u32(1)
                        .f32(1)
                        .f32(-1)
                        .marker(1, 1, -1, "Stimulus", "S  1")
                        .message(4)));
        assertEquals(GUID + "1800000003000000", hex.formatHex(new Wording().message(3)));
        assertEquals(
                GUID + "1c00000002000000" + "01000080",
                hex.formatHex(new Wording().i16(1).i16(-32768).message(2)));
    }
}
