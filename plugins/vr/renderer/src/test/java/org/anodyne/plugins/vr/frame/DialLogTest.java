package org.anodyne.plugins.vr.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.scene.Dial;
import org.junit.jupiter.api.Test;

class DialLogTest {
    private static final double FRAME = 0.016;
    private static final long FRAME_NANOS = 16_000_000;

    private final Dial fog = new Dial("fog", "1", 0, 1, 0.5, 1);
    private final List<String> told = new ArrayList<>();
    private final DialLog log = new DialLog((type, a) -> {
        if (type.equals("driven")) {
            told.add(a.get("featureNanos") + " in " + a.get("frame"));
        }
    });
    private long number;

    /** A frame while which a feature comes, if any. */
    private void frame(long featureNanos) {
        fog.advance(FRAME);
        if (featureNanos > 0) {
            fog.drive(0.8, featureNanos);
        }
        log.submitted("island", List.of(fog), number, number * FRAME_NANOS);
        number++;
    }

    @Test
    void aFeatureBelongsToTheFirstFrameThatWasDrawnWithIt() {
        frame(0);
        frame(5);
        assertEquals(List.of(), told, "this frame was begun before the feature came");
        frame(0);
        frame(0);
        assertEquals(List.of("5 in 2"), told);
    }
}
