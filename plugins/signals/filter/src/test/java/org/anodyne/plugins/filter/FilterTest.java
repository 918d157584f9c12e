package org.anodyne.plugins.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.dsp.Butterworth;
import org.anodyne.dsp.SosFilter;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.RecordedOutlet;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final int N = Streams.LABELS.size();

    private static FakeContext context(Map<String, Object> parameters) {
        return FakeContext.of(Schema.of(FilterFactory.class).defaultsWith(parameters));
    }

    private static SignalProcessor prepared(FakeContext context, Inputs inputs) throws Exception {
        SignalProcessor processor = (SignalProcessor) new FilterFactory().create(context);
        processor.prepare(inputs, Deadline.in(Duration.ofSeconds(10)));
        processor.start();
        return processor;
    }

    private static RecordedOutlet run(Map<String, Object> parameters, SampleBlock... blocks) throws Exception {
        FakeContext context = context(parameters);
        try (SignalProcessor processor = prepared(context, Streams.inputs())) {
            for (SampleBlock block : blocks) {
                processor.samples("samples", block);
            }
        }
        return context.published();
    }

    private static SampleBlock only(RecordedOutlet published) {
        List<SampleBlock> blocks = published.blocks("filtered");
        assertEquals(1, blocks.size());
        return blocks.get(0);
    }

    /** The value of channel c at sample i; slow, fast and offset differ from channel to channel. */
    private static float value(int i, int c) {
        double t = i / Streams.RATE;
        return (float) (100 * (c + 1) + 20 * Math.sin(2 * Math.PI * 10 * t) + 5 * c * Math.sin(2 * Math.PI * 50 * t));
    }

    private static SampleBlock signal(int from, int length) {
        float[] x = new float[length * N];
        for (int i = 0; i < x.length; i++) {
            x[i] = value(from + i / N, i % N);
        }
        return Streams.block(from, x);
    }

    @Test
    void eachChannelGetsTheFiltersOfThatDesignOneAfterTheOther() throws Exception {
        RecordedOutlet published = run(
                Map.of("highPass", 1.0, "lowPass", 40.0, "order", 2, "notch", 50.0, "notchHarmonics", 3),
                signal(0, 100),
                signal(100, 157));
        List<SampleBlock> blocks = published.blocks("filtered");
        assertEquals(List.of(0L, 100L), blocks.stream().map(SampleBlock::index).toList());
        for (int c = 0; c < N; c++) {
            // 100 Hz lies below half of 250 Hz, 150 Hz does not: two notches.
            List<SosFilter> filters = List.of(
                    Butterworth.bandPass(2, 1, 40, 250).filter(),
                    Butterworth.notch(50, 30, 250).filter(),
                    Butterworth.notch(100, 30, 250).filter());
            filters.get(0).settle(value(0, c));
            for (int i = 0; i < 257; i++) {
                double expected = value(i, c);
                for (SosFilter filter : filters) {
                    expected = filter.next(expected);
                }
                SampleBlock block = blocks.get(i < 100 ? 0 : 1);
                // A band-pass passes nothing of an offset up to rounding, so the notches behind it start at 0.
                assertEquals(expected, block.at(i < 100 ? i : i - 100, c), 1e-4, "channel " + c + " at " + i);
            }
        }
    }

    @Test
    void anOffsetMakesNoTransientBehindALowPassAndANotch() throws Exception {
        float[] still = new float[50 * N];
        Arrays.fill(still, 5000);
        SampleBlock out = only(run(Map.of("lowPass", 40.0, "notch", 50.0), Streams.block(0, still)));
        for (float value : out.samples()) {
            assertEquals(5000, value, 0.01);
        }
    }

    @Test
    void references() throws Exception {
        float[] x = {1, 2, 6, 9};
        assertEquals("[-3.5, -2.5, 1.5, 4.5]", referenced(Map.of("reference", "average"), x));
        assertEquals(
                "[-2.0, -1.0, 3.0, 9.0]", referenced(Map.of("reference", "average", "untouched", List.of("TRIG")), x));
        assertEquals(
                "[-5.0, -4.0, 0.0, 9.0]",
                referenced(
                        Map.of(
                                "reference", "linked",
                                "referenceChannels", List.of("A1"),
                                "untouched", List.of("TRIG")),
                        x));
        assertEquals(
                "[-3.0, 1.0, 6.0, 9.0]",
                referenced(
                        Map.of(
                                "reference",
                                "laplacian",
                                "neighbours",
                                Map.of("C3", List.of("C4", "A1"), "C4", List.of("C3"))),
                        x));
    }

    private static String referenced(Map<String, Object> parameters, float... x) throws Exception {
        return Arrays.toString(only(run(parameters, Streams.block(0, x))).samples());
    }

    @Test
    void aValueThatIsNoNumberLeavesAsOneAndSpoilsNothingElse() throws Exception {
        SampleBlock whole = signal(0, 100);
        SampleBlock broken = signal(0, 100);
        broken.samples()[40 * N + 1] = Float.NaN;
        Map<String, Object> parameters = new HashMap<>(Map.of("lowPass", 40.0, "reference", "average"));
        SampleBlock expected = only(run(parameters, whole));
        SampleBlock out = only(run(parameters, broken));
        for (int i = 0; i < out.samples().length; i++) {
            if (i == 40 * N + 1) {
                assertTrue(Float.isNaN(out.samples()[i]));
            } else if (i / N < 40) {
                assertEquals(expected.samples()[i], out.samples()[i]);
            } else {
                // The value before is held, so what follows is a little off and soon the same again.
                assertEquals(expected.samples()[i], out.samples()[i], 5, "sample " + i / N);
                assertTrue(i / N < 80 || Math.abs(expected.samples()[i] - out.samples()[i]) < 0.01);
            }
        }
    }

    @Test
    void afterAGapItBeginsAnewAndSaysSo() throws Exception {
        Map<String, Object> parameters = Map.of("highPass", 1.0);
        RecordedOutlet published = run(parameters, signal(0, 100), signal(200, 100));
        assertEquals(
                Map.of("stream", "raw", "expected", 100L, "index", 200L),
                published.events("filter-restarted").get(0).attributes());
        SampleBlock fresh = only(run(parameters, signal(200, 100)));
        assertEquals(
                Arrays.toString(fresh.samples()),
                Arrays.toString(published.blocks("filtered").get(1).samples()));
    }

    @Test
    void theStreamIsTheInputsByAnotherName() throws Exception {
        try (SignalProcessor processor = prepared(context(Map.of("highPass", 1.0)), Streams.inputs())) {
            StreamInfo in = Streams.eeg();
            assertEquals(List.of(new StreamInfo("", "filtered", "EEG", 250, in.channels(), true)), processor.streams());
        }
    }

    @Test
    void aStreamThatIsNotKnownBeforehandIsFilteredAsAWhole() throws Exception {
        FakeContext context = context(Map.of("reference", "average"));
        try (SignalProcessor processor = prepared(context, Inputs.NONE)) {
            assertEquals(List.of(), processor.streams());
            processor.samples("samples", Streams.block(0, 1, 2, 6, 9));
        }
        assertEquals(
                "[-3.5, -2.5, 1.5, 4.5]",
                Arrays.toString(only(context.published()).samples()));
        try (SignalProcessor processor =
                prepared(context(Map.of("reference", "average", "untouched", List.of("TRIG"))), Inputs.NONE)) {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class, () -> processor.samples("samples", Streams.block(0, 1, 2, 6, 9)));
            assertTrue(e.getMessage().contains("untouched"), e.getMessage());
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedBeforehand() {
        refused("nothing to do", Map.of());
        refused("nothing would pass", Map.of("highPass", 40.0, "lowPass", 1.0));
        refused("holds nothing from 125.0 Hz", Map.of("lowPass", 125.0));
        refused("holds nothing from 125.0 Hz", Map.of("notch", 150.0));
        refused("names none", Map.of("reference", "linked"));
        refused("names none", Map.of("reference", "laplacian"));
        refused("has C3, C4, A1, TRIG", Map.of("reference", "linked", "referenceChannels", List.of("M1")));
        refused("'neighbours' are for", Map.of("notch", 50.0, "neighbours", Map.of("C3", List.of("C4"))));
        refused("'referenceChannels' are for", Map.of("notch", 50.0, "referenceChannels", List.of("C4")));
        refused("other channels", Map.of("reference", "laplacian", "neighbours", Map.of("C3", List.of("C3"))));
        refused(
                "take it out of one",
                Map.of(
                        "reference", "linked",
                        "referenceChannels", List.of("A1"),
                        "untouched", List.of("A1")));
        refused("every channel", Map.of("notch", 50.0, "untouched", Streams.LABELS));
    }

    private static void refused(String because, Map<String, Object> parameters) {
        PluginException e = assertThrows(PluginException.class, () -> prepared(context(parameters), Streams.inputs()));
        assertTrue(e.getMessage().contains(because), e.getMessage());
    }
}
