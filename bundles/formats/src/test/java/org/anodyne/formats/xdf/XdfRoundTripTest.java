package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XdfRoundTripTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void every_format_comes_back_block_by_block(XdfFormat format) {
        Path file = folder.resolve("a.xdf");
        XdfStreamHeader header = XdfSamplesOfAllFormats.header(format, 3, 250);
        List<XdfSamples> written = new ArrayList<>();
        Random random = new Random(5);
        int id;
        try (XdfWriter writer = XdfWriter.create(file, Map.of("session", "s-1"))) {
            id = writer.addStream(header);
            double at = 100;
            for (int samples : new int[] {1, 2, 85, 300, 70_000}) {
                XdfValues values = XdfSamplesOfAllFormats.values(format, samples * 3, random);
                written.add(XdfSamples.regular(id, at, 250, samples, values));
                at += samples / 250.0;
                double[] stamps = random.doubles(samples, at, at + 1).sorted().toArray();
                written.add(XdfSamples.stamped(id, stamps, XdfSamplesOfAllFormats.values(format, samples * 3, random)));
                at++;
            }
            for (XdfSamples block : written) {
                writer.write(block);
                writer.commit(0);
            }
        }
        XdfFile read = XdfFile.load(file);
        assertEquals("s-1", read.header().orElseThrow().properties().get("session"));
        assertEquals(0, read.tornBytes());
        assertEquals(List.of(), read.damage());
        XdfFile.Stream stream = read.streams().get(0);
        assertEquals(id, stream.id());
        assertEquals(header, stream.header());
        assertEquals(written.size(), stream.blocks().size());
        for (int i = 0; i < written.size(); i++) {
            XdfSamples expected = written.get(i);
            XdfSamples actual = stream.blocks().get(i);
            assertArrayEquals(expected.stamps(), actual.stamps());
            assertEquals(expected.firstStampOnly() && expected.count() > 1, actual.firstStampOnly());
            assertEquals(expected.values().format(), actual.values().format());
            assertArrayEquals(
                    new Object[] {XdfSamplesOfAllFormats.array(expected.values())},
                    new Object[] {XdfSamplesOfAllFormats.array(actual.values())});
        }
        XdfEvent.StreamFooter footer = stream.footer().orElseThrow();
        assertEquals(stream.sampleCount(), footer.sampleCount());
        assertEquals(100, footer.firstStamp());
        assertEquals(written.get(written.size() - 1).stamps()[69_999], footer.lastStamp());
    }

    @Test
    void chunk_bytes_are_those_of_the_specification() throws Exception {
        Path file = folder.resolve("a.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            writer.addStream(
                    7,
                    XdfStreamHeader.signal(
                            "s", "t", 10, XdfFormat.INT16, List.of(new XdfStreamHeader.Channel("a", "V", ""))));
            writer.commit(0);
            long from = writer.committedBytes();
            writer.write(XdfSamples.regular(7, 5.5, 10, 2, new XdfValues.Int16(new short[] {1, -2})));
            writer.clockOffset(7, 6, -0.25);
            writer.commit(1);
            byte[] all = java.nio.file.Files.readAllBytes(file);
            String hex = java.util.HexFormat.of().formatHex(all, (int) from, all.length - XdfChunks.COMMIT_BYTES);
            String samples =
                    "01" + "16" + "0300" + "07000000" + "0102" + "08" + "0000000000001640" + "0100" + "00" + "feff";
            String clock = "01" + "16" + "0400" + "07000000" + "0000000000001840" + "000000000000d0bf";
            assertEquals(samples + clock, hex);
        }
    }

    @Test
    void boundaries_follow_the_callers_clock() {
        Path file = folder.resolve("a.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int id = writer.addStream(XdfStreamHeader.text("e", "Markers"));
            for (int tenth = 0; tenth < 35; tenth++) {
                writer.write(XdfSamples.event(id, tenth / 10.0, "x"));
                writer.commit(tenth * 100_000_000L);
            }
        }
        int boundaries = 0;
        long commits = 0;
        try (XdfReader reader = XdfReader.open(file)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                boundaries += next.get() instanceof XdfEvent.Boundary ? 1 : 0;
                if (next.get() instanceof XdfEvent.Commit commit) {
                    assertEquals(commits++, commit.group());
                    assertTrue(commit.valid());
                }
            }
            assertEquals(0, reader.uncommittedBytes());
        }
        assertEquals(4, boundaries);
        assertEquals(1 + 35 + 1, commits);
    }

    @Test
    void a_block_that_does_not_fit_is_refused_and_leaves_no_trace() {
        Path file = folder.resolve("a.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of())) {
            int id = writer.addStream(XdfSamplesOfAllFormats.header(XdfFormat.FLOAT32, 2, 0));
            int before = writer.pendingBytes();
            XdfValues two = new XdfValues.Float32(new float[] {1, 2});
            XdfValues four = new XdfValues.Float32(new float[] {1, 2, 3, 4});
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.write(XdfSamples.stamped(id, new double[] {1, 2}, two)));
            assertThrows(IllegalArgumentException.class, () -> writer.write(XdfSamples.event(id, 1, "x", "y")));
            assertThrows(IllegalArgumentException.class, () -> writer.write(XdfSamples.event(9, 1, "x")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.write(XdfSamples.regular(id, 1, 10, 2, four)),
                    "an irregular stream has no rate to deduce from");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.write(XdfSamples.stamped(id, new double[0], new XdfValues.Float32(new float[0]))));
            assertEquals(before, writer.pendingBytes());
            writer.closeStream(id);
            assertThrows(
                    IllegalStateException.class, () -> writer.write(XdfSamples.stamped(id, new double[] {1}, two)));
        }
    }

    @Test
    void a_record_is_never_overwritten() {
        Path file = folder.resolve("a.xdf");
        XdfWriter.create(file, Map.of()).close();
        assertThrows(java.io.UncheckedIOException.class, () -> XdfWriter.create(file, Map.of()));
    }

    @Test
    void the_clock_model_follows_a_drifting_clock_and_shrugs_off_an_outlier() {
        List<XdfEvent.ClockOffset> offsets = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double time = 1000 + 5 * i;
            offsets.add(new XdfEvent.ClockOffset(1, time, 2 + 1e-5 * (time - 1000) + (i == 30 ? 0.5 : 0)));
        }
        XdfClockModel model = XdfClockModel.fit(offsets);
        assertEquals(1100 + 2 + 1e-3, model.apply(1100), 2e-5);
        assertEquals(5, XdfClockModel.fit(List.of()).apply(5));
        assertEquals(
                7, XdfClockModel.fit(List.of(new XdfEvent.ClockOffset(1, 0, 2))).apply(5));
    }

    @Test
    void the_histogram_knows_values_to_three_percent() {
        for (long value = 1; value < 1L << 40; value = value * 3 / 2 + 1) {
            long upper = LatencyHistogram.upper(LatencyHistogram.index(value));
            assertTrue(upper >= value && upper <= value * 1.04, value + " in a bucket up to " + upper);
        }
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.record(i * 1000L);
        }
        LatencyHistogram.Snapshot s = histogram.snapshot();
        assertEquals(1000, s.count());
        assertEquals(1_000_000, s.max());
        assertEquals(500_000, s.p50(), 16_000);
        assertEquals(990_000, s.p99(), 32_000);
        assertEquals(0, new LatencyHistogram().snapshot().p99());
    }
}
