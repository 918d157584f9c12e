package org.anodyne.plugins.virtualwalking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.tck.ScenePicture;
import org.anodyne.plugins.vr.DisplayFactory;
import org.junit.jupiter.api.Test;

class SeasideTest {
    /** Small pictures, where blades are thin, and the fastest steps; one that flashes is stopped before its picture. */
    @Test
    void passesByWithoutFlashingAtTheFastestPace() throws Exception {
        ScenePicture seen = ScenePicture.of(
                new WalkFactory(),
                new DisplayFactory(),
                Map.of("scenery", "seaside", "cadence", 130.0),
                new ScenePicture.Look(150, 320, 180, 1, 60, 0));
        assertEquals(List.of(), seen.events("flash-limit"));
    }
}
