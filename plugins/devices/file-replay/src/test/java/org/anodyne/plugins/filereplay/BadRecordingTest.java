package org.anodyne.plugins.filereplay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadRecordingTest {
    @TempDir
    private Path folder;

    private static String refusal(Path file, Map<String, Object> parameters) {
        FakeContext context = Recorded.context(file, parameters);
        String message = assertThrows(PluginException.class, () -> Recorded.prepared(context))
                .getMessage();
        assertTrue(message.contains(file.getFileName().toString()), message);
        assertEquals(List.of(), context.published().outputs());
        return message;
    }

    private static void says(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void nothingGiven() {
        FakeContext context = FakeContext.of(Schema.of(FileReplayFactory.class).defaultsWith(Map.of()));
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new FileReplayFactory().create(context).prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(1))));
        says(refusal.getMessage(), "--input slot=FILE");
    }

    @Test
    void missing() {
        says(refusal(folder.resolve("absent.edf"), Map.of()), "does not exist");
    }

    @Test
    void folderInsteadOfAFile() {
        says(refusal(folder, Map.of()), "is no file");
    }

    @Test
    void empty() throws Exception {
        says(refusal(Files.createFile(folder.resolve("empty.edf")), Map.of()), "empty");
    }

    @Test
    void headerWithoutSamples() throws Exception {
        refusal(Recorded.text(folder, 100, "EEG", 0, i -> ""), Map.of());
    }

    @Test
    void unknownFormat() throws Exception {
        Path file = Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        says(refusal(file, Map.of()), "none of the formats");
    }

    @Test
    void onlyNaN() throws Exception {
        says(refusal(Recorded.text(folder, 100, "EEG", 300, i -> "nan"), Map.of()), "NaN");
    }

    @Test
    void onlyNaNInOneChosenSignal() throws Exception {
        Path file = folder.resolve("dead.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int id = writer.addStream(XdfStreamHeader.signal(
                    "amp",
                    "EEG",
                    100,
                    XdfFormat.FLOAT32,
                    List.of(
                            new XdfStreamHeader.Channel("Cz", "uV", "EEG"),
                            new XdfStreamHeader.Channel("Pz", "uV", "EEG"))));
            float[] values = new float[200];
            for (int i = 1; i < values.length; i += 2) {
                values[i] = Float.NaN;
            }
            writer.write(XdfSamples.regular(id, 1, 100, 100, new XdfValues.Float32(values)));
        }
        says(refusal(file, Map.of()), "NaN", "'Pz'");
        Recorded.prepared(Recorded.context(file, Map.of("signals", List.of("Cz"))))
                .close();
    }

    @Test
    void rateOfNothing() throws Exception {
        refusal(Recorded.text(folder, 0, "EEG", 300, i -> "1"), Map.of());
    }

    @Test
    void truncatedXdf() throws Exception {
        Path file = xdf("EEG", 100, 100);
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.xdf"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        says(refusal(cut, Map.of()), "truncated", "{acceptTruncated: true} in the protocol");
        try (var source = Recorded.prepared(Recorded.context(cut, Map.of("acceptTruncated", true)))) {
            assertEquals("eeg", source.streams().get(0).name());
        }
    }

    @Test
    void truncatedEdf() throws Exception {
        Path file = folder.resolve("whole.edf");
        try (EdfWriter writer = EdfWriter.create(
                file,
                EdfWriter.Subject.unknown(),
                EdfWriter.Session.unknown(),
                LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                1,
                List.of(EdfSignal.of("EEG", "uV", -100, 100, 100)))) {
            for (int i = 0; i < 5; i++) {
                writer.write(new double[][] {new double[100]});
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.edf"), java.util.Arrays.copyOf(bytes, bytes.length - 250));
        String said = refusal(cut, Map.of());
        says(
                said,
                "3 whole data records of 5 are there. Copy the file again. ",
                "slot 'slot'",
                "{acceptTruncated: true}");
        try (var source = Recorded.prepared(Recorded.context(cut, Map.of("acceptTruncated", true)))) {
            assertEquals(1, source.streams().size());
        }
    }

    @Test
    void unknownSignal() throws Exception {
        says(
                refusal(Recorded.text(folder, 100, "EEG", 300, i -> "1"), Map.of("signals", List.of("Cz"))),
                "no signal 'Cz'",
                "EEG");
    }

    @Test
    void chosenSignalsOfTwoRates() throws Exception {
        Path file = folder.resolve("two.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            write(writer, "EEG", "Cz", 100, 100, 300);
            write(writer, "EDA", "skin", 10, 10, 30);
        }
        says(refusal(file, Map.of("signals", List.of("Cz", "skin"))), "100.0 Hz", "10.0 Hz", "one rate");
    }

    @Test
    void stampsThatContradictTheRate() throws Exception {
        says(refusal(xdf("EEG", 100, 50), Map.of()), "states a sampling rate of 100.0 Hz", "50.0");
    }

    private Path xdf(String type, double stated, double real) throws Exception {
        Path file = folder.resolve("recording.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            write(writer, type, "Cz", stated, real, 1000);
        }
        return file;
    }

    private static void write(XdfWriter writer, String type, String label, double stated, double real, int samples) {
        int id = writer.addStream(XdfStreamHeader.signal(
                type, type, stated, XdfFormat.FLOAT32, List.of(new XdfStreamHeader.Channel(label, "uV", type))));
        for (int i = 0; i < samples; i += 10) {
            double[] stamps = new double[10];
            for (int k = 0; k < 10; k++) {
                stamps[k] = 5 + (i + k) / real;
            }
            writer.write(XdfSamples.stamped(id, stamps, new XdfValues.Float32(new float[10])));
        }
    }
}
