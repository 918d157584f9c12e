package org.anodyne.plugins.vr.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DynamicResolutionTest {
    private static final long PERIOD = 33_000_000;

    private final DynamicResolution resolution = new DynamicResolution();
    private final List<Double> scales = new ArrayList<>();
    private long now;

    /** Runs so many seconds with frames that take what the scale makes them take, milliseconds. */
    private void run(double seconds, DoubleUnaryOperator millis) {
        long end = now + (long) (seconds * 1e9);
        while (now < end) {
            long took = Math.max(PERIOD, (long) (millis.applyAsDouble(resolution.scale()) * 1e6));
            now += took;
            if (resolution.frame(now, took, PERIOD)) {
                scales.add(resolution.scale());
            }
        }
    }

    @Test
    void staysFineWhereThereIsTime() {
        run(120, scale -> 20);
        assertEquals(List.of(), scales);
        assertEquals(1, resolution.scale());
    }

    @Test
    void aLateFrameNowAndThenChangesNothing() {
        int[] n = {0};
        run(120, scale -> n[0]++ % 5 == 0 ? 100 : 20);
        assertEquals(List.of(), scales);
    }

    @Test
    void becomesCoarserUntilFramesAreInTime() {
        run(9, scale -> 80 * scale * scale);
        assertEquals(List.of(0.8, 0.65), scales);
    }

    @Test
    void isNeverCoarserThanHalf() {
        run(60, scale -> 500);
        assertEquals(List.of(0.8, 0.65, 0.5), scales);
    }

    @Test
    void becomesFineAgainWhenTheLoadIsGone() {
        run(9, scale -> 80 * scale * scale);
        run(60, scale -> 20);
        assertEquals(1, resolution.scale());
    }

    @Test
    void whatFailsIsTriedLessAndLessOften() {
        run(9, scale -> 80 * scale * scale);
        scales.clear();
        run(600, scale -> 80 * scale * scale);
        long tries = scales.stream().filter(s -> s == 0.8).count();
        assertTrue(tries >= 3 && tries <= 7, "tries in ten minutes: " + tries);
        assertEquals(0.65, resolution.scale());
    }
}
