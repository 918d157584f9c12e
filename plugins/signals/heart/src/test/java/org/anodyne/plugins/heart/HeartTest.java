package org.anodyne.plugins.heart;

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
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class HeartTest {
    private static SignalProcessor processor(FakeContext context, double rate) throws Exception {
        SignalProcessor processor = (SignalProcessor) new HeartFactory().create(context);
        StreamInfo stream =
                new StreamInfo("ecg", "ecg", "ECG", rate, List.of(new StreamInfo.Channel("ECG", "mV")), false);
        processor.prepare(
                new Inputs(Map.of("samples", List.of(stream)), Map.of()), Deadline.in(Duration.ofSeconds(10)));
        return processor;
    }

    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(HeartFactory.class).defaultsWith(parameters));
    }

    private static RecordedOutlet run(float[] values, double rate, int length) throws Exception {
        FakeContext context = context(Map.of());
        try (SignalProcessor processor = processor(context, rate)) {
            processor.start();
            var phase = Phases.active("rest", 0, 0, values.length / rate);
            processor.enterPhase(phase);
            for (int i = 0; i < values.length; i += length) {
                float[] part = Arrays.copyOfRange(values, i, Math.min(values.length, i + length));
                processor.samples("samples", new SampleBlock("ecg", i, Math.round(i * 1e9 / rate), rate, 1, part));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    private static double last(RecordedOutlet outlet, String feature) {
        List<Feature> all = outlet.features(feature);
        return all.get(all.size() - 1).value();
    }

    /** By hand, from the beats that were put in. */
    @Test
    void valuesOfThePhaseAreThoseOfTheBeatsPutIn() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        List<Double> beats = Ecg.beats(120, t -> 70 * (0.95 + 0.1 * random.nextDouble()));
        RecordedOutlet outlet = run(Ecg.of(500, 120, beats), 500, 50);
        double sum = 0;
        double squares = 0;
        double differences = 0;
        int n = beats.size() - 1;
        for (int i = 1; i <= n; i++) {
            sum += beats.get(i) - beats.get(i - 1);
        }
        for (int i = 1; i <= n; i++) {
            squares += Math.pow(beats.get(i) - beats.get(i - 1) - sum / n, 2);
            if (i > 1) {
                differences += Math.pow(beats.get(i) - 2 * beats.get(i - 1) + beats.get(i - 2), 2);
            }
        }
        // The last beat may not be known when the phase ends.
        assertEquals(60 * n / sum, last(outlet, "phase-rate"), 0.2);
        assertEquals(1000 * Math.sqrt(squares / (n - 1)), last(outlet, "phase-sdnn"), 0.6);
        assertEquals(1000 * Math.sqrt(differences / (n - 1)), last(outlet, "phase-rmssd"), 0.8);
        assertTrue(last(outlet, "phase-coherence") < 0.5);
    }

    @Test
    void slowBreathingMakesTheHeartCoherent() throws Exception {
        RecordedOutlet outlet =
                run(Ecg.of(250, 120, Ecg.beats(120, t -> 65 + 6 * Math.sin(2 * Math.PI * 0.1 * t))), 250, 25);
        assertTrue(last(outlet, "coherence") > 0.8, "coherence " + last(outlet, "coherence"));
        assertEquals(12, last(outlet, "rsa"), 1.2, "from 59 to 71 beats a minute");
        assertTrue(last(outlet, "lfhf") > 4, "LF/HF " + last(outlet, "lfhf"));
        assertEquals(65, last(outlet, "rate"), 2.5);
        List<Feature> rates = outlet.features("rate");
        assertEquals(120, rates.size());
        assertTrue(Double.isNaN(rates.get(0).value()));
    }

    @Test
    void anExtrasystoleIsLeftOut() throws Exception {
        List<Double> beats = Ecg.beats(90, t -> 60);
        beats.set(40, beats.get(40) - 0.4);
        RecordedOutlet outlet = run(Ecg.of(250, 90, beats), 250, 25);
        long left = outlet.features("rr").stream()
                .filter(f -> Double.isNaN(f.value()))
                .count();
        assertEquals(2, left, "the short interval and the pause");
        assertEquals(0, last(outlet, "phase-rmssd"), 0.5);
        assertEquals(60, last(outlet, "phase-rate"), 0.05);
    }

    @Test
    void noBeatMeansNoValue() throws Exception {
        float[] values = Ecg.of(250, 60, Ecg.beats(30, t -> 60));
        RecordedOutlet outlet = run(values, 250, 25);
        for (String feature : List.of("rate", "rmssd", "sdnn", "coherence")) {
            assertTrue(Double.isNaN(last(outlet, feature)), feature);
        }
        assertTrue(outlet.features("rate").stream().anyMatch(f -> Math.abs(f.value() - 60) < 0.1));
    }

    @Test
    void valuesDoNotDependOnTheLengthOfBlocks() throws Exception {
        float[] values = Ecg.of(125, 80, Ecg.beats(80, t -> 70 + 5 * Math.sin(t)));
        assertEquals(run(values, 125, 1).bits(), run(values, 125, 333).bits());
    }

    @Test
    void realRecordingBeatsSixtyTimesAMinute() throws Exception {
        RecordedOutlet outlet = run(Ecg.real("biosppy/ecg.txt"), 1000, 100);
        // 15 beats are 14 intervals of 991 ms on average; the phase's end is after the last one is known.
        assertEquals(14, outlet.features("rr").size());
        assertEquals(
                991,
                outlet.features("rr").stream()
                        .mapToDouble(Feature::value)
                        .average()
                        .orElseThrow(),
                0.5);
        assertEquals(60.5, last(outlet, "phase-rate"), 0.1);
        // What numpy makes of the R waves that scipy finds ('beats_hrv' of the oracle in bundles/dsp), in milliseconds.
        assertEquals(36.7821, last(outlet, "phase-sdnn"), 0.001);
        assertEquals(45.8373, last(outlet, "phase-rmssd"), 0.001);
    }

    @Test
    void streamTooSlowAndUnknownChannelAreRefused() {
        PluginException slow = assertThrows(PluginException.class, () -> processor(context(Map.of()), 50));
        assertTrue(slow.getMessage().contains("50"), slow.getMessage());
        PluginException unknown =
                assertThrows(PluginException.class, () -> processor(context(Map.of("channel", "II")), 250));
        assertTrue(unknown.getMessage().contains("it has ECG"), unknown.getMessage());
    }
}
