package org.anodyne.plugins.vr.comfort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.anodyne.plugins.vr.comfort.FlashCounter.Finding;
import org.anodyne.plugins.vr.comfort.FlashCounter.Kind;
import org.junit.jupiter.api.Test;

class FlashCounterTest {
    private static final int ACROSS = 64;
    private static final int DOWN = 36;
    private static final double UP = Math.tan(Math.toRadians(30));
    private static final double RATE = 72;

    private boolean turning;
    /** Where it flashes, in cells from the left lower corner. */
    private int width = ACROSS;

    private int height = DOWN;
    private double offset;

    /** Shows 4 s of a colour over time, on mid grey; what is found first, with the time in {@code offset}. */
    private Optional<Finding> show(DoubleFunction<float[]> colour) {
        double side = UP * 16 / 9;
        FlashCounter counter = new FlashCounter(ACROSS, DOWN, -side, side, -UP, UP);
        for (int f = 0; f < 4 * RATE; f++) {
            double t = f / RATE;
            float[] c = colour.apply(t);
            float[] rgb = new float[3 * ACROSS * DOWN];
            for (int i = 0; i < ACROSS * DOWN; i++) {
                // Away from the corner, where cells are smallest.
                boolean in = Math.abs(i % ACROSS - ACROSS / 2 + 0.5) < width / 2.0
                        && Math.abs(i / ACROSS - DOWN / 2 + 0.5) < height / 2.0;
                for (int k = 0; k < 3; k++) {
                    rgb[3 * i + k] = in ? c[k] : 0.2f;
                }
            }
            Optional<Finding> found = counter.add(100 + t, rgb, turning);
            if (found.isPresent()) {
                offset = t;
                return found;
            }
        }
        return Optional.empty();
    }

    private static float[] grey(double v) {
        return new float[] {(float) v, (float) v, (float) v};
    }

    private static boolean on(double t, double hertz) {
        return (t * hertz) % 1 < 0.5;
    }

    @Test
    void fourFlashesASecondAreFoundWithinOne() {
        assertEquals(Optional.of(new Finding(Kind.GENERAL, 4)), show(t -> grey(on(t, 4) ? 0.6 : 0.2)));
        assertTrue(offset <= 1, "found after " + offset + " s");
    }

    @Test
    void threeASecondAreNotAndAnyMoreAre() {
        assertEquals(Optional.empty(), show(t -> grey(on(t, 3) ? 0.6 : 0.2)));
        assertEquals(Optional.empty(), show(t -> grey(on(t, 2) ? 1 : 0)));
        assertTrue(show(t -> grey(on(t, 3.5) ? 0.6 : 0.2)).isPresent());
        assertTrue(show(t -> grey(on(t, 30) ? 0.6 : 0.2)).isPresent());
    }

    @Test
    void smallChangesAreNoFlashes() {
        assertEquals(Optional.empty(), show(t -> grey(on(t, 10) ? 0.295 : 0.2)));
        assertTrue(show(t -> grey(on(t, 10) ? 0.3001 : 0.2)).isPresent());
    }

    @Test
    void brightOnBrighterIsNoFlash() {
        assertEquals(Optional.empty(), show(t -> grey(on(t, 10) ? 1 : 0.81)));
        assertTrue(show(t -> grey(on(t, 10) ? 1 : 0.79)).isPresent());
    }

    @Test
    void slowFadesAreNoFlashesAndFastWavesAre() {
        assertEquals(Optional.empty(), show(t -> grey(0.5 + 0.5 * Math.sin(2 * Math.PI * 0.5 * t))));
        assertEquals(Optional.empty(), show(t -> grey(0.4 + 0.045 * Math.sin(2 * Math.PI * 8 * t))));
        assertTrue(show(t -> grey(0.5 + 0.4 * Math.sin(2 * Math.PI * 5 * t))).isPresent());
        assertEquals(Optional.empty(), show(t -> grey(t / 4)));
    }

    @Test
    void saturatedRedIsFoundWhereLuminanceHardlyChanges() {
        // 0.2126 · 0.4 = 8.5 % of luminance only.
        assertEquals(Optional.of(new Finding(Kind.RED, 4)), show(t -> new float[] {on(t, 4) ? 0.4f : 0f, 0.0f, 0.0f}));
        assertEquals(Optional.empty(), show(t -> new float[] {on(t, 3) ? 0.4f : 0f, 0, 0}));
        // As bright a change, but of a red that is not saturated, is none.
        assertEquals(Optional.empty(), show(t -> new float[] {on(t, 4) ? 0.3f : 0.1f, 0.1f, 0.1f}));
    }

    @Test
    void smallAreasMayFlash() {
        // Near the middle a cell of 64 × 36 has 0.00103 sr: five are 0.0051, eight 0.0082.
        width = 5;
        height = 1;
        assertEquals(Optional.empty(), show(t -> grey(on(t, 10) ? 1 : 0)));
        width = 4;
        height = 2;
        assertTrue(show(t -> grey(on(t, 10) ? 1 : 0)).isPresent());
    }

    @Test
    void stripesThatPassWhileTheHeadTurnsAreNoFlashesButAFlashingFieldIs() {
        turning = true;
        width = 4;
        height = 2;
        assertEquals(Optional.empty(), show(t -> grey(on(t, 10) ? 0.25 : 0)));
        width = ACROSS;
        height = DOWN;
        assertTrue(show(t -> grey(on(t, 10) ? 0.6 : 0.2)).isPresent());
    }
}
