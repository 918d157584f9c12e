package org.anodyne.plugins.vr.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Map;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.plugins.vr.DisplayFactory;
import org.junit.jupiter.api.Test;

class SoundSettingsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private static SoundSettings of(Map<String, Object> parameters) throws PluginException {
        return SoundSettings.of(new Parameters(Schema.of(DisplayFactory.class).defaultsWith(parameters)), true, TODAY);
    }

    private static void refused(String words, Map<String, Object> parameters) {
        PluginException e = assertThrows(PluginException.class, () -> of(parameters));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void defaultsHold() throws PluginException {
        SoundSettings s = of(Map.of("noise", Map.of("kind", "pink")));
        assertEquals(-20, s.capRms());
        assertEquals(5, s.noise().orElseThrow().ratio().orElseThrow());
    }

    @Test
    void contradictionsAreRefused() {
        refused("sound is off", Map.of("sound", "off", "noise", Map.of("kind", "pink")));
        refused("both snr and level", Map.of("noise", Map.of("kind", "pink", "snr", 5, "level", -40)));
        refused("above the levelCap", Map.of("noise", Map.of("kind", "pink", "level", -10)));
        refused("above its peak", Map.of("levelCap", Map.of("rms", -3, "peak", -6)));
        refused("no date", Map.of("calibration", Map.of("level", 100, "weighting", "A", "date", "spring")));
        refused("yet to come", Map.of("calibration", Map.of("level", 100, "weighting", "A", "date", "2026-03-02")));
        refused(
                "at most -30.0 dBFS",
                Map.of("calibration", Map.of("level", 115, "weighting", "A", "date", "2026-02-02")));
    }
}
