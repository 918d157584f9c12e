package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A rest protocol over real EEG finds the figures that scipy finds; a replay finds the same bits. */
@Tag("alone")
@Isolated("a session on a busy machine misses its heartbeats")
class RealRecordingsTest {
    private static final String REST = """
            anodyne: 1
            id: rest
            title: Rest
            slots:
              eeg: {plugin: file-replay, parameters: {type: EEG}}
              alpha: {plugin: band-power, inputs: {samples: eeg}}
            phases:
              - id: rest
                end: {input: eeg}
                atMost: 20 min
                slots: [eeg, alpha]
            """;

    @TempDir
    Path folder;

    private JsonNode session(Anodyne anodyne, String recording, Path out) throws Exception {
        Path protocol = Files.writeString(folder.resolve("rest.yaml"), REST);
        Anodyne.Ended ended = anodyne.run(
                "session",
                protocol,
                "--participant",
                "P01",
                "--speed",
                "max",
                "--input",
                "eeg=" + Anodyne.recording(recording),
                "--out",
                out);
        assertEquals(0, ended.exit(), ended.output());
        return Anodyne.summary(out);
    }

    private static double feature(JsonNode summary, String name) {
        return summary.path("phases").path(0).path("features").path(name).asDouble();
    }

    /** Known values: see the README of the recordings (scipy, Welch, Simpson). */
    @Test
    void figuresAreThoseOfScipyAndAReplayIsIdenticalUntilACoefficientIsChanged() throws Exception {
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        JsonNode closed = session(anodyne, "eeg_ec.txt", folder.resolve("closed"));
        JsonNode open = session(anodyne, "eeg_eo.txt", folder.resolve("open"));
        assertEquals(9.75, closed.path("individualAlphaPeakHz").asDouble(), 0.25);
        assertEquals(3095, feature(closed, "alpha/phase-power"), 0.01 * 3095);
        assertEquals(0.1125, feature(closed, "alpha/phase-relative"), 0.01 * 0.1125);
        assertEquals(1805, feature(open, "alpha/phase-power"), 0.01 * 1805);
        assertEquals(0.0551, feature(open, "alpha/phase-relative"), 0.01 * 0.0551);
        assertTrue(feature(open, "alpha/phase-power") < feature(closed, "alpha/phase-power"));
        assertEquals(0, closed.path("gaps").asInt());
        assertEquals("[]", closed.path("problems").toString());
        assertEquals("COMPLETED", closed.path("outcome").asText());
        Recorded record = new Recorded(folder.resolve("closed").resolve("record"));
        record.assertNothingLostOrDoubled();
        assertEquals(38_219, record.samples("eeg/eeg"));

        Anodyne.Ended same = anodyne.run("replay", folder.resolve("open"), "--verify");
        assertEquals(0, same.exit(), same.output());
        assertTrue(same.output().contains("identical, bit for bit"), same.output());

        changeOneCoefficient(folder.resolve("open").resolve("record").resolve("segment-001.xdf"));
        Anodyne.Ended other = anodyne.run("replay", folder.resolve("open"), "--verify");
        assertEquals(1, other.exit(), other.output());
        assertTrue(other.output().contains("alpha (band-power"), other.output());
    }

    /** In the record's plan the band of the slot alpha ends at 12.9 Hz instead of 13. */
    private static void changeOneCoefficient(Path record) throws Exception {
        String bytes = new String(Files.readAllBytes(record), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains("\"high\":13.0"), "the plan does not hold the coefficient");
        Files.write(record, bytes.replace("\"high\":13.0", "\"high\":12.9").getBytes(StandardCharsets.ISO_8859_1));
    }
}
