package org.anodyne.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.formats.xdf.XdfFormat;
import org.anodyne.formats.xdf.XdfSamples;
import org.anodyne.formats.xdf.XdfStreamHeader;
import org.anodyne.formats.xdf.XdfValues;
import org.anodyne.formats.xdf.XdfWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder;

    private Path resource(String name) throws IOException {
        // Under a name that tells nothing: the content alone decides.
        Path copy = folder.resolve("recording.dat");
        try (var in = RecordingTest.class.getResourceAsStream("edf/" + name)) {
            Files.write(copy, in.readAllBytes());
        }
        return copy;
    }

    private Path session() {
        Path file = folder.resolve("session.bin");
        try (XdfWriter writer = XdfWriter.create(file, Map.of("datetime", "2026-05-04T03:02:01+0000"))) {
            int eeg = writer.addStream(XdfStreamHeader.signal(
                    "eeg",
                    "EEG",
                    100,
                    XdfFormat.FLOAT32,
                    List.of(
                            new XdfStreamHeader.Channel("Cz", "microvolts", "EEG"),
                            new XdfStreamHeader.Channel("Pz", "microvolts", "EEG"))));
            int dead = writer.addStream(XdfStreamHeader.signal(
                    "dead", "EDA", 10, XdfFormat.DOUBLE64, List.of(new XdfStreamHeader.Channel("d", "uS", ""))));
            int events = writer.addStream(XdfStreamHeader.text("events", "Markers"));
            int silent = writer.addStream(XdfStreamHeader.text("silent", "Markers"));
            assertTrue(silent > events);
            for (int block = 0; block < 50; block++) {
                float[] data = new float[40];
                for (int i = 0; i < 20; i++) {
                    data[2 * i] = block * 20 + i;
                    data[2 * i + 1] = -data[2 * i];
                }
                // A second is missing after the 25th block.
                double at = 500 + block * 0.2 + (block >= 25 ? 1 : 0);
                writer.write(XdfSamples.regular(eeg, at, 100, 20, new XdfValues.Float32(data)));
                writer.write(
                        XdfSamples.stamped(dead, new double[] {at}, new XdfValues.Double64(new double[] {Double.NaN})));
            }
            writer.write(XdfSamples.event(events, 503, "trial"));
            writer.commit(0);
        }
        return file;
    }

    @Test
    void a_session_record() throws IOException {
        try (Recording recording = Recording.open(session())) {
            assertEquals("XDF", recording.format());
            assertFalse(recording.truncated());
            assertEquals(Optional.of(LocalDateTime.of(2026, 5, 4, 3, 2, 1)), recording.startTime());
            assertEquals(11, recording.durationSeconds(), 1e-9);
            assertEquals(2, recording.groups().size());
            SignalGroup eeg = recording.groups().get(0);
            assertEquals("eeg", eeg.name());
            assertEquals(100, eeg.rate());
            assertEquals(1000, eeg.samples());
            assertEquals(1, eeg.indexOf("Pz"));
            assertEquals(List.of(new Recording.Mark(3, 0, "events", "trial")), recording.marks());
            assertEquals(3, recording.warnings().size(), recording.warnings().toString());
            assertTrue(recording.warnings().get(0).contains("\"eeg\" has gaps"));
            assertTrue(recording.warnings().get(2).contains("\"silent\" holds no samples"));
            double[][] into = new double[2][37];
            for (long at : new long[] {0, 990, 13, 500, 480, 19, 20}) {
                int count = recording.read(0, at, into);
                assertEquals(Math.min(37, 1000 - at), count);
                for (int i = 0; i < count; i++) {
                    assertEquals(at + i, into[0][i]);
                    assertEquals(0, into[1][i] + at + i);
                }
            }
            assertEquals(0, recording.read(0, 1000, into));
            float[][] single = new float[2][3];
            assertEquals(3, recording.read(0, 7, single));
            assertArrayEquals(new float[] {7, 8, 9}, single[0]);
            double[] times = new double[3];
            recording.readTimes(0, 499, times);
            assertArrayEquals(new double[] {4.99, 6, 6.01}, times, 1e-9);
            recording.requireUsable(0);
            FormatException dead = assertThrows(FormatException.class, () -> recording.requireUsable(1));
            assertTrue(dead.getMessage().contains("all 50 samples of signal \"d\" are NaN"), dead.getMessage());
        }
    }

    @Test
    void a_torn_session_record_is_refused_or_taken_as_asked() throws IOException {
        byte[] bytes = Files.readAllBytes(session());
        Path torn = Files.write(folder.resolve("torn"), Arrays.copyOf(bytes, 5000));
        FormatException refused = assertThrows(FormatException.class, () -> Recording.open(torn));
        assertTrue(refused.getMessage().contains("truncated"), refused.getMessage());
        try (Recording recording = Recording.open(torn, Recording.Truncated.ACCEPT)) {
            assertTrue(recording.truncated());
            double[][] into = new double[2][40];
            assertEquals(40, recording.read(0, 0, into));
            assertEquals(39, into[0][39]);
            assertFalse(recording.warnings().isEmpty());
        }
    }

    @Test
    void xdf_of_another_program() {
        try (Recording recording = Recording.open(SharedData.file("xdf/minimal.xdf"))) {
            SignalGroup group = recording.groups().get(0);
            assertEquals(9, group.samples());
            assertEquals(
                    List.of("SendDataC 1", "SendDataC 2", "SendDataC 3"),
                    group.signals().stream().map(SignalGroup.Signal::name).toList());
            double[][] into = new double[3][9];
            assertEquals(9, recording.read(0, 0, into));
            assertArrayEquals(new double[] {192, 12, 13, 14, 15, 12, 13, 14, 15}, into[0]);
            double[] times = new double[9];
            recording.readTimes(0, 0, times);
            assertArrayEquals(new double[] {0, .1, .2, .3, .4, .5, .6, .7, .8}, times, 1e-9);
            assertEquals(9, recording.marks().size());
            assertEquals("World", recording.marks().get(2).text());
        }
        try (Recording recording = Recording.open(SharedData.file("xdf/empty_streams.xdf"))) {
            assertEquals(1, recording.groups().size());
            assertEquals(1, recording.marks().size());
            assertEquals(Optional.of(LocalDateTime.of(2025, 1, 31, 0, 21, 17)), recording.startTime());
        }
    }

    @Test
    void edf_signals_of_one_rate_are_one_group() throws IOException {
        try (Recording recording = Recording.open(resource("plus_d.edf"))) {
            assertEquals("EDF+D", recording.format());
            assertEquals(
                    List.of(100.0, 10.0),
                    recording.groups().stream().map(SignalGroup::rate).toList());
            assertEquals(12.5, recording.durationSeconds());
            assertEquals("EEG", recording.groups().get(0).type());
            double[] times = new double[2];
            recording.readTimes(1, 19, times);
            assertArrayEquals(new double[] {1.9, 10.5}, times, 1e-9);
            assertEquals(3, recording.marks().size());
            assertEquals(0, recording.marks().get(0).durationSeconds());
            double[][] into = new double[1][400];
            assertEquals(400, recording.read(0, 0, into));
            assertEquals(34.884004884, into[0][0], 1e-8);
            recording.requireUsable(0);
        }
        try (Recording recording = Recording.open(resource("biosemi.bdf"))) {
            assertEquals("BDF", recording.format());
            assertEquals(2, recording.groups().get(0).signals().size());
            assertEquals(5, recording.durationSeconds());
        }
        Path torn = resource("torn.edf");
        assertThrows(FormatException.class, () -> Recording.open(torn));
        try (Recording recording = Recording.open(torn, Recording.Truncated.ACCEPT)) {
            assertTrue(recording.truncated());
            assertEquals(3, recording.durationSeconds());
        }
    }

    @Test
    void text() {
        try (Recording recording = Recording.open(SharedData.file("biosppy/eeg_ec.txt"))) {
            assertEquals("text", recording.format());
            SignalGroup group = recording.groups().get(0);
            assertEquals(125, group.rate());
            assertEquals("EEG", group.signals().get(0).name());
            assertEquals(Optional.of(LocalDateTime.of(2021, 7, 18, 23, 58, 26)), recording.startTime());
            float[][] into = new float[1][2];
            recording.read(0, 0, into);
            assertArrayEquals(new float[] {537, 442}, into[0]);
            assertEquals(group.samples() / 125.0, recording.durationSeconds());
            recording.requireUsable(0);
        }
    }

    @Test
    void what_is_no_recording_is_refused_in_plain_words() throws IOException {
        refused(new byte[0], "the file is empty");
        refused("PK\u0003\u0004zip".getBytes(), "none of the formats");
        refused("Dear reader".getBytes(), "none of the formats");
        refused(new byte[300], "none of the formats");
        refused("XDF:".getBytes(), "no samples");
        refused("# Sampling Rate (Hz):= 10\n".getBytes(), "no samples");
        refused("0       ".getBytes(), "ends inside its header");
        Path headerOnly = folder.resolve("h.xdf");
        try (XdfWriter writer = XdfWriter.create(headerOnly, Map.of())) {
            writer.addStream(XdfStreamHeader.text("e", "Markers"));
        }
        FormatException e = assertThrows(FormatException.class, () -> Recording.open(headerOnly));
        assertTrue(e.getMessage().contains("no samples of any signal"), e.getMessage());
    }

    private void refused(byte[] content, String because) throws IOException {
        Path file = Files.write(folder.resolve("bad"), content);
        FormatException e = assertThrows(FormatException.class, () -> Recording.open(file));
        assertTrue(e.getMessage().contains(because), e.getMessage());
    }
}
