package org.anodyne.plugins.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.FeatureRef;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.ProcessorContract;
import org.anodyne.plugin.tck.Step;
import org.junit.jupiter.api.Nested;

/** The contract in every mode. */
class FeedbackContractTest {
    @Nested
    class Live extends Contract {
        @Override
        protected Map<String, Object> parameters() {
            return Map.of("calibration", Map.of("phase", "baseline"), "direction", "down");
        }
    }

    @Nested
    class Series extends Contract {
        @Override
        protected Map<String, Object> parameters() {
            return Map.of(
                    "calibration",
                    Map.of("phase", "baseline"),
                    "source",
                    "series",
                    "series",
                    List.of(0.1, 0.9, 0.3, 0.7, 0.2),
                    "fade",
                    0.6);
        }
    }

    @Nested
    class Sham extends Contract {
        @Override
        protected Map<String, Object> parameters() {
            return Map.of("calibration", Map.of("phase", "baseline"), "source", "sham");
        }
    }

    @Nested
    class InvertedWithReward extends Contract {
        @Override
        protected Map<String, Object> parameters() {
            return Map.of(
                    "calibration", Map.of("phase", "baseline"), "source", "inverted", "mark", 0.5, "rewardShare", 0.7);
        }
    }

    @Nested
    class ShamWithoutBaseline extends Contract {
        @Override
        protected Map<String, Object> parameters() {
            return Map.of("low", 0.05, "high", 0.2, "source", "sham");
        }
    }

    abstract static class Contract extends ProcessorContract {
        @Override
        protected PluginFactory factory() {
            return new FeedbackFactory("");
        }

        @Override
        protected Inputs inputs() {
            return new Inputs(Map.of(), Map.of(FeedbackFactory.PORT, List.of(FeatureRef.parse("alpha/relative"))));
        }

        @Override
        protected List<Step> script() {
            List<Phase> phases = List.of(
                    Phases.active("rest", 0, 0, 2),
                    Phases.active("baseline", 1, 2, 10),
                    Phases.active("treatment", 2, 10, 20));
            List<Step> steps = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(3);
            int phase = 0;
            for (double t = 0.25; t <= 20; t += 0.25) {
                if (phase < phases.size() && Phases.nanos(t) > phases.get(phase).startNanos()) {
                    steps.add(new Step.Enter(phases.get(phase++)));
                }
                double value = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian(0.1, 0.02);
                steps.add(new Step.Value(
                        FeedbackFactory.PORT,
                        new FeatureInput("alpha", new Feature("relative", Phases.nanos(t), new double[] {value}))));
            }
            return steps;
        }
    }
}
