package org.anodyne.plugins.bandpower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class BandPowerTest {
    private static final double RATE = 125;

    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(BandPowerFactory.class).defaultsWith(parameters));
    }

    private static Inputs inputs(double rate, String... labels) {
        List<StreamInfo.Channel> channels =
                Arrays.stream(labels).map(l -> new StreamInfo.Channel(l, "uV")).toList();
        return new Inputs(
                Map.of("samples", List.of(new StreamInfo("eeg", "eeg", "EEG", rate, channels, false))), Map.of());
    }

    private static void prepare(PluginInstance instance, Inputs inputs) throws Exception {
        instance.prepare(inputs, Deadline.in(Duration.ofSeconds(10)));
    }

    private static RecordedOutlet run(float[] values, int blockLength, Map<String, Object> parameters)
            throws Exception {
        FakeContext context = context(parameters);
        try (SignalProcessor processor = (SignalProcessor) new BandPowerFactory().create(context)) {
            prepare(processor, inputs(RATE, "EEG"));
            processor.start();
            var phase = Phases.active("rest", 0, 0, values.length / RATE);
            processor.enterPhase(phase);
            for (int i = 0; i < values.length; i += blockLength) {
                float[] part = Arrays.copyOfRange(values, i, Math.min(values.length, i + blockLength));
                processor.samples("samples", new SampleBlock("eeg", i, Math.round(i * 1e9 / RATE), RATE, 1, part));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    private static double phase(RecordedOutlet outlet, String name) {
        List<Feature> values = outlet.features(name);
        assertEquals(1, values.size());
        return values.get(0).value();
    }

    @Test
    void eyesClosedMatchesTheKnownValues() throws Exception {
        RecordedOutlet closed = run(RealRecordings.values("biosppy/eeg_ec.txt"), 13, Map.of());
        assertEquals(3095, phase(closed, "phase-power"), 3095 * 0.01);
        assertEquals(0.1125, phase(closed, "phase-relative"), 0.1125 * 0.01);
        assertEquals(9.75, phase(closed, "phase-peak"), 0.001);
    }

    @Test
    void eyesOpenMatchesTheKnownValues() throws Exception {
        RecordedOutlet open = run(RealRecordings.values("biosppy/eeg_eo.txt"), 13, Map.of());
        assertEquals(1805, phase(open, "phase-power"), 1805 * 0.01);
        assertEquals(0.0551, phase(open, "phase-relative"), 0.0551 * 0.01);
        assertEquals(8.75, phase(open, "phase-peak"), 0.001);
    }

    @Test
    void valuesDoNotDependOnTheLengthOfBlocks() throws Exception {
        float[] values = tone(30, 10, 20);
        List<Double> small = values(run(values, 1, Map.of()).features("power"));
        List<Double> large = values(run(values, 97, Map.of()).features("power"));
        assertTrue(small.size() > 90);
        assertEquals(small, large);
    }

    @Test
    void stepOfNothingGivesOneValuePerBlock() throws Exception {
        RecordedOutlet outlet = run(tone(10, 10, 20), 10, Map.of("step", 0.0));
        // 125 blocks, of which the window of 500 samples is full from the 50th on.
        assertEquals(76, outlet.features("power").size());
    }

    @Test
    void powerOfWhiteNoiseIsItsShareOfTheVariance() throws Exception {
        float[] values = new float[(int) (600 * RATE)];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(0, 20);
        }
        RecordedOutlet outlet = run(values, 13, Map.of());
        assertEquals(400 * (13 - 8) / (RATE / 2), phase(outlet, "phase-power"), 1.6);
        assertEquals(5.0 / 44, phase(outlet, "phase-relative"), 0.005);
    }

    @Test
    void peakOfAToneIsItsFrequency() throws Exception {
        RecordedOutlet outlet = run(tone(20, 10, 20), 13, Map.of());
        assertEquals(10, phase(outlet, "phase-peak"), 1e-9);
        assertEquals(1, phase(outlet, "phase-relative"), 0.01);
    }

    @Test
    void sampleThatIsNotANumberGivesNaNOnlyWhileItIsInTheWindow() throws Exception {
        float[] values = tone(20, 10, 20);
        values[1000] = Float.NaN;
        RecordedOutlet outlet = run(values, 13, Map.of());
        List<Feature> power = outlet.features("power");
        for (Feature feature : power) {
            double at = feature.timeNanos() / 1e9;
            boolean hit = at > 1000 / RATE && at < 1500 / RATE;
            assertEquals(hit, Double.isNaN(feature.value()), "at " + at + " s");
        }
        assertEquals(phase(run(tone(20, 10, 20), 13, Map.of()), "phase-power"), phase(outlet, "phase-power"), 1e-3);
    }

    @Test
    void gapRestartsTheWindow() throws Exception {
        FakeContext context = context(Map.of());
        try (SignalProcessor processor = (SignalProcessor) new BandPowerFactory().create(context)) {
            prepare(processor, inputs(RATE, "EEG"));
            processor.start();
            processor.enterPhase(Phases.active("rest", 0, 0, 60));
            processor.samples("samples", new SampleBlock("eeg", 0, 0, RATE, 1, tone(5, 10, 20)));
            long before = context.published().features("power").size();
            processor.samples("samples", new SampleBlock("eeg", 1250, Phases.nanos(10), RATE, 1, tone(3.9, 10, 20)));
            assertEquals(before, context.published().features("power").size());
            assertEquals(1, context.published().events("window-restarted").size());
            processor.samples(
                    "samples", new SampleBlock("eeg", 1250 + 488, Phases.nanos(13.904), RATE, 1, tone(1, 10, 20)));
            assertTrue(context.published().features("power").size() > before);
        }
    }

    @Test
    void phaseWithoutDataGivesNaN() throws Exception {
        FakeContext context = context(Map.of());
        try (SignalProcessor processor = (SignalProcessor) new BandPowerFactory().create(context)) {
            prepare(processor, inputs(RATE, "EEG"));
            processor.start();
            processor.enterPhase(Phases.active("empty", 0, 2, 3));
            processor.endPhase(Phases.active("empty", 0, 2, 3));
        }
        assertTrue(Double.isNaN(phase(context.published(), "phase-power")));
        assertEquals(
                Phases.nanos(2),
                context.published().features("phase-power").get(0).timeNanos());
    }

    @Test
    void bandAboveHalfTheRateIsRefused() {
        PluginInstance instance = new BandPowerFactory().create(context(Map.of()));
        PluginException refusal = assertThrows(PluginException.class, () -> prepare(instance, inputs(64, "EEG")));
        assertTrue(refusal.getMessage().contains("32.0 Hz"), refusal.getMessage());
    }

    @Test
    void unknownChannelIsRefusedWithTheKnownOnes() {
        PluginInstance instance = new BandPowerFactory().create(context(Map.of("channels", List.of("Pz"))));
        PluginException refusal =
                assertThrows(PluginException.class, () -> prepare(instance, inputs(RATE, "C3", "C4")));
        assertTrue(refusal.getMessage().contains("C3, C4"), refusal.getMessage());
    }

    @Test
    void bandTooNarrowForTheWindowIsRefused() {
        PluginInstance instance = new BandPowerFactory().create(context(Map.of("low", 10.0, "high", 10.1)));
        assertThrows(PluginException.class, () -> prepare(instance, Inputs.NONE));
    }

    private static List<Double> values(List<Feature> features) {
        return features.stream().map(Feature::value).toList();
    }

    private static float[] tone(double seconds, double hertz, double amplitude) {
        float[] values = new float[(int) Math.round(seconds * RATE)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return values;
    }
}
