package org.anodyne.plugins.feedback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.plugin.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levels that were recorded, played back. */
class SeriesTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("series.tsv"), text);
    }

    private static Bench bench(Object series) throws Exception {
        return Bench.of(Bench.with(Bench.FIXED, Map.of("source", "series", "series", series, "fade", 0.0)));
    }

    private String refusal(String text) throws IOException {
        String path = file(text).toString();
        String message = assertThrows(PluginException.class, () -> bench(path)).getMessage();
        assertTrue(message.contains(path), message);
        return message;
    }

    @Test
    void aTableIsPlayedBackExactly() throws Exception {
        double[] levels = new SplittableRandom(4).doubles(500).toArray();
        StringBuilder text = new StringBuilder("onset\tlevel\n0.25\tn/a\n0.5\tn/a\n");
        for (int i = 0; i < levels.length; i++) {
            text.append(0.75 + i * 0.25).append('\t').append(levels[i]).append('\n');
        }
        Path file = file(text.toString());
        Bench bench = bench(file.toString());
        for (int i = 0; i < levels.length; i++) {
            bench.value(i * 0.25, 10 + i % 7);
        }
        assertArrayEquals(levels, bench.levels());
        var events = bench.context.published().events("series");
        assertEquals(1, events.size());
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Map.of(
                        "file",
                        file.toString(),
                        "sha256",
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                        "values",
                        500L,
                        "leftOut",
                        2L),
                events.get(0).attributes());
    }

    @Test
    void whatOneSessionPublishedAnotherPlays() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        Bench first = Bench.of(Map.of("low", 10.0, "high", 20.0));
        for (int i = 0; i < 200; i++) {
            first.value(i * 0.25, random.nextGaussian(15, 3));
        }
        StringBuilder text = new StringBuilder("onset,level\n");
        for (int i = 0; i < 200; i++) {
            text.append(i * 0.25).append(',').append(first.levels()[i]).append("\r\n");
        }
        Bench second = bench(file(text.toString()).toString());
        for (int i = 0; i < 200; i++) {
            second.value(i * 0.25, 0);
        }
        assertArrayEquals(first.levels(), second.levels());
    }

    @Test
    void aListInTheProtocolIsASeriesToo() throws Exception {
        Bench bench = bench(List.of(0.25, 1L, 0.75));
        for (int i = 0; i < 3; i++) {
            bench.value(i, 15);
        }
        assertArrayEquals(new double[] {0.25, 1, 0.75}, bench.levels());
        assertEquals(List.of(), bench.context.published().events("series"));
    }

    @Test
    void itBeginsWhenTheBaselineIsOverAndKeepsInTimeWithoutValues() throws Exception {
        Bench bench = Bench.of(Map.of(
                "calibration", Map.of("phase", "baseline"), "source", "series", "series", List.of(0.1, 0.2, 0.3, 0.4)));
        bench.phase("baseline", 0, 0, 2);
        bench.value(1, 1);
        bench.value(2, 2);
        bench.phase("training", 1, 2, 9);
        bench.value(3, 1);
        bench.value(4, Double.NaN);
        bench.value(5, 1);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, 0.1, 0.1, 0.3}, bench.levels());
    }

    @Test
    void aShortSeriesBeginsAgainWithAFade() throws Exception {
        Bench bench = Bench.of(Bench.with(
                Bench.FIXED, Map.of("source", "series", "series", List.of(0.0, 0.5, 0.5, 1.0), "fade", 2.0)));
        for (int i = 0; i < 9; i++) {
            bench.value(i, 15);
        }
        // From 1 at 3 s: half of the way to 0 at 4 s, there at 5 s. Then from 1 at 7 s again.
        assertArrayEquals(new double[] {0, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1, 0.5}, bench.levels());
        var again = bench.context.published().events("series-again");
        assertEquals(
                List.of(4e9, 8e9),
                again.stream().map(e -> (double) e.timeNanos()).toList());
        assertEquals(
                List.of(1L, 2L),
                again.stream().map(e -> e.attributes().get("passes")).toList());
    }

    @Test
    void aBadTableIsRefusedWholeWithItsLines() throws Exception {
        assertTrue(refusal("").contains("it is empty"));
        assertTrue(refusal("time\tvalue\n1\t0.5\n").contains("line 1 should name one column 'level'"));
        assertTrue(refusal("level\tlevel\n1\t0.5\n").contains("line 1"));
        assertTrue(refusal("level\n0.5\n").contains("two at least"));
        assertTrue(refusal("level\nn/a\nn/a\n").contains("0 levels"));
        String message = refusal("onset\tlevel\n0\t0.5\n1\t1.01\n2\t-0.1\n3\tNaN\n4\n4\t0.5\n4\t0.5\nx\t1d\n6\t0x1\n");
        assertTrue(message.contains("line 3 has the level '1.01', which is no number from 0 to 1"), message);
        assertTrue(message.contains("line 4 has the level '-0.1'"), message);
        assertTrue(message.contains("line 5 has the level 'NaN'"), message);
        assertTrue(message.contains("line 6 has 1 columns, and the heading 2"), message);
        assertTrue(message.contains("line 8 has the onset 4, which is not later"), message);
        assertTrue(message.contains("and 3 more"), message);
        assertTrue(refusal("level\n0.5\n\n0.5\n").contains("line 3"));
        Path binary = Files.write(folder.resolve("series.tsv"), new byte[] {(byte) 0xC3, 0x28, 0, 1});
        assertTrue(assertThrows(PluginException.class, () -> bench(binary.toString()))
                .getMessage()
                .contains("no text in UTF-8"));
    }

    @Test
    void aFileThatIsNotThereAndLevelsOutOfRangeAreRefused() {
        String none = folder.resolve("none.tsv").toString();
        assertTrue(assertThrows(PluginException.class, () -> bench(none))
                .getMessage()
                .contains(none));
        assertThrows(PluginException.class, () -> bench("\0"));
        assertThrows(PluginException.class, () -> bench(List.of(0.5, 1.5)));
        assertThrows(PluginException.class, () -> bench(List.of(0.5)));
    }
}
