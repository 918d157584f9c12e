package org.anodyne.plugins.attentiontask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.anodyne.plugins.attentiontask.Task.Gone;
import org.anodyne.plugins.attentiontask.Task.Happening;
import org.anodyne.plugins.attentiontask.Task.Response;
import org.anodyne.plugins.attentiontask.Task.Stimulus;
import org.anodyne.plugins.attentiontask.Task.Summary;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final int RATE = 60;
    private static final int REACTION_FRAMES = 24;
    private static final int TRIALS = 20;

    private final Sequence sequence = Sequence.draw(2, TRIALS, 0.3, new SplittableRandom(9));
    private final List<Happening> all = new ArrayList<>();
    private final List<Integer> frames = new ArrayList<>();

    /** Plays a run; after each symbol for which {@code press} holds, numbered from 0, there are so many presses. */
    private void play(IntPredicate press, int presses) {
        Task task = new Task(sequence, 3, 0.5, 2.5);
        int shownAt = -1;
        int number = -1;
        double seconds = 0;
        for (int frame = 0; !task.over(); frame++) {
            int since = frame - shownAt;
            boolean pressed =
                    number >= 0 && press.test(number) && since >= REACTION_FRAMES && since < REACTION_FRAMES + presses;
            // Display times begin somewhere and have nothing to do with the scene's own seconds.
            for (Happening h : task.advance(seconds, 7_000_000_000L + frame * 1_000_000_000L / RATE, pressed)) {
                all.add(h);
                frames.add(frame);
                if (h instanceof Stimulus s) {
                    shownAt = frame;
                    number = s.number() - 1;
                }
            }
            seconds += 1f / RATE;
        }
    }

    private <T> List<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private Score score() {
        return of(Summary.class).get(0).score();
    }

    @Test
    void whoPressesAtEveryTargetHasOnlyHits() {
        play(sequence::target, 1);
        assertEquals(sequence.targets(), score().hits());
        assertEquals(0, score().misses());
        assertEquals(0, score().falseAlarms());
        assertEquals(TRIALS - sequence.targets(), score().correctRejections());
        assertEquals(400_000_000L, score().meanReactionNanos(), 1);
        of(Response.class).forEach(r -> assertEquals(400_000_000L, r.reactionNanos(), 1));
    }

    @Test
    void whoPressesAtAllOthersHasOnlyFalseAlarms() {
        play(i -> !sequence.target(i), 1);
        assertEquals(0, score().hits());
        assertEquals(sequence.targets(), score().misses());
        assertEquals(TRIALS - sequence.targets(), score().falseAlarms());
        assertEquals(0, score().correctRejections());
        assertTrue(score().dPrime() < -2);
    }

    @Test
    void onlyTheFirstPressCounts() {
        play(i -> true, 5);
        assertEquals(TRIALS, of(Response.class).size());
        assertEquals(TRIALS, score().hits() + score().falseAlarms());
    }

    @Test
    void whoDoesNothingHasOnlyMissesAndCorrectRejections() {
        play(i -> false, 0);
        assertEquals(sequence.targets(), score().misses());
        assertEquals(TRIALS - sequence.targets(), score().correctRejections());
        assertEquals(0, score().dPrime(), 0.8);
    }

    @Test
    void symbolsComeAtTheirIntervalAndStayForTheirTime() {
        play(i -> false, 0);
        List<Integer> on = new ArrayList<>();
        List<Integer> off = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Stimulus) {
                on.add(frames.get(i));
            } else if (all.get(i) instanceof Gone) {
                off.add(frames.get(i));
            }
        }
        assertEquals(TRIALS, on.size());
        for (int i = 0; i < TRIALS; i++) {
            assertEquals(180 + 150 * i, on.get(i), "symbol " + i);
            assertEquals(on.get(i) + 30, off.get(i), "symbol " + i);
        }
    }

    @Test
    void aPressBeforeTheFirstSymbolIsNothing() {
        Task task = new Task(sequence, 3, 0.5, 2.5);
        assertEquals(List.of(), task.advance(1, 0, true));
        assertFalse(task.visible());
    }
}
