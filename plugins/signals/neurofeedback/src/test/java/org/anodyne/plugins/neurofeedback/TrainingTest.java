package org.anodyne.plugins.neurofeedback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.FeatureInput;
import org.junit.jupiter.api.Test;

/** Thresholds, reward, blocks; expected values are derived by hand beside them. */
class TrainingTest {
    private static final Map<String, Object> UP_OVER_10 = Bench.target("a", "up", Bench.fixed(10, 4));
    private static final Map<String, Object> DOWN_UNDER_5 = Bench.target("b", "down", Bench.fixed(5, 2));

    private static Map<String, Object> with(List<Map<String, Object>> targets, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("targets", targets, "hold", 0.0));
        all.putAll(more);
        return all;
    }

    private static Bench training(Map<String, Object> more) throws Exception {
        Bench bench = new Bench(true, with(List.of(UP_OVER_10, DOWN_UNDER_5), more));
        bench.phase("train", "training", 0, 100);
        return bench;
    }

    @Test
    void theWorstOfAllTargetsDecides() throws Exception {
        Bench b = training(Map.of());
        // Parts: 0.5 + (12 − 10) / 8 = 0.75 and 0.5 + (5 − 4.6) / 4 = 0.6.
        b.values(1, 12, 4.6);
        assertEquals(0.6, b.last("value"), 1e-12);
        assertEquals(1, b.last("reward"));
        b.values(2, 12, 5.4);
        assertEquals(0.4, b.last("value"), 1e-12);
        assertEquals(0, b.last("reward"));
        b.values(3, 10, 5);
        assertEquals(0.5, b.last("value"));
        assertEquals(1, b.last("reward"), "at the threshold it is met");
    }

    @Test
    void soManyOfThemOrTheirWeightedMeanMayDecide() throws Exception {
        Bench one = training(Map.of("require", 1L));
        one.values(1, 12, 5.4);
        assertEquals(0.75, one.last("value"), 1e-12);
        Map<String, Object> heavy = new HashMap<>(DOWN_UNDER_5);
        heavy.put("weight", 3.0);
        Bench weighted = new Bench(false, with(List.of(UP_OVER_10, heavy), Map.of("require", "weighted")));
        weighted.phase("train", "training", 0, 10);
        weighted.values(1, 12, 5.4);
        // (0.75 + 3 × 0.4) / 4
        assertEquals(0.4875, weighted.last("value"), 1e-12);
        assertEquals(0, weighted.last("reward"));
    }

    @Test
    void rewardHasToBeHeldAndArtefactsWithholdIt() throws Exception {
        Bench b = training(Map.of("hold", 0.5));
        for (int i = 1; i <= 4; i++) {
            b.values(i * 0.25, 12, 4);
        }
        assertEquals(List.of(0.0, 0.0, 1.0, 1.0), b.all("reward"));
        b.values(false, 1.25, 12, 4);
        assertEquals(0, b.last("reward"));
        assertTrue(Double.isNaN(b.last("value")));
        b.values(1.5, 12, 4);
        b.values(1.75, 12, 4);
        assertEquals(0, b.last("reward"), "it begins anew after an artefact");
        b.values(2, 12, 4);
        assertEquals(1, b.last("reward"));
        b.over();
        Map<String, Object> block = b.blocks().get(0);
        assertEquals(0.25, (double) block.get("secondsRejected"), 1e-9);
        assertEquals(2L, block.get("rewards"));
        // Three of seven clean values.
        assertEquals(3 / 7.0, (double) block.get("rewardShare"), 1e-12);
    }

    @Test
    void theBaselineOfThePersonGivesTheThreshold() throws Exception {
        Bench b = new Bench(
                false,
                with(
                        List.of(
                                Bench.target("a", "up", Map.of("baseline", "rest", "factor", 1.1)),
                                Bench.target("b", "down", Map.of("baseline", "rest", "sd", -0.5))),
                        Map.of("spread", 2.0)));
        b.phase("rest", "rest", 0, 10);
        b.values(1, 8, 1);
        b.values(2, 10, 3);
        b.values(3, 12, 5);
        assertEquals(List.of(), b.all("score"), "nothing is trained in a rest");
        b.phase("train", "training", 10, 20);
        assertEquals(2, b.context.published().events("threshold-found").size());
        // Means 10 and 3, standard deviations 2 and 2: thresholds 11 and 2; value 1 is 4 beyond each.
        b.values(11, 13, 2);
        assertArrayEquals(new double[] {11, 2}, b.thresholds(), 1e-12);
        assertEquals(0.5, b.last("value"), 1e-12);
        b.values(12, 13, 0);
        assertEquals(0.75, b.last("value"), 1e-12);
    }

    @Test
    void theLogarithmCanBeWhatIsJudged() throws Exception {
        Map<String, Object> target = new HashMap<>(Bench.target("a", "up", Map.of("baseline", "rest", "factor", 2.0)));
        target.put("log", true);
        Map<String, Object> fixed = new HashMap<>(Bench.target("b", "down", Bench.fixed(4, 12)));
        fixed.put("log", true);
        Bench b = new Bench(false, with(List.of(target, fixed), Map.of("require", 1L, "spread", 1.0)));
        b.phase("rest", "rest", 0, 10);
        b.values(1, 1, 1);
        b.values(2, Math.exp(2), 1);
        b.values(3, Math.exp(4), 1);
        b.phase("train", "training", 10, 20);
        // Mean of the logarithms 2, standard deviation 2: the threshold is 2 exp(2).
        b.values(11, 2 * Math.exp(2), 100);
        assertArrayEquals(new double[] {2 * Math.exp(2), 4}, b.thresholds(), 1e-12);
        assertEquals(0.5, b.last("value"), 1e-12);
        b.values(12, 2 * Math.exp(3), 100);
        // Half a standard deviation, that is half of the way from 0.5 to 1.
        assertEquals(0.75, b.last("value"), 1e-12);
        // From 4 to 4 + 12 it is a factor of 4, so downwards value 1 is at 1, and half of that way is 2.
        b.values(13, 0.001, 2);
        assertEquals(0.75, b.last("value"), 1e-12);
        b.values(14, 0, 2);
        assertTrue(Double.isNaN(b.last("value")), "nothing has no logarithm");
    }

    @Test
    void aBaselineWithoutVariationIsToldAndTrainsNothing() throws Exception {
        Bench b = new Bench(
                false, with(List.of(Bench.target("a", "up", Map.of("baseline", "rest", "factor", 1.1))), Map.of()));
        b.phase("rest", "rest", 0, 10);
        b.values(1, 8);
        b.values(2, 8);
        b.phase("train", "training", 10, 20);
        b.values(11, 100);
        assertEquals(1, b.context.published().events("threshold-failed").size());
        assertTrue(Double.isNaN(b.last("value")));
        assertEquals(0, b.last("reward"));
    }

    @Test
    void aPercentileRunsWithTheLastValues() throws Exception {
        Bench b = new Bench(
                false, with(List.of(Bench.target("a", "up", Map.of("percentile", 30.0, "over", 8.0))), Map.of()));
        b.phase("train", "training", 0, 100);
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        for (int i = 0; i < values.length; i++) {
            b.values(i + 1, values[i]);
            assertTrue(i == values.length - 1 || Double.isNaN(b.thresholds()[0]), "too few values");
        }
        // Sorted 1 1 2 3 4 5 6 9: place 7 × 0.3 = 2.1, that is 2 + 0.1 × (3 − 2).
        assertEquals(2.1, b.thresholds()[0], 1e-12);
        b.values(9, 7);
        // The 3 at 1 s has gone: 1 1 2 4 5 6 7 9, 2 + 0.1 × (4 − 2).
        assertEquals(2.2, b.thresholds()[0], 1e-12);
    }

    @Test
    void theShareOfRewardIsKeptByBoundedSteps() throws Exception {
        Map<String, Object> share =
                Map.of("least", 0.6, "most", 0.8, "over", 20.0, "every", 5.0, "step", 0.1, "limit", 1.5);
        for (double skill : new double[] {6, 14}) {
            Bench b = new Bench(false, with(List.of(UP_OVER_10), Map.of("share", share)));
            b.phase("train", "training", 0, 1000);
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 1; i <= 1200; i++) {
                b.values(i * 0.25, random.nextGaussian(skill, 1.5));
            }
            // At first 4 SD off the threshold: no reward, or nothing but reward.
            List<Double> shares = b.all("share");
            assertEquals(skill < 10 ? 0 : 1, shares.get(30), 0.05);
            double late = shares.subList(400, 1200).stream()
                    .mapToDouble(d -> d)
                    .average()
                    .orElseThrow();
            assertTrue(late > 0.55 && late < 0.85, "share " + late);
        }
        Bench hopeless = new Bench(false, with(List.of(UP_OVER_10), Map.of("share", share)));
        hopeless.phase("train", "training", 0, 1000);
        for (int i = 1; i <= 800; i++) {
            hopeless.values(i * 0.25, -100 + i % 2);
        }
        // Steps end at 1.5 ranges of 4.
        assertEquals(4, hopeless.thresholds()[0], 1e-9);
    }

    @Test
    void transferIsComputedAndNotFedBackAndRestTrainsNothing() throws Exception {
        Bench b = new Bench(false, with(List.of(UP_OVER_10, DOWN_UNDER_5), Map.of()));
        b.phase("train", "training", 0, 2);
        b.values(1, 12, 4);
        b.values(2, 12, 4);
        b.phase("transfer", "transfer", 2, 4);
        b.values(3, 12, 4);
        b.values(4, 9, 4);
        assertEquals(List.of(0.75, 0.75, 0.75, 0.375), b.all("score"));
        assertEquals(List.of(1.0, 1.0, 1.0, 0.0), b.all("reward"));
        assertEquals(List.of(0.75, 0.75, Double.NaN, Double.NaN), b.all("value"));
        b.phase("rest", "rest", 4, 6);
        b.values(5, 12, 4);
        b.over();
        assertEquals(4, b.all("score").size());
        assertEquals(List.of(1.0, 1.0), b.all("share"), "the share is that of training blocks");
        assertEquals(
                List.of("training", "transfer", "rest"),
                b.blocks().stream().map(m -> m.get("block")).toList());
        assertEquals(0.5, b.blocks().get(1).get("rewardShare"));
        List<?> targets = (List<?>) b.blocks().get(1).get("targets");
        Map<?, ?> first = (Map<?, ?>) targets.get(0);
        assertEquals(10.5, (double) first.get("mean"), 1e-12);
        assertEquals(10.0, first.get("threshold"));
        assertEquals(0.5, first.get("metShare"));
    }

    /** Inputs of two phases, in the order of each feature, otherwise shuffled. */
    private static List<String> shuffled(long seed) throws Exception {
        Bench b = new Bench(true, with(List.of(UP_OVER_10, DOWN_UNDER_5), Map.of("hold", 0.5)));
        List<String> lanes = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        Map<String, List<FeatureInput>> waiting = new HashMap<>();
        for (int i = 1; i <= 48; i++) {
            double t = i * 0.25;
            waiting.computeIfAbsent("a", k -> new ArrayList<>())
                    .add(Bench.input("a", "power", t, random.nextGaussian(11, 2)));
            waiting.computeIfAbsent("b", k -> new ArrayList<>())
                    .add(Bench.input("b", "power", t, random.nextGaussian(4, 2)));
            waiting.computeIfAbsent("artefacts", k -> new ArrayList<>())
                    .add(Bench.input("artefacts", "clean", t, random.nextInt(5) == 0 ? 0 : 1));
        }
        // Three steps of each are in any order, as on a bus that was slow.
        for (int i = 0; i < 48; i += 3) {
            List<String> some = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                some.addAll(List.of("a", "b", "artefacts"));
            }
            Collections.shuffle(some, new Random(seed + i));
            lanes.addAll(some);
        }
        b.phase("first", "training", 0, 6);
        boolean second = false;
        for (String lane : lanes) {
            FeatureInput next = waiting.get(lane).remove(0);
            if (!second && next.feature().timeNanos() > 6_000_000_000L) {
                second = true;
                b.phase("second", "transfer", 6, 12);
            }
            b.training.feature(
                    lane.equals("artefacts") ? NeurofeedbackFactory.CLEAN : NeurofeedbackFactory.TARGETS, next);
        }
        b.over();
        return b.context.published().outputs().stream().map(o -> o.bits()).toList();
    }

    @Test
    void theOrderInWhichFeaturesArriveChangesNothing() throws Exception {
        List<String> reference = shuffled(0);
        assertEquals(
                2, reference.stream().filter(s -> s.contains("training-block")).count());
        for (long seed = 1; seed < 30; seed++) {
            assertEquals(reference, shuffled(1000 * seed));
        }
    }

    @Test
    void aPhaseWhoseEndIsNotKnownAheadEndsWhereTheNextBegins() throws Exception {
        Bench b = new Bench(false, with(List.of(UP_OVER_10, DOWN_UNDER_5), Map.of()));
        b.open("train", 0, true, 0);
        b.values(1, 12, 4);
        // The next phase is entered with the first value after it; the row of before is not whole yet.
        b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("a", "power", 2, 12));
        b.open("train-2", 1, true, 2);
        b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("a", "power", 3, 12));
        assertEquals(List.of(), b.blocks());
        b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("b", "power", 2, 4));
        b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("b", "power", 3, 4));
        b.open("session-end", 2, false, 3);
        assertEquals(
                List.of(2L, 1L), b.blocks().stream().map(m -> m.get("values")).toList());
        assertEquals(
                List.of(2_000_000_000L, 3_000_000_000L),
                b.context.published().events("training-block").stream()
                        .map(Event::timeNanos)
                        .toList());
    }

    @Test
    void aFeatureThatDiesIsWaitedForTwoSecondsOnly() throws Exception {
        Bench b = training(Map.of());
        b.values(1, 12, 4);
        for (int i = 2; i <= 6; i++) {
            b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("a", "power", i, 12));
            b.training.feature(NeurofeedbackFactory.CLEAN, Bench.input("artefacts", "clean", i, 1));
        }
        // When 6 s came, 2 s and 3 s were waited for no longer; the value of 1 s is good until 3 s.
        assertEquals(List.of(0.75, 0.75, 0.75), b.all("value"));
        b.training.feature(NeurofeedbackFactory.TARGETS, Bench.input("a", "power", 7, 12));
        assertTrue(Double.isNaN(b.last("value")));
        assertEquals(0, b.last("reward"));
    }

    @Test
    void aSuccessorInTheMidstOfABlockLosesNothingOfIt() throws Exception {
        Bench whole = training(Map.of("hold", 0.5));
        Bench first = training(Map.of("hold", 0.5));
        Bench second = training(Map.of("hold", 0.5));
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 1; i <= 40; i++) {
            double a = random.nextGaussian(11, 2);
            double b = random.nextGaussian(4, 1);
            boolean clean = i % 7 != 0;
            whole.values(clean, i * 0.25, a, b);
            if (i <= 17) {
                first.values(clean, i * 0.25, a, b);
            } else {
                if (i == 18) {
                    HandOver state = first.training
                            .drain(Deadline.in(Duration.ofSeconds(1)))
                            .orElseThrow();
                    assertTrue(second.training.takeOver(state));
                }
                second.values(clean, i * 0.25, a, b);
            }
        }
        whole.over();
        second.over();
        assertEquals(whole.blocks(), second.blocks());
        assertEquals(10.0, (double) second.blocks().get(0).get("seconds"), 1e-9);
        assertNotEquals(0L, second.blocks().get(0).get("rewards"));
    }

    @Test
    void aStateOfOtherTargetsIsRefused() throws Exception {
        HandOver state = training(Map.of())
                .training
                .drain(Deadline.in(Duration.ofSeconds(1)))
                .orElseThrow();
        Bench other = new Bench(true, with(List.of(UP_OVER_10), Map.of()));
        assertTrue(!other.training.takeOver(state));
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedWithWhatToDo() {
        Map<Map<String, Object>, String> refused = new HashMap<>();
        refused.put(with(List.of(UP_OVER_10), Map.of("require", 2L)), "'require' is 2");
        refused.put(with(List.of(UP_OVER_10, UP_OVER_10), Map.of()), "twice");
        refused.put(with(List.of(Bench.target("x", "up", Bench.fixed(1, 1))), Map.of()), "not connected");
        refused.put(with(List.of(Bench.target("a", "up", Map.of("fixed", 1.0))), Map.of()), "go together");
        refused.put(with(List.of(Bench.target("a", "up", Map.of())), Map.of()), "has 0 rules");
        refused.put(
                with(List.of(Bench.target("a", "up", Map.of("baseline", "p", "factor", 1.0, "sd", 1.0))), Map.of()),
                "either 'factor' or 'sd'");
        refused.put(
                with(List.of(UP_OVER_10), Map.of("share", Map.of("least", 0.8, "most", 0.6))), "must be below 'most'");
        refused.forEach((parameters, why) -> {
            String message = assertThrows(PluginException.class, () -> new Bench(false, parameters))
                    .getMessage();
            assertTrue(message.contains(why), message);
        });
    }

    @Test
    void eventsTellOfEachThresholdOnce() throws Exception {
        Bench b = new Bench(
                false, with(List.of(Bench.target("a", "down", Map.of("baseline", "rest", "factor", 0.9))), Map.of()));
        b.phase("rest", "rest", 0, 10);
        b.values(1, 8);
        b.values(2, 12);
        b.phase("train", "training", 10, 20);
        b.values(11, 5);
        b.phase("train-2", "training", 20, 30);
        b.values(21, 5);
        List<Event> found = b.context.published().events("threshold-found");
        assertEquals(1, found.size());
        assertEquals(9.0, (double) found.get(0).attributes().get("threshold"), 1e-12);
        assertEquals(2L, found.get(0).attributes().get("count"));
    }
}
