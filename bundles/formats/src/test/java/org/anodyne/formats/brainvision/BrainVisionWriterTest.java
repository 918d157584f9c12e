package org.anodyne.formats.brainvision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.anodyne.formats.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrainVisionWriterTest {
    @TempDir
    private Path folder;

    private Path write() {
        Path vhdr = folder.resolve("sub-01_task-rest_eeg.vhdr");
        List<BrainVisionWriter.Channel> channels =
                List.of(new BrainVisionWriter.Channel("Cz", "microvolts"), new BrainVisionWriter.Channel("A,B", "uV"));
        Optional<LocalDateTime> start = Optional.of(LocalDateTime.of(2026, 5, 4, 3, 2, 1, 250_000_000));
        try (BrainVisionWriter writer = BrainVisionWriter.create(vhdr, 250, channels, start)) {
            writer.marker(40, 1, "Stimulus", "S  2");
            writer.marker(10, 5, "Comment", "Schmerz ä, stark\nsehr");
            for (int block = 0; block < 10; block++) {
                float[][] data = new float[2][16];
                for (int i = 0; i < 10; i++) {
                    data[0][i] = (block * 10 + i) * 0.5f;
                    data[1][i] = -1.25f;
                }
                writer.write(data, 10);
            }
            assertEquals(100, writer.samples());
            assertTrue(Files.notExists(vhdr));
        }
        return vhdr;
    }

    @Test
    void data_is_multiplexed_floats_and_headers_are_as_the_format_says() throws Exception {
        Path vhdr = write();
        ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("sub-01_task-rest_eeg.eeg")))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[200];
        data.asFloatBuffer().get(values);
        for (int i = 0; i < 100; i++) {
            assertEquals(i * 0.5f, values[2 * i]);
            assertEquals(-1.25f, values[2 * i + 1]);
        }
        List<String> header = Files.readAllLines(vhdr);
        assertEquals("Brain Vision Data Exchange Header File Version 1.0", header.get(0));
        for (String line : List.of(
                "Codepage=UTF-8",
                "DataFile=sub-01_task-rest_eeg.eeg",
                "MarkerFile=sub-01_task-rest_eeg.vmrk",
                "DataOrientation=MULTIPLEXED",
                "SamplingInterval=4000",
                "BinaryFormat=IEEE_FLOAT_32",
                "Ch1=Cz,,1,µV",
                "Ch2=A\\1B,,1,µV")) {
            assertTrue(header.contains(line), line);
        }
        List<String> markers = Files.readAllLines(folder.resolve("sub-01_task-rest_eeg.vmrk"));
        assertTrue(markers.contains("Mk1=New Segment,,1,1,0,20260504030201250000"));
        assertTrue(markers.contains("Mk2=Comment,Schmerz ä\\1 stark sehr,11,5,0"));
        assertTrue(markers.contains("Mk3=Stimulus,S  2,41,1,0"));
        assertEquals(3, Files.list(folder).count());
    }

    @Test
    void mne_reads_it() throws Exception {
        Path vhdr = write();
        Oracle.Result result = Oracle.python("mne_dump.py", "mne", vhdr.toString());
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        assertEquals(
                List.of(
                        "SIGNAL|Cz|250.000000|100|0|25|49.5|2475",
                        "SIGNAL|A,B|250.000000|100|-1.25|-1.25|-1.25|-125",
                        "START|2026-05-04 03:02:01.250000+00:00",
                        "ANNOTATION|0.000000|0.004000|New Segment/",
                        "ANNOTATION|0.040000|0.020000|Comment/Schmerz ä, stark sehr",
                        "ANNOTATION|0.160000|0.004000|Stimulus/S  2"),
                result.lines());
    }

    @Test
    void nothing_is_left_of_an_empty_recording() throws Exception {
        BrainVisionWriter writer = BrainVisionWriter.create(
                folder.resolve("x.vhdr"), 100, List.of(new BrainVisionWriter.Channel("a", "")), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> writer.write(new float[3][1], 1));
        assertThrows(IllegalStateException.class, writer::close);
        assertArrayEquals(new Object[0], Files.list(folder).toArray());
        assertThrows(
                IllegalArgumentException.class,
                () -> BrainVisionWriter.create(folder.resolve("x.eeg"), 100, List.of(), Optional.empty()));
    }
}
