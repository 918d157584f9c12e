package org.anodyne.plugins.artefacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
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

class ArtefactsTest {
    private static final double RATE = 250;

    /** What a test puts on top of noise: channel, seconds. */
    private interface Disturbance {
        double at(int channel, double t, double value);
    }

    private static RecordedOutlet run(Disturbance disturbance, double seconds, int length, Map<String, Object> set)
            throws Exception {
        FakeContext context = FakeContext.of(Schema.of(ArtefactsFactory.class).defaultsWith(set));
        try (SignalProcessor processor = (SignalProcessor) new ArtefactsFactory().create(context)) {
            List<StreamInfo.Channel> channels =
                    List.of(new StreamInfo.Channel("Fp1", "uV"), new StreamInfo.Channel("Cz", "uV"));
            processor.prepare(
                    new Inputs(
                            Map.of("samples", List.of(new StreamInfo("eeg", "eeg", "EEG", RATE, channels, false))),
                            Map.of()),
                    Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            var phase = Phases.active("only", 0, 0, seconds);
            processor.enterPhase(phase);
            SplittableRandom random = new SplittableRandom(3);
            for (int at = 0; at < seconds * RATE; at += length) {
                float[] values = new float[2 * length];
                for (int i = 0; i < values.length; i++) {
                    double noise = 30 * (random.nextDouble() + random.nextDouble() - 1);
                    values[i] = (float) disturbance.at(i % 2, (at + i / 2) / RATE, noise);
                }
                processor.samples("samples", new SampleBlock("eeg", at, Math.round(at * 1e9 / RATE), RATE, 2, values));
            }
            processor.endPhase(phase);
        }
        return context.published();
    }

    private static double blink(double t, double at) {
        return 150 * Math.exp(-Math.pow((t - at) / 0.08, 2) / 2);
    }

    private static List<String> marks(RecordedOutlet outlet) {
        List<String> marks = new ArrayList<>();
        for (Event event : outlet.events("artefact")) {
            marks.add(event.attributes().get("kind") + " " + event.attributes().get("channel"));
        }
        return marks;
    }

    @Test
    void blinkOfTheForeheadIsMarkedAndNotClean() throws Exception {
        RecordedOutlet outlet = run((channel, t, v) -> v + (channel == 0 ? 1 : 0.2) * blink(t, 20), 30, 10, Map.of());
        // The slow part of a large blink counts as movement, too.
        assertEquals(
                List.of("blink Fp1", "movement Fp1"),
                marks(outlet).stream().distinct().toList());
        List<Event> events = outlet.events("artefact").stream()
                .filter(e -> e.attributes().get("kind").equals("blink"))
                .toList();
        long from = (Long) events.get(0).attributes().get("fromNanos");
        long to = (Long) events.get(events.size() - 1).attributes().get("toNanos");
        assertEquals(19.9, from / 1e9, 0.1);
        assertTrue(to > Phases.nanos(20) && to < Phases.nanos(20.8), to + " ns");
        for (Feature clean : outlet.features("clean")) {
            double t = clean.timeNanos() / 1e9;
            if (t < 10 || t > 20 && t < 20.5) {
                assertEquals(0, clean.value(), "learning, or blinking, at " + t);
            } else if (t > 10.8 && t < 19.7 || t > 22.2) {
                assertEquals(1, clean.value(), "at " + t);
            }
        }
        assertTrue(outlet.features("channels").stream()
                .anyMatch(f -> f.values()[0] == 1 && f.timeNanos() > Phases.nanos(19.9)));
        double share = outlet.features("phase-clean").get(0).value();
        assertEquals(17.5 / 30, share, 0.02);
    }

    @Test
    void everyKindIsTold() throws Exception {
        RecordedOutlet outlet = run(
                (channel, t, v) -> {
                    if (channel == 0) {
                        return v;
                    }
                    if (t > 15 && t < 15.6) {
                        return 8 * v;
                    }
                    if (t > 20 && t < 22) {
                        return 3;
                    }
                    if (t > 25 && t < 25.2) {
                        return 1000;
                    }
                    return t > 30 ? v + 150 : v;
                },
                40,
                25,
                Map.of("blinkChannels", List.of("Fp1")));
        for (String kind : List.of("muscle", "flat", "clip", "movement")) {
            assertTrue(marks(outlet).contains(kind + " Cz"), kind + ": " + marks(outlet));
        }
        assertTrue(
                marks(outlet).stream().allMatch(m -> m.endsWith("Cz")),
                marks(outlet).toString());
    }

    @Test
    void onlyTheKindsAskedForAreTold() throws Exception {
        RecordedOutlet outlet = run(
                (channel, t, v) -> t > 15 && t < 16 ? 8 * v : t > 20 && t < 22 ? 3 : v,
                30,
                25,
                Map.of("kinds", List.of("flat")));
        assertEquals(List.of("flat Fp1", "flat Cz"), marks(outlet));
    }

    @Test
    void marksDoNotDependOnTheLengthOfBlocks() throws Exception {
        Disturbance blinks = (channel, t, v) -> v + blink(t % 7, 6);
        assertEquals(
                run(blinks, 40, 1, Map.of()).events("artefact"),
                run(blinks, 40, 100, Map.of()).events("artefact"));
    }

    /** A stretch that is not over at the end of a phase is marked up to there. */
    @Test
    void whatIsNotOverIsMarkedAtTheEndOfThePhase() throws Exception {
        RecordedOutlet outlet = run((channel, t, v) -> t > 20 ? 0 : v, 25, 25, Map.of("kinds", List.of("flat")));
        assertEquals(List.of("flat Fp1", "flat Cz"), marks(outlet));
        assertEquals(
                Phases.nanos(25), outlet.events("artefact").get(0).attributes().get("toNanos"));
    }

    @Test
    void unknownChannelIsRefused() {
        PluginException refusal = assertThrows(
                PluginException.class, () -> run((c, t, v) -> v, 1, 25, Map.of("channels", List.of("Fz"))));
        assertTrue(refusal.getMessage().contains("it has Fp1, Cz"), refusal.getMessage());
    }
}
