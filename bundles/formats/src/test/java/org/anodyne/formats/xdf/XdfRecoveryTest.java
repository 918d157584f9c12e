package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class XdfRecoveryTest {
    @TempDir
    private Path folder;

    /** End of each committed group, with the number of samples and of text samples that were durable there. */
    private record Whole(byte[] bytes, TreeMap<Long, int[]> ends) {}

    private Whole sample() throws IOException {
        Path file = folder.resolve("whole.xdf");
        TreeMap<Long, int[]> ends = new TreeMap<>();
        try (XdfWriter writer = XdfWriter.create(file, Map.of("session", "x"))) {
            ends.put(writer.committedBytes(), new int[] {0, 0});
            int signal = writer.addStream(XdfSamplesOfAllFormats.header(XdfFormat.INT16, 2, 100));
            int events = writer.addStream(XdfStreamHeader.text("events", "Markers"));
            for (int i = 0; i < 4; i++) {
                short[] data = {(short) (2 * i), 1, (short) (2 * i + 1), 2};
                writer.write(XdfSamples.regular(signal, i, 100, 2, new XdfValues.Int16(data)));
                writer.write(XdfSamples.event(events, i, "event " + i));
                writer.clockOffset(signal, i, 0.001);
                writer.commit(i * 700_000_000L);
                ends.put(writer.committedBytes(), new int[] {2 * (i + 1), i + 1});
            }
            writer.abandon();
        }
        return new Whole(Files.readAllBytes(file), ends);
    }

    @Test
    void a_file_cut_at_any_byte_opens_and_loses_only_the_unfinished_group() throws IOException {
        Whole whole = sample();
        Path file = folder.resolve("cut.xdf");
        for (int cut = 0; cut <= whole.bytes().length; cut++) {
            Files.write(file, Arrays.copyOf(whole.bytes(), cut));
            Map.Entry<Long, int[]> kept = whole.ends().floorEntry((long) cut);
            long keptBytes = kept == null ? 0 : kept.getKey();
            int[] durable = kept == null ? new int[2] : kept.getValue();
            if (cut > 4) {
                readBeforeRecovery(file, cut, durable);
            }
            XdfRecovery.Result result = XdfRecovery.openForAppend(file);
            assertEquals(cut - keptBytes, result.cutBytes(), "cut at " + cut);
            assertEquals(List.of(), result.damage());
            appendAndCheck(file, result, durable, cut);
        }
    }

    private static void readBeforeRecovery(Path file, int cut, int[] durable) {
        XdfFile torn = XdfFile.load(file);
        long samples =
                torn.streams().stream().mapToLong(XdfFile.Stream::sampleCount).sum();
        assertTrue(samples >= durable[0] + durable[1], "cut at " + cut + " a reader sees what was durable");
        assertTrue(torn.tornBytes() < cut);
    }

    private static void appendAndCheck(Path file, XdfRecovery.Result result, int[] durable, int cut) {
        try (XdfWriter writer = result.writer()) {
            int id = writer.addStream(XdfStreamHeader.text("after", "Markers"));
            assertEquals(writer.streams().size(), id, "ids go on");
            writer.write(XdfSamples.event(id, 1000, "continued"));
            writer.commit(0);
        }
        XdfFile read = XdfFile.load(file);
        assertEquals(0, read.tornBytes(), "cut at " + cut);
        assertEquals(List.of(), read.damage(), "cut at " + cut);
        assertEquals(List.of("continued"), read.stream("after").texts());
        if (durable[1] > 0) {
            XdfFile.Stream signal = read.stream("of int16");
            assertEquals(durable[0], signal.sampleCount());
            for (int i = 0; i < durable[0]; i++) {
                assertEquals(i, signal.channel(0)[i]);
            }
            assertEquals(durable[0], signal.footer().orElseThrow().sampleCount());
            assertEquals(durable[1], read.stream("events").texts().size());
        }
    }

    @Test
    void group_numbers_continue_and_every_checksum_is_right_after_recovery() throws IOException {
        Whole whole = sample();
        Path file = folder.resolve("cut.xdf");
        Files.write(file, Arrays.copyOf(whole.bytes(), whole.bytes().length - 3));
        try (XdfWriter writer = XdfRecovery.openForAppend(file).writer()) {
            writer.clockOffset(1, 5, 5);
            writer.commit(0);
        }
        List<Long> groups = new ArrayList<>();
        try (XdfReader reader = XdfReader.open(file)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get() instanceof XdfEvent.Commit commit) {
                    assertTrue(commit.valid());
                    groups.add(commit.group());
                }
            }
        }
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), groups);
    }

    @Test
    void good_groups_behind_damage_are_kept() throws IOException {
        Whole whole = sample();
        Long[] ends = whole.ends().keySet().toArray(Long[]::new);
        byte[] bytes = whole.bytes().clone();
        bytes[(int) (ends[2] + 1)] ^= 0x40; // the length of the first chunk of the fourth group
        Path file = folder.resolve("damaged.xdf");
        Files.write(file, bytes);
        XdfRecovery.Result result = XdfRecovery.openForAppend(file);
        result.writer().close();
        assertEquals(0, result.cutBytes());
        assertFalse(result.damage().isEmpty());
        double[] values = XdfFile.load(file).stream("of int16").channel(0);
        assertArrayEquals(new double[] {0, 1, 2, 3, 6, 7}, values);
    }

    @Test
    void a_changed_value_is_seen_by_the_checksum() throws IOException {
        Whole whole = sample();
        byte[] bytes = whole.bytes().clone();
        bytes[bytes.length - XdfChunks.COMMIT_BYTES - 1] ^= 1;
        Path file = folder.resolve("changed.xdf");
        Files.write(file, bytes);
        XdfRecovery.Result result = XdfRecovery.openForAppend(file);
        result.writer().abandon();
        long last = whole.ends().lowerKey((long) bytes.length);
        assertEquals(bytes.length - last, result.cutBytes());
    }

    @Test
    void a_file_of_another_program_is_refused_and_not_touched() throws IOException {
        Path original = SharedData.file("xdf/minimal.xdf");
        Path copy = Files.copy(original, folder.resolve("foreign.xdf"));
        FormatException refused = assertThrows(FormatException.class, () -> XdfRecovery.openForAppend(copy));
        assertTrue(refused.getMessage().contains("no group of this file has a right checksum"));
        assertArrayEquals(Files.readAllBytes(original), Files.readAllBytes(copy));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no record at all");
        assertThrows(FormatException.class, () -> XdfRecovery.openForAppend(text));
        assertEquals("no record at all", Files.readString(text));
    }
}
