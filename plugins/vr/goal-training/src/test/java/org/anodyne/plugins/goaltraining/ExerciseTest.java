package org.anodyne.plugins.goaltraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.plugins.goaltraining.Exercise.Finished;
import org.anodyne.plugins.goaltraining.Exercise.Happening;
import org.anodyne.plugins.goaltraining.Exercise.Missed;
import org.anodyne.plugins.goaltraining.Exercise.Reached;
import org.anodyne.plugins.goaltraining.Exercise.Reaching;
import org.anodyne.plugins.goaltraining.Exercise.Shown;
import org.joml.Vector3f;
import org.junit.jupiter.api.Test;

class ExerciseTest {
    private static final Vector3f HEAD = new Vector3f(0, 1.2f, 0);
    private static final Vector3f REST = new Vector3f(0, 0.7f, -0.1f);
    private static final int RATE = 50;

    /** Plays a run; the hand jumps to each target so many seconds after it appeared, or never. */
    private static final class Run {
        final List<Happening> all = new ArrayList<>();
        final Exercise exercise;
        private final Vector3f hand = new Vector3f(REST);
        private Shown shown;
        private double shownAt;

        Run(Settings.Mode mode, boolean adapt) {
            Settings s = PlacementTest.settings(mode, Settings.Side.BOTH, adapt);
            exercise = new Exercise(s, new Placement(s, new SplittableRandom(3), 60), 1);
        }

        /** @param delay seconds from a target to the hand's coming; negative for never */
        Run play(double until, double delay) {
            for (int frame = 0; frame < until * RATE && !exercise.over(); frame++) {
                double seconds = (double) frame / RATE;
                boolean reach = shown != null && delay >= 0 && seconds - shownAt >= delay - 1e-9;
                hand.set(reach ? shown.place().place() : REST);
                List<Happening> now = exercise.advance(
                        seconds,
                        Math.round(seconds * 1e9),
                        HEAD,
                        0,
                        List.of(new Reaching("right", new Vector3f(hand), null)));
                all.addAll(now);
                for (Happening h : now) {
                    if (h instanceof Shown s) {
                        shown = s;
                        shownAt = seconds;
                    } else {
                        shown = null;
                    }
                }
            }
            return this;
        }

        <T> List<T> of(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @Test
    void goalModeEndsWhenEnoughWereReached() {
        Run run = new Run(Settings.Mode.GOAL, true).play(200, 1.2);
        assertEquals(3, run.of(Reached.class).size());
        assertEquals(0, run.of(Missed.class).size());
        Finished end = run.of(Finished.class).get(0);
        assertEquals(3, end.reached());
        assertEquals(1_200_000_000L, end.meanLatencyNanos());
    }

    @Test
    void latencyIsThatOfTheTouchAndThePathThatOfTheHand() {
        Run run = new Run(Settings.Mode.GOAL, true).play(200, 0.8);
        Reached first = run.of(Reached.class).get(0);
        assertEquals(800_000_000L, first.latencyNanos());
        assertEquals(first.place().place().distance(REST), first.pathLength(), 1e-4);
        assertEquals("right", first.hand());
    }

    @Test
    void aTargetThatIsNotReachedIsMissedAndTheNextIsNearer() {
        Run run = new Run(Settings.Mode.GOAL, true).play(40, -1);
        List<Missed> missed = run.of(Missed.class);
        assertEquals(3, missed.size());
        assertTrue(missed.get(1).place().reach() < missed.get(0).place().reach());
        assertEquals(0, run.of(Finished.class).size());
    }

    @Test
    void timeModeKeepsTheBeatWhateverIsReached() {
        Run quick = new Run(Settings.Mode.TIME, true).play(60, 0.5);
        Run never = new Run(Settings.Mode.TIME, true).play(60, -1);
        assertEquals(4, quick.of(Shown.class).size());
        assertEquals(4, quick.of(Reached.class).size());
        assertEquals(4, never.of(Shown.class).size());
        assertEquals(4, never.of(Missed.class).size());
        assertEquals(1, quick.of(Finished.class).size());
        assertEquals(1, never.of(Finished.class).size());
    }

    @Test
    void passingThroughIsNotEnoughItHasToBeHeld() {
        Settings s = PlacementTest.settings(Settings.Mode.GOAL, Settings.Side.LEFT, true);
        Exercise e = new Exercise(s, new Placement(s, new SplittableRandom(1), 60), 1);
        Vector3f target = null;
        int reached = 0;
        for (int frame = 0; frame < 8 * RATE; frame++) {
            // Touches for 0.3 s of every second, though 0.5 s are asked for.
            Vector3f hand = target != null && frame % RATE < 0.3 * RATE ? target : REST;
            for (Happening h : e.advance(
                    (double) frame / RATE, frame, HEAD, 0, List.of(new Reaching("left", new Vector3f(hand), null)))) {
                if (h instanceof Shown shown) {
                    target = shown.place().place();
                } else if (h instanceof Reached) {
                    reached++;
                }
            }
        }
        assertTrue(target != null);
        assertEquals(0, reached);
    }

    @Test
    void aPointersRayReachesWhateverItPasses() {
        Settings s = PlacementTest.settings(Settings.Mode.GOAL, Settings.Side.LEFT, true);
        Exercise e = new Exercise(s, new Placement(s, new SplittableRandom(1), 30), 2.6f);
        Vector3f aim = new Vector3f(0, 1.2f, -0.5f);
        int reached = 0;
        for (int frame = 0; frame < 5 * RATE; frame++) {
            for (Happening h : e.advance(
                    (double) frame / RATE,
                    frame,
                    HEAD,
                    0,
                    List.of(new Reaching("right", new Vector3f(aim), new Vector3f(HEAD))))) {
                if (h instanceof Shown shown) {
                    aim = new Vector3f(shown.place().place())
                            .sub(HEAD)
                            .normalize(0.5f)
                            .add(HEAD);
                } else if (h instanceof Reached) {
                    reached++;
                }
            }
        }
        assertEquals(1, reached);
    }

    @Test
    void aHandThatWasLostHasNoPathMeanwhile() {
        Settings s = PlacementTest.settings(Settings.Mode.GOAL, Settings.Side.LEFT, true);
        Exercise e = new Exercise(s, new Placement(s, new SplittableRandom(1), 60), 1);
        Vector3f target = null;
        Reached reached = null;
        for (int frame = 0; frame < 6 * RATE && reached == null; frame++) {
            List<Reaching> hands = target == null
                    ? List.of(new Reaching("left", REST, null))
                    : frame % 7 == 0 ? List.of() : List.of(new Reaching("left", target, null));
            if (target != null && hands.isEmpty() && frame > 4 * RATE) {
                hands = List.of(new Reaching("left", target, null));
            }
            for (Happening h : e.advance((double) frame / RATE, frame, HEAD, 0, hands)) {
                if (h instanceof Shown shown) {
                    target = shown.place().place();
                    hands = List.of();
                    e.advance((double) frame / RATE, frame, HEAD, 0, hands);
                } else if (h instanceof Reached r) {
                    reached = r;
                }
            }
        }
        assertEquals(0, reached.pathLength(), 1e-6);
    }
}
