package org.anodyne.plugins.island;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IslandTest {
    @Test
    void isSeen() throws Exception {
        assertTrue(Screening.of(Map.of(), 20, 320, 180).png.length > 20_000);
    }
}
