package org.anodyne.plugins.filereplay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.anodyne.formats.edf.EdfSignal;
import org.anodyne.formats.edf.EdfWriter;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;
import org.anodyne.formats.xdf.XdfWriter;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplayTest {
    @TempDir
    private Path folder;

    private static FakeContext play(FakeContext context, double seconds) throws Exception {
        try (SignalSource source = Recorded.prepared(context)) {
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, seconds));
            context.lane().advanceTo(Phases.nanos(seconds));
        }
        return context;
    }

    private static long length(List<SampleBlock> blocks) {
        return blocks.stream().mapToLong(SampleBlock::length).sum();
    }

    @Test
    void wholeFileIsPlayedWithAShortLastBlockAndThenAnEnd() throws Exception {
        Path file = Recorded.text(folder, 100, "EDA", 1004, Integer::toString);
        FakeContext context = play(Recorded.context(file, Map.of()), 20);
        List<SampleBlock> blocks = context.published().blocks("eda");
        assertEquals(101, blocks.size());
        assertEquals(4, blocks.get(100).length());
        assertEquals(1003, blocks.get(100).samples()[3]);
        var ends = context.published().events("end-of-input");
        assertEquals(1, ends.size());
        assertEquals(Map.of("stream", "eda"), ends.get(0).attributes());
        assertEquals(Phases.nanos(10.04), ends.get(0).timeNanos());
    }

    @Test
    void realRecordingIsPlayedWhole() throws Exception {
        Path file = Recorded.real("biosppy/eeg_ec.txt");
        long lines = Files.readAllLines(file).stream()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .count();
        FakeContext context = play(Recorded.context(file, Map.of()), 600);
        assertEquals(lines, length(context.published().blocks("eeg")));
        SampleBlock first = context.published().blocks("eeg").get(0);
        assertEquals(125, first.rateHz());
        assertEquals(537, first.samples()[0]);
        assertEquals(442, first.samples()[1]);
    }

    @Test
    void samplesThatAreNotNumbersArePassedOnAndCounted() throws Exception {
        Path file = Recorded.text(folder, 100, "EEG", 500, i -> i == 33 || i == 35 ? "nan" : "1");
        FakeContext context = play(Recorded.context(file, Map.of()), 6);
        assertTrue(Float.isNaN(context.published().blocks("eeg").get(3).samples()[3]));
        var bad = context.published().events("bad-samples");
        assertEquals(1, bad.size());
        assertEquals(
                Map.of("stream", "eeg", "index", 30L, "count", 2L), bad.get(0).attributes());
    }

    @Test
    void edfSignalsOfDifferentRateOrTypeAreStreamsOfTheirOwn() throws Exception {
        Path file = edf(30);
        FakeContext context = play(Recorded.context(file, Map.of()), 40);
        assertEquals(30 * 200, length(context.published().blocks("eeg")));
        assertEquals(2, context.published().blocks("eeg").get(0).channels());
        assertEquals(30 * 200, length(context.published().blocks("ecg")));
        assertEquals(30 * 50, length(context.published().blocks("eda")));
        assertEquals(3, context.published().events("end-of-input").size());
        try (SignalSource source = Recorded.prepared(Recorded.context(file, Map.of()))) {
            StreamInfo eda = source.streams().get(2);
            assertEquals("EDA", eda.type());
            assertEquals("uS", eda.channels().get(0).unit());
            assertEquals(50, eda.rateHz());
        }
    }

    @Test
    void chosenSignalsAndTypeAreTaken() throws Exception {
        FakeContext context =
                play(Recorded.context(edf(5), Map.of("signals", List.of("Cz", "ECG"), "type", "EEG", "block", 0.5)), 6);
        List<SampleBlock> blocks = context.published().blocks("eeg");
        assertEquals(2, blocks.get(0).channels());
        assertEquals(100, blocks.get(0).length());
        assertEquals(1000, length(blocks));
    }

    private Path edf(int seconds) throws Exception {
        Path file = folder.resolve("recording.edf");
        List<EdfSignal> signals = List.of(
                EdfSignal.of("Cz", "uV", -100, 100, 200),
                EdfSignal.of("EEG Pz-Ref", "uV", -100, 100, 200),
                EdfSignal.of("ECG", "mV", -5, 5, 200),
                EdfSignal.of("GSR", "uS", 0, 20, 50));
        try (EdfWriter writer = EdfWriter.create(
                file,
                EdfWriter.Subject.unknown(),
                new EdfWriter.Session("X", "X", "X"),
                LocalDateTime.of(2026, 1, 1, 12, 0),
                1,
                signals)) {
            for (int i = 0; i < seconds; i++) {
                writer.write(new double[][] {new double[200], new double[200], new double[200], new double[50]});
            }
        }
        return file;
    }

    @Test
    void streamsOfAnXdfFileKeepTheirOffsetAndGapsAreGaps() throws Exception {
        Path file = folder.resolve("recording.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int eeg = writer.addStream(stream("amp", "EEG", 100));
            int eda = writer.addStream(stream("skin", "GSR", 10));
            for (int i = 0; i < 10; i++) {
                if (i != 4 && i != 5) {
                    writer.write(
                            XdfSamples.regular(eeg, 1000 + i, 100, 100, new XdfValues.Float32(ramp(100, i * 100))));
                }
                writer.write(XdfSamples.regular(eda, 1000.5 + i, 10, 10, new XdfValues.Float32(ramp(10, i * 10))));
            }
        }
        FakeContext context = play(Recorded.context(file, Map.of()), 20);
        List<SampleBlock> blocks = context.published().blocks("eeg");
        assertEquals(800, length(blocks));
        SampleBlock after = blocks.get(40);
        assertEquals(600, after.index());
        assertEquals(Phases.nanos(6), after.startNanos());
        assertEquals(600, after.samples()[0]);
        var gap = context.published().events("gap").get(0);
        assertEquals(Phases.nanos(4), gap.attributes().get("fromNanos"));
        assertEquals(Phases.nanos(6), gap.attributes().get("toNanos"));
        SampleBlock skin = context.published().blocks("eda").get(0);
        assertEquals(Phases.nanos(0.5), skin.startNanos());
        assertEquals(0, skin.samples()[0]);
    }

    private static XdfStreamHeader stream(String name, String type, double rate) {
        return XdfStreamHeader.signal(
                name, type, rate, XdfFormat.FLOAT32, List.of(new XdfStreamHeader.Channel("one", "", type)));
    }

    private static float[] ramp(int length, int from) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = from + i;
        }
        return values;
    }

    @Test
    void blockThatIsCompleteAtTheEndOfAPhaseBelongsToIt() throws Exception {
        Path file = Recorded.text(folder, 100, "EEG", 1000, Integer::toString);
        FakeContext context = Recorded.context(file, Map.of());
        try (SignalSource source = Recorded.prepared(context)) {
            source.start();
            source.enterPhase(Phases.active("first", 0, 0, 2));
            context.lane().advanceTo(Phases.nanos(2) - 1);
            assertEquals(19, context.published().blocks("eeg").size());
            source.enterPhase(Phases.inactive("rest", 1, 2, 4));
            assertEquals(20, context.published().blocks("eeg").size());
        }
    }

    @Test
    void successorGoesOnWithTheNextSample() throws Exception {
        Path file = Recorded.text(folder, 128, "EEG", 2000, Integer::toString);
        List<String> whole =
                play(Recorded.context(file, Map.of()), 20).published().bits();
        for (double at : new double[] {0, 5.05, 15.5, 15.625, 17}) {
            assertEquals(whole, replacedAt(file, at), "replaced at " + at + " s");
        }
    }

    private static List<String> replacedAt(Path file, double seconds) throws Exception {
        FakeContext context = Recorded.context(file, Map.of());
        SignalSource old = Recorded.prepared(context);
        old.start();
        old.enterPhase(Phases.active("only", 0, 0, 20));
        context.lane().advanceTo(Phases.nanos(seconds));
        HandOver handOver = old.drain(Deadline.in(Duration.ofSeconds(1))).orElseThrow();
        old.close();
        try (SignalSource successor = Recorded.prepared(context)) {
            assertTrue(successor.takeOver(handOver));
            successor.start();
            successor.enterPhase(Phases.active("only", 0, 0, 20));
            context.lane().advanceTo(Phases.nanos(20));
        }
        return context.published().bits();
    }
}
