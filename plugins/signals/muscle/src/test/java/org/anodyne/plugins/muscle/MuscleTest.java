package org.anodyne.plugins.muscle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class MuscleTest {
    private static final double RATE = 1000;

    private static RecordedOutlet run(DoubleUnaryOperator signal, double seconds, Map<String, Object> parameters)
            throws Exception {
        FakeContext context = FakeContext.of(Schema.of(MuscleFactory.class).defaultsWith(parameters));
        try (SignalProcessor processor = (SignalProcessor) new MuscleFactory().create(context)) {
            processor.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            var phase = Phases.active("only", 0, 0, seconds);
            processor.enterPhase(phase);
            for (int i = 0; i < seconds * RATE; i += 20) {
                float[] part = new float[20];
                for (int k = 0; k < 20; k++) {
                    part[k] = (float) signal.applyAsDouble((i + k) / RATE);
                }
                processor.samples("samples", new SampleBlock("emg", i, Math.round(i * 1e9 / RATE), RATE, 1, part));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    private static double last(RecordedOutlet outlet, String feature) {
        List<Feature> all = outlet.features(feature);
        return all.get(all.size() - 1).value();
    }

    private static double sine(double hertz, double t) {
        return Math.sin(2 * Math.PI * hertz * t);
    }

    @Test
    void tensionIsTheRootMeanSquare() throws Exception {
        RecordedOutlet outlet = run(t -> 300 + (t < 2 ? 4 : 20) * sine(110, t), 4, Map.of());
        List<Feature> tension = outlet.features("tension");
        assertEquals(40, tension.size());
        assertTrue(Double.isNaN(tension.get(0).value()), "no whole window yet");
        assertEquals(4 / Math.sqrt(2), tension.get(18).value(), 0.05);
        assertEquals(20 / Math.sqrt(2), tension.get(39).value(), 0.2);
        assertEquals(20 / Math.sqrt(2), last(outlet, "phase-peak"), 0.3);
        assertEquals(12 / Math.sqrt(2), last(outlet, "phase-tension"), 0.8);
    }

    @Test
    void humIsTakenOutWhenAsked() throws Exception {
        DoubleUnaryOperator signal = t -> 2 * sine(110, t) + 50 * sine(50, t);
        assertTrue(last(run(signal, 4, Map.of()), "tension") > 30);
        assertEquals(2 / Math.sqrt(2), last(run(signal, 4, Map.of("mains", 50L)), "tension"), 0.1);
    }

    /** A missing sample is held; it neither stops the filters nor counts as tension. */
    @Test
    void missingSamplesAreHeld() throws Exception {
        DoubleUnaryOperator signal = t -> Math.abs(t - 1.5) < 1e-6 ? Double.NaN : 10 * sine(60, t);
        assertEquals(10 / Math.sqrt(2), last(run(signal, 4, Map.of("mains", 50L)), "tension"), 0.4);
    }
}
