package org.anodyne.plugin.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dial moves at its rate and does not flicker. */
class DialTest {
    private static final double FRAME = 1 / 60.0;

    private final Dial dial = new Dial("fog", "%", 0, 100, 50, 20);

    private void seconds(double seconds) {
        for (int i = 0; i < Math.round(seconds / FRAME); i++) {
            dial.advance(FRAME);
        }
    }

    @Test
    void itMovesAtItsRateAndNoFurtherThanItIsTold() {
        dial.tell(60);
        seconds(0.25);
        assertEquals(55, dial.value(), 1e-9);
        seconds(1);
        assertEquals(60, dial.value());
        dial.tell(1000);
        assertEquals(100, dial.target());
        dial.tell(Double.NaN);
        assertEquals(100, dial.target());
    }

    @Test
    void aFeatureIsSeenFromTheNextFrameOn() {
        dial.drive(0.6, 1_000);
        assertEquals(1_000, dial.toldNanos());
        assertEquals(Long.MIN_VALUE, dial.seenNanos());
        dial.advance(FRAME);
        dial.drive(0.7, 2_000);
        assertEquals(1_000, dial.seenNanos());
        dial.advance(0);
        assertEquals(2_000, dial.seenNanos());
        dial.drive(0.1, 3_000);
        dial.settle();
        assertEquals(3_000, dial.seenNanos());
    }

    @Test
    void oneThatHasNotTurnedBackLatelyTurnsAtOnce() {
        dial.tell(100);
        seconds(0.3);
        double top = dial.value();
        dial.tell(0);
        dial.advance(FRAME);
        assertEquals(top - 20 * FRAME, dial.value(), 1e-9);
    }

    @Test
    void oneThatHasJustTurnedBackStandsBeforeItTurnsAgain() {
        dial.tell(100);
        seconds(0.3);
        dial.tell(0);
        seconds(0.1);
        double there = dial.value();
        dial.tell(100);
        seconds(0.15);
        assertEquals(there, dial.value(), 1e-9);
        seconds(0.15);
        assertTrue(dial.value() > there);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverNoiseDrivesItItTurnsBackAtMostFourTimesInASecond(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Dial fast = new Dial("level", "1", 0, 1, 0.5, 10);
        Deque<Double> turns = new ArrayDeque<>();
        double before = fast.value();
        double way = 0;
        double now = 0;
        int most = 0;
        for (int i = 0; i < 60_000; i++) {
            if (random.nextInt(3) == 0) {
                fast.drive(random.nextBoolean() ? 1 : random.nextDouble(), i);
            }
            double frame = FRAME * 2 * random.nextDouble(); // they come unevenly
            now += frame;
            fast.advance(frame);
            double to = Math.signum(fast.value() - before);
            before = fast.value();
            if (to != 0 && to != way) {
                way = to;
                turns.addLast(now);
            }
            while (!turns.isEmpty() && turns.peekFirst() <= now - 1) {
                turns.removeFirst();
            }
            most = Math.max(most, turns.size());
        }
        assertTrue(most >= 3, "the noise did not drive it");
        assertTrue(most <= 4, most + " turns in a second");
    }

    @Test
    void itIsSettledForTheFirstFrame() {
        dial.tell(10);
        dial.settle();
        assertEquals(10, dial.value());
        dial.tell(11);
        dial.advance(FRAME);
        assertTrue(dial.value() > 10);
    }

    @Test
    void whatCannotBeTurnedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Dial("x", "1", 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Dial("x", "1", 0, 1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Dial("x", "1", 0, 1, 0, 0));
    }
}
