package org.anodyne.plugins.bodyillusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugins.bodyillusion.Strokes.Rhythm;
import org.anodyne.plugins.bodyillusion.Strokes.Stroke;
import org.anodyne.plugins.bodyillusion.Strokes.Touch;
import org.junit.jupiter.api.Test;

class StrokesTest {
    private static final long MILLI = 1_000_000;
    private static final long FRAME = 16_666_667;
    private static final long LEAD = 300 * MILLI;
    private static final long DELAY = 500 * MILLI;

    /** When each stroke was announced and seen. */
    private static final class Record {
        final List<Stroke> announced = new ArrayList<>();
        final List<Long> announcedAt = new ArrayList<>();
        final List<Stroke> seen = new ArrayList<>();
        final List<Long> seenAt = new ArrayList<>();

        void run(Strokes strokes, long from, long to) {
            for (long t = from; t < to; t += FRAME) {
                Strokes.News news = strokes.advance(t);
                for (Stroke s : news.announced()) {
                    announced.add(s);
                    announcedAt.add(t);
                }
                for (Stroke s : news.seen()) {
                    seen.add(s);
                    seenAt.add(t);
                    double phase = strokes.phase(t);
                    assertTrue(phase >= 0 && phase < 0.1, "the tool is at " + phase + " when the stroke begins");
                }
            }
        }
    }

    private static Record minute(Touch touch) {
        Record record = new Record();
        record.run(new Strokes(new Rhythm(touch, DELAY, 20), LEAD), 7_000 * MILLI, 67_000 * MILLI);
        return record;
    }

    @Test
    void synchronousStrokesAreSeenWhenTheyAreDue() {
        Record r = minute(Touch.SYNCHRONOUS);
        assertEquals(20, r.seen.size());
        for (int i = 0; i < r.seen.size(); i++) {
            Stroke s = r.seen.get(i);
            assertEquals(i + 1, s.number());
            assertEquals(0, s.delayNanos());
            assertWithinAFrame(s.dueNanos(), r.seenAt.get(i));
        }
    }

    @Test
    void delayedStrokesAreSeenLaterByTheDelay() {
        Record r = minute(Touch.DELAYED);
        assertEquals(20, r.seen.size());
        for (int i = 0; i < r.seen.size(); i++) {
            assertEquals(DELAY, r.seen.get(i).delayNanos());
            assertWithinAFrame(r.seen.get(i).dueNanos() + DELAY, r.seenAt.get(i));
        }
    }

    @Test
    void theRealTouchIsDueAtTheSameTimesDelayedOrNot() {
        List<Long> synchronous = minute(Touch.SYNCHRONOUS).announced.stream()
                .map(Stroke::dueNanos)
                .toList();
        assertEquals(
                synchronous,
                minute(Touch.DELAYED).announced.stream().map(Stroke::dueNanos).toList());
        for (int i = 1; i < synchronous.size(); i++) {
            assertEquals(3_000 * MILLI, synchronous.get(i) - synchronous.get(i - 1));
        }
    }

    @Test
    void strokesAreAnnouncedBeforeTheyAreDue() {
        for (Touch touch : List.of(Touch.SYNCHRONOUS, Touch.DELAYED)) {
            Record r = minute(touch);
            for (int i = 0; i < r.announced.size(); i++) {
                assertWithinAFrame(r.announced.get(i).dueNanos() - LEAD, r.announcedAt.get(i));
            }
        }
    }

    @Test
    void absentTouchesNothing() {
        Record r = minute(Touch.ABSENT);
        assertEquals(List.of(), r.announced);
        assertEquals(List.of(), r.seen);
        Strokes strokes = new Strokes(new Rhythm(Touch.ABSENT, DELAY, 20), LEAD);
        strokes.advance(0);
        assertTrue(Double.isNaN(strokes.phase(5_000 * MILLI)));
    }

    @Test
    void aChangeOfTheConditionLosesNoStrokeThatWasAnnounced() {
        Strokes strokes = new Strokes(new Rhythm(Touch.DELAYED, DELAY, 20), LEAD);
        Record r = new Record();
        long changed = 1_600 * MILLI;
        r.run(strokes, 0, changed);
        assertEquals(1, r.announced.size());
        assertEquals(0, r.seen.size());
        strokes.change(new Rhythm(Touch.SYNCHRONOUS, DELAY, 20));
        r.run(strokes, changed, 7_500 * MILLI);
        assertEquals(
                List.of(Touch.DELAYED, Touch.SYNCHRONOUS),
                r.seen.stream().map(Stroke::touch).toList().subList(0, 2));
        assertTrue(r.seen.get(1).dueNanos() >= changed + Strokes.FIRST_NANOS);
        assertEquals(r.announced, r.seen);
    }

    @Test
    void theToolMovesWithoutJumps() {
        Strokes strokes = new Strokes(new Rhythm(Touch.SYNCHRONOUS, DELAY, 20), LEAD);
        double before = Double.NaN;
        for (long t = 0; t < 30_000 * MILLI; t += FRAME) {
            strokes.advance(t);
            double now = strokes.phase(t);
            // From 1.5, half of the way back, the next approach begins at -0.5.
            boolean wraps = before > 1.45 && now < -0.45;
            if (!Double.isNaN(before) && !wraps) {
                assertTrue(now - before >= -1e-9 && now - before < 0.05, before + " to " + now);
            }
            before = now;
        }
    }

    private static void assertWithinAFrame(long expected, long actual) {
        assertTrue(actual >= expected && actual - expected <= FRAME, (actual - expected) / 1e6 + " ms off");
    }
}
