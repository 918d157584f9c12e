package org.anodyne.plugins.bandpower;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stated delay is the one with which power follows an oscillation that waxes and wanes. */
class DelayTest {
    private static final double RATE = 250;
    private static final int SECONDS = 120;

    /** Slow and slight, so that the power answers as a linear filter does. */
    private static final double WAXING = 0.05;

    private static List<Feature> powerOf(Map<String, Object> values) throws Exception {
        FakeContext context = FakeContext.of(values);
        float[] samples = new float[(int) (SECONDS * RATE)];
        for (int i = 0; i < samples.length; i++) {
            double t = i / RATE;
            double envelope = 1 + 0.01 * Math.cos(2 * Math.PI * WAXING * t);
            samples[i] = (float) (10 * envelope * Math.sin(2 * Math.PI * 10 * t));
        }
        StreamInfo stream =
                new StreamInfo("eeg", "eeg", "EEG", RATE, List.of(new StreamInfo.Channel("C4", "uV")), false);
        try (SignalProcessor processor = (SignalProcessor) new BandPowerFactory().create(context)) {
            processor.prepare(
                    new Inputs(Map.of("samples", List.of(stream)), Map.of()), Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            processor.enterPhase(Phases.active("rest", 0, 0, SECONDS));
            for (int i = 0; i < samples.length; i += 10) {
                processor.samples(
                        "samples",
                        new SampleBlock(
                                "eeg", i, Math.round(i * 1e9 / RATE), RATE, 1, Arrays.copyOfRange(samples, i, i + 10)));
            }
        }
        return context.published().features("power");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 4})
    void powerComesAsLateAsIsStated(double window) throws Exception {
        Map<String, Object> values = Schema.of(BandPowerFactory.class).defaultsWith(Map.of("window", window));
        double stated = new BandPowerFactory()
                .delays(new Parameters(values), Inputs.NONE).stream()
                        .filter(d -> d.concerns("power") && d.stage() == Delay.Stage.FILTER)
                        .mapToDouble(Delay::seconds)
                        .sum();
        assertEquals(stated, DelayMeter.phaseDelay(powerOf(values), WAXING), 0.002);
    }
}
