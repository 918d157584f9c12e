package org.anodyne.plugins.skinconductance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

class SkinConductanceTest {
    private static SignalProcessor processor(FakeContext context, double rate) throws Exception {
        return processor(context, rate, "uS");
    }

    private static SignalProcessor processor(FakeContext context, double rate, String unit) throws Exception {
        SignalProcessor processor = (SignalProcessor) new SkinConductanceFactory().create(context);
        StreamInfo stream =
                new StreamInfo("eda", "eda", "EDA", rate, List.of(new StreamInfo.Channel("EDA", unit)), false);
        processor.prepare(
                new Inputs(Map.of("samples", List.of(stream)), Map.of()), Deadline.in(Duration.ofSeconds(10)));
        return processor;
    }

    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(SkinConductanceFactory.class).defaultsWith(parameters));
    }

    private static RecordedOutlet run(float[] values, double rate, int length, Map<String, Object> parameters)
            throws Exception {
        return run(values, rate, length, parameters, "uS");
    }

    private static RecordedOutlet run(
            float[] values, double rate, int length, Map<String, Object> parameters, String unit) throws Exception {
        FakeContext context = context(parameters);
        try (SignalProcessor processor = processor(context, rate, unit)) {
            processor.start();
            var phase = Phases.active("rest", 0, 0, values.length / rate);
            processor.enterPhase(phase);
            for (int i = 0; i < values.length; i += length) {
                float[] part = Arrays.copyOfRange(values, i, Math.min(values.length, i + length));
                processor.samples("samples", new SampleBlock("eda", i, Math.round(i * 1e9 / rate), rate, 1, part));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    @Test
    void responsesAreFoundWithTheirTimes() throws Exception {
        RecordedOutlet outlet =
                run(Conductance.responses(50, 40, 0.5, 10, 20, 30), 50, 5, Map.of("minimumAmplitude", 0.05));
        var events = outlet.events("scr");
        assertEquals(3, events.size());
        for (int i = 0; i < 3; i++) {
            long onset = (Long) events.get(i).attributes().get("onsetNanos");
            long peak = (Long) events.get(i).attributes().get("peakNanos");
            assertEquals(10 * (i + 1), onset / 1e9, 0.4);
            assertTrue(peak > onset && peak <= events.get(i).timeNanos());
        }
        assertEquals(3, outlet.features("response").size());
        assertEquals(0.4, outlet.features("response").get(0).value(), 0.2);
    }

    @Test
    void rateIsPerMinuteOverTheWindow() throws Exception {
        double[] onsets = new double[12];
        for (int i = 0; i < onsets.length; i++) {
            onsets[i] = 5 + 10 * i;
        }
        RecordedOutlet outlet =
                run(Conductance.responses(50, 200, 0.5, onsets), 50, 25, Map.of("minimumAmplitude", 0.05));
        for (Feature rate : outlet.features("rate")) {
            double at = rate.timeNanos() / 1e9;
            if (at < 10) {
                assertTrue(Double.isNaN(rate.value()), "at " + at);
            } else if (at > 60 && at < 115) {
                assertEquals(6, rate.value(), 1, "at " + at);
            } else if (at > 185) {
                assertEquals(0, rate.value(), "at " + at);
            }
        }
        assertEquals(12 * 60 / 200.0, outlet.features("phase-rate").get(0).value(), 1e-9);
        assertEquals(5.1, outlet.features("phase-level").get(0).value(), 0.2);
    }

    @Test
    void valuesDoNotDependOnTheLengthOfBlocks() throws Exception {
        float[] values = Conductance.responses(32, 30, 0.5, 5, 12, 20);
        assertEquals(
                run(values, 32, 1, Map.of()).bits(),
                run(values, 32, 64, Map.of()).bits());
    }

    @Test
    void gapStartsTheDetectorAfresh() throws Exception {
        FakeContext context = context(Map.of());
        try (SignalProcessor processor = processor(context, 50)) {
            processor.start();
            processor.enterPhase(Phases.active("rest", 0, 0, 60));
            float[] calm = Conductance.responses(50, 12, 0);
            processor.samples("samples", new SampleBlock("eda", 0, 0, 50, 1, calm));
            int before = context.published().features("rate").size();
            processor.samples("samples", new SampleBlock("eda", 1000, Phases.nanos(20), 50, 1, calm));
            assertEquals(1, context.published().events("window-restarted").size());
            assertTrue(Double.isNaN(
                    context.published().features("rate").get(before).value()));
            assertEquals(
                    Phases.nanos(20.26),
                    context.published().features("rate").get(before).timeNanos());
        }
    }

    @Test
    void realRecordingHasLevelAndResponses() throws Exception {
        float[] counts = Conductance.real("biosppy/eda.txt");
        RecordedOutlet outlet = run(counts, 1000, 100, Map.of(), "a.u.");
        double sum = 0;
        for (float count : counts) {
            sum += count;
        }
        double mean = sum / counts.length;
        assertEquals(mean, outlet.features("phase-level").get(0).value(), 0.05 * mean);
        double perMinute = outlet.features("phase-rate").get(0).value();
        assertTrue(perMinute > 1 && perMinute < 30, perMinute + " per minute");
        assertEquals(counts.length / 250, outlet.features("level").size());
    }

    @Test
    void thresholdFollowsTheUnit() throws Exception {
        float[] micro = Conductance.responses(50, 40, 0.5, 10, 20, 30);
        float[] siemens = micro.clone();
        for (int i = 0; i < siemens.length; i++) {
            siemens[i] /= 1e6f;
        }
        assertEquals(3, run(micro, 50, 5, Map.of(), "uS").events("scr").size());
        assertEquals(3, run(siemens, 50, 5, Map.of(), "S").events("scr").size());
        assertEquals(0, run(micro, 50, 5, Map.of(), "a.u.").events("scr").size());
        assertEquals(
                3,
                run(micro, 50, 5, Map.of("minimumCounts", 0.1), "a.u.")
                        .events("scr")
                        .size());
    }

    @Test
    void streamTooSlowIsRefused() {
        PluginException refusal = assertThrows(PluginException.class, () -> processor(context(Map.of()), 0.1));
        assertTrue(refusal.getMessage().contains("0.1 Hz"), refusal.getMessage());
    }

    @Test
    void unknownChannelIsRefused() {
        PluginException refusal =
                assertThrows(PluginException.class, () -> processor(context(Map.of("channel", "left hand")), 50));
        assertTrue(refusal.getMessage().contains("EDA"), refusal.getMessage());
    }
}
