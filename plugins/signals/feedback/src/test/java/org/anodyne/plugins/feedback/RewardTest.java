package org.anodyne.plugins.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.junit.jupiter.api.Test;

/** Reward comes out of the level that is shown, by the same rule in every mode. */
class RewardTest {
    private static final Map<String, Object> TRAINED =
            Map.of("low", 0.0, "high", 1.0, "smoothing", 0.0, "mark", 0.5, "hold", 0.5);

    private static List<Double> rewards(Bench bench) {
        return bench.context.published().features(FeedbackFactory.REWARD).stream()
                .map(Feature::value)
                .toList();
    }

    private static Bench ran(Map<String, Object> more, double... values) throws Exception {
        Bench bench = Bench.of(Bench.with(TRAINED, more));
        for (int i = 0; i < values.length; i++) {
            bench.value((i + 1) * 0.25, values[i]);
        }
        return bench;
    }

    @Test
    void theLevelMustBeAtTheMarkForAWhile() throws Exception {
        Bench bench = ran(Map.of(), 0.4, 0.5, 0.6, 0.9, 0.9, 0.4, 0.9, 0.9, Double.NaN, 0.9, 0.9, 0.9);
        assertEquals(List.of(0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0), rewards(bench));
    }

    @Test
    void aGapBreaksIt() throws Exception {
        Bench bench = ran(Map.of(), 0.9, 0.9, 0.9);
        bench.value(10, 0.9);
        assertEquals(List.of(0.0, 0.0, 1.0, 0.0), rewards(bench));
    }

    @Test
    void withoutAMarkThereIsNone() throws Exception {
        assertEquals(List.of(), rewards(Bench.of(Bench.FIXED)));
    }

    @Test
    void invertedTurnsTheLevelRoundAndRewardFollowsWhatIsShown() throws Exception {
        Bench bench = ran(Map.of("source", "inverted"), 0.25, 0.25, 0.25, 0.75, Double.NaN, 0.25);
        assertEquals(
                List.of(0.75, 0.75, 0.75, 0.25, 0.25, 0.75),
                IntStream.range(0, 6).mapToObj(i -> bench.levels()[i]).toList());
        assertEquals(List.of(0.0, 0.0, 1.0, 0.0, 0.0, 0.0), rewards(bench));
    }

    @Test
    void whatARewardedSessionShowedIsRewardedAgainWhenItIsPlayedBack() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        double[] values =
                IntStream.range(0, 200).mapToDouble(i -> random.nextDouble()).toArray();
        Bench before = ran(Map.of(), values);
        List<Object> series = new ArrayList<>();
        for (double level : before.levels()) {
            series.add(level);
        }
        double[] somethingElse = new double[200];
        Bench after = ran(Map.of("source", "series", "series", series), somethingElse);
        assertEquals(rewards(before), rewards(after));
        assertTrue(rewards(before).contains(1.0));
    }

    @Test
    void whatIsNotThePersonsOwnIsRewardedAsOftenAsAskedFor() throws Exception {
        for (String source : List.of("inverted", "sham")) {
            Bench bench = Bench.of(
                    Bench.with(TRAINED, Map.of("source", source, "rewardShare", 0.7, "shamTime", 0.5, "hold", 0.0)));
            SplittableRandom random = new SplittableRandom(8);
            for (int i = 1; i <= 4000; i++) {
                // Live it would be rewarded in 7 of 10 cases, inverted in 3.
                bench.value(i * 0.25, random.nextInt(10) < 7 ? 0.7 : 0.4);
            }
            List<Double> late = rewards(bench).subList(1000, 4000);
            double share = late.stream().mapToDouble(d -> d).average().orElseThrow();
            assertEquals(0.7, share, 0.05, source);
        }
    }

    @Test
    void aShareWithoutAMarkIsRefused() {
        String message = assertThrows(
                        PluginException.class, () -> Bench.of(Bench.with(Bench.FIXED, Map.of("rewardShare", 0.7))))
                .getMessage();
        assertTrue(message.contains("no 'mark'"), message);
    }
}
