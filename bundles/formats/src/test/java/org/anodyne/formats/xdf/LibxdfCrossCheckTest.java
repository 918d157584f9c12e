package org.anodyne.formats.xdf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.formats.Oracle;
import org.anodyne.formats.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files, commit chunks and all, as an independent reader sees them. */
class LibxdfCrossCheckTest {
    @TempDir
    private Path folder;

    @Test
    void libxdf_reads_what_was_written() throws Exception {
        Path program = Oracle.compile("xdf_dump.cpp", "xdf.h", "xdf", folder);
        Path file = folder.resolve("ours.xdf");
        try (XdfWriter writer = XdfWriter.create(file, Map.of("session", "s"))) {
            int floats = writer.addStream(XdfStreamHeader.signal(
                    "floats",
                    "EEG",
                    250,
                    XdfFormat.FLOAT32,
                    List.of(
                            new XdfStreamHeader.Channel("a", "microvolts", "EEG"),
                            new XdfStreamHeader.Channel("b", "microvolts", "EEG"))));
            int longs = writer.addStream(XdfStreamHeader.signal(
                    "longs", "Counter", 0, XdfFormat.INT64, List.of(new XdfStreamHeader.Channel("n", "", ""))));
            int events = writer.addStream(XdfStreamHeader.text("events", "Markers"));
            for (int block = 0; block < 30; block++) {
                float[] data = new float[64];
                for (int i = 0; i < 32; i++) {
                    data[2 * i] = block * 32 + i;
                    data[2 * i + 1] = -1;
                }
                writer.write(XdfSamples.regular(floats, 10 + block * 0.128, 250, 32, new XdfValues.Float32(data)));
                writer.write(XdfSamples.stamped(
                        longs, new double[] {block, block + 0.5}, new XdfValues.Int64(new long[] {block, block})));
                if (block % 10 == 0) {
                    writer.write(XdfSamples.event(events, 20 + block, "mark ä " + block));
                }
                writer.commit(block * 250_000_000L);
            }
        }
        Oracle.Result result = Oracle.run(List.of(program.toString(), file.toString()));
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        List<String> seen = result.lines().stream()
                .filter(l -> l.startsWith("STREAM|") || l.startsWith("EVENT|"))
                .toList();
        double sum = 959 * 960 / 2.0;
        assertEquals(
                List.of(
                        "STREAM|floats|250|2|960|10.000000000|13.836000000|" + sum + "00000",
                        "STREAM|longs|0|1|60|0.000000000|29.500000000|870.000000",
                        "STREAM|events|0|1|0|0.000000000|0.000000000|0.000000",
                        "EVENT|2|20.000000000|mark ä 0",
                        "EVENT|2|30.000000000|mark ä 10",
                        "EVENT|2|40.000000000|mark ä 20"),
                seen);
        assertEquals(
                List.of(),
                result.lines().stream().filter(l -> l.contains("Unknown chunk")).toList());
    }

    /**
     * Values, stamps after the clocks are joined, and texts are those that libxdf finds. The other example,
     * {@code empty_streams.xdf}, cannot be compared: libxdf 0.99.8 crashes on it.
     */
    @Test
    void an_example_file_of_the_format_is_read_alike() throws Exception {
        Path program = Oracle.compile("xdf_dump.cpp", "xdf.h", "xdf", folder);
        Path file = SharedData.file("xdf/minimal.xdf");
        Oracle.Result result = Oracle.run(List.of(program.toString(), file.toString()));
        assertEquals(0, result.status(), () -> String.join("\n", result.lines()));
        List<String> ours = new ArrayList<>();
        List<XdfFile.Stream> streams = XdfFile.load(file).streams();
        for (XdfFile.Stream s : streams) {
            boolean numbers = s.texts().isEmpty();
            double[] stamps = numbers ? s.synchronisedStamps() : new double[0];
            ours.add(String.format(
                    Locale.ROOT,
                    "STREAM|%s|%.0f|%d|%d|%.9f|%.9f|%.6f",
                    s.header().name(),
                    s.header().nominalRate(),
                    s.header().channelCount(),
                    stamps.length,
                    numbers ? stamps[0] : 0,
                    numbers ? stamps[stamps.length - 1] : 0,
                    numbers ? Arrays.stream(s.channel(0)).sum() : 0));
        }
        for (int i = 0; i < streams.size(); i++) {
            XdfFile.Stream s = streams.get(i);
            for (int n = 0; n < s.texts().size(); n++) {
                ours.add(String.format(
                        Locale.ROOT,
                        "EVENT|%d|%.9f|%s",
                        i,
                        s.synchronisedStamps()[n],
                        s.texts().get(n)));
            }
        }
        assertEquals(
                ours,
                result.lines().stream()
                        .filter(l -> l.startsWith("STREAM|") || l.startsWith("EVENT|"))
                        .toList());
    }
}
