package org.anodyne.plugins.respiration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RespirationTest {
    private static RecordedOutlet run(
            float[] values, double rate, Map<String, Object> parameters, Map<String, Object> ofPhase) throws Exception {
        FakeContext context = FakeContext.of(Schema.of(RespirationFactory.class).defaultsWith(parameters));
        try (SignalProcessor processor = (SignalProcessor) new RespirationFactory().create(context)) {
            processor.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            Phase phase = new Phase(
                    "only", 0, 0, 0, OptionalLong.of(Phases.nanos(values.length / rate)), true, ofPhase, List.of());
            processor.enterPhase(phase);
            for (int i = 0; i < values.length; i += 25) {
                float[] part = Arrays.copyOfRange(values, i, Math.min(values.length, i + 25));
                processor.samples("samples", new SampleBlock("resp", i, Math.round(i * 1e9 / rate), rate, 1, part));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    private static double last(RecordedOutlet outlet, String feature) {
        List<Feature> all = outlet.features(feature);
        return all.get(all.size() - 1).value();
    }

    @ParameterizedTest
    @CsvSource({"4.5", "6", "12", "20"})
    void rateAndDepthAreThosePutIn(double perMinute) throws Exception {
        RecordedOutlet outlet = run(Breathing.at(100, 120, perMinute), 100, Map.of(), Map.of());
        assertEquals(perMinute, last(outlet, "rate"), 0.05 * perMinute);
        assertEquals(perMinute, last(outlet, "phase-rate"), 0.05 * perMinute);
        assertEquals(2, last(outlet, "phase-amplitude"), 0.1);
    }

    /** A minute of a real belt, whose spectrum by scipy's Welch has its peak at 0.35 Hz, 21 breaths a minute; bins lie 3 a minute apart. */
    @Test
    void realRecordingBreathesAtThePeakOfItsSpectrum() throws Exception {
        float[] values = Breathing.real("biosppy/resp.txt");
        RecordedOutlet outlet = run(values, 1000, Map.of("pace", 21.0), Map.of());
        assertEquals(0.35 * 60, last(outlet, "phase-rate"), 1.5);
        double atThePeak = last(outlet, "phase-adherence");
        for (double pace : new double[] {10, 14, 28}) {
            double elsewhere = last(run(values, 1000, Map.of("pace", pace), Map.of()), "phase-adherence");
            assertTrue(elsewhere < atThePeak, "at " + pace + ": " + elsewhere + ", at 21: " + atThePeak);
        }
    }

    /** The pace may come from the phase; what is near it scores between. */
    @ParameterizedTest
    @CsvSource({"6,6,0.9,1", "6,7,0.2,0.7", "6,12,0,0.12", "12,6,0,0.12", "5.5,5.5,0.9,1"})
    void adherenceIsHighAtThePaceAlone(double breathing, double pace, double least, double most) throws Exception {
        float[] values = Breathing.at(100, 120, breathing);
        for (boolean phase : new boolean[] {false, true}) {
            Map<String, Object> set = Map.of("pace", pace);
            RecordedOutlet outlet = run(values, 100, phase ? Map.of() : set, phase ? set : Map.of());
            double score = last(outlet, "phase-adherence");
            assertTrue(score >= least && score <= most, breathing + " at a pace of " + pace + ": " + score);
        }
    }

    /** Two parts in, three out; it begins with the phase and asks nothing of the belt, which breathes twice as fast here. */
    @Test
    void theGuideBreathesAtThePaceOfThePhase() throws Exception {
        RecordedOutlet outlet = run(Breathing.at(50, 60, 12), 50, Map.of("guide", true), Map.of("pace", 6.0));
        assertEquals(230, outlet.features("guide").size());
        for (Feature guide : outlet.features("guide")) {
            // The first sample, complete after a fiftieth of a second, begins the first breath.
            double within = (guide.timeNanos() / 1e9 - 0.02) % 10;
            double part = within < 4 ? within / 4 : (10 - within) / 6;
            assertEquals((1 - Math.cos(Math.PI * part)) / 2, guide.value(), 1e-9, "at " + within);
        }
        List<Event> in = outlet.events("guide-in");
        List<Event> out = outlet.events("guide-out");
        assertEquals(6, in.size());
        assertEquals(6, out.size());
        for (int i = 0; i < 6; i++) {
            assertEquals(Phases.nanos(0.02 + 10 * i), in.get(i).timeNanos(), Phases.nanos(0.021));
            assertEquals(Phases.nanos(4.02 + 10 * i), out.get(i).timeNanos(), Phases.nanos(0.021));
            assertEquals(6.0, in.get(i).attributes().get("breathsPerMinute"));
        }
        RecordedOutlet without = run(Breathing.at(50, 60, 12), 50, Map.of(), Map.of());
        assertTrue(without.features("guide").isEmpty()
                && without.events("guide-in").isEmpty());
    }

    @Test
    void fullnessAndPhaseFollowTheBreath() throws Exception {
        RecordedOutlet outlet = run(Breathing.at(50, 100, 6), 50, Map.of(), Map.of());
        for (Feature full : outlet.features("fullness")) {
            double within = full.timeNanos() / 1e9 % 10;
            if (full.timeNanos() > Phases.nanos(50)) {
                if (within > 4 && within < 4.6) {
                    assertTrue(full.value() > 0.9, "at " + within + ": " + full.value());
                } else if (within < 0.5) {
                    assertTrue(full.value() < 0.1, "at " + within + ": " + full.value());
                }
            }
        }
        for (Feature phase : outlet.features("phase")) {
            double within = phase.timeNanos() / 1e9 % 10;
            if (phase.timeNanos() > Phases.nanos(50) && within > 3 && within < 9) {
                assertEquals(within / 10, phase.value(), 0.05);
            }
        }
    }

    @Test
    void invertedBeltGivesTheSameBreaths() throws Exception {
        float[] values = Breathing.at(50, 60, 10);
        RecordedOutlet upright = run(values, 50, Map.of(), Map.of());
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        assertEquals(
                upright.bits(),
                run(values, 50, Map.of("inverted", true), Map.of()).bits());
    }

    @Test
    void nothingIsSaidOfASignalThatStandsStill() throws Exception {
        RecordedOutlet outlet = run(new float[6000], 100, Map.of(), Map.of());
        for (String feature : List.of("rate", "amplitude", "fullness", "phase", "adherence", "phase-adherence")) {
            assertTrue(Double.isNaN(last(outlet, feature)), feature);
        }
    }
}
