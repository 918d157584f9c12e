package org.anodyne.plugins.skinconductance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.DelayMeter;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

/** The stated delays are those with which level and phasic part follow slow oscillations. */
class DelayTest {
    private static final double RATE = 25; // nothing is decimated: every value rests on the newest sample
    private static final Map<String, Object> VALUES =
            Schema.of(SkinConductanceFactory.class).defaultsWith(Map.of("step", 0.2));
    private static final Inputs INPUTS = new Inputs(
            Map.of(
                    "samples",
                    List.of(new StreamInfo(
                            "eda", "eda", "EDA", RATE, List.of(new StreamInfo.Channel("EDA", "uS")), false))),
            Map.of());

    private static List<Feature> answer(String feature, double frequency, int seconds) throws Exception {
        FakeContext context = FakeContext.of(VALUES);
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (5 + Math.cos(2 * Math.PI * frequency * i / RATE));
        }
        try (SignalProcessor processor = (SignalProcessor) new SkinConductanceFactory().create(context)) {
            processor.prepare(INPUTS, Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            processor.enterPhase(Phases.active("rest", 0, 0, seconds));
            for (int i = 0; i < samples.length; i += 25) {
                processor.samples(
                        "samples",
                        new SampleBlock(
                                "eda", i, Math.round(i * 1e9 / RATE), RATE, 1, Arrays.copyOfRange(samples, i, i + 25)));
            }
        }
        List<Feature> all = context.published().features(feature);
        return all.subList(all.size() / 5, all.size());
    }

    private static double stated(String feature) {
        return new SkinConductanceFactory()
                .delays(new Parameters(VALUES), INPUTS).stream()
                        .filter(d -> d.concerns(feature) && d.stage() == Delay.Stage.FILTER)
                        .mapToDouble(Delay::seconds)
                        .sum();
    }

    /** A value stands for the end of its newest sample's period, one period after that sample was put in. */
    private static final double PERIOD = 1 / RATE;

    @Test
    void levelComesAsLateAsIsStated() throws Exception {
        assertEquals(stated("level") + PERIOD, DelayMeter.phaseDelay(answer("level", 0.001, 5_000), 0.001), 0.01);
    }

    @Test
    void phasicPartComesAsLateAsIsStated() throws Exception {
        double measured = DelayMeter.groupDelay(answer("phasic", 0.24, 500), 0.24, answer("phasic", 0.26, 500), 0.26);
        assertEquals(stated("phasic") + PERIOD, measured, 0.005);
    }

    @Test
    void withoutARateNoFilterIsStated() {
        List<Delay> delays = new SkinConductanceFactory().delays(new Parameters(VALUES), Inputs.NONE);
        assertTrue(delays.stream().noneMatch(d -> d.output().equals("phasic") && d.stage() == Delay.Stage.FILTER));
    }
}
