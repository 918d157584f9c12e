package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static JsonNode session(Anodyne anodyne, Path protocol, Path out, String... recordings) throws Exception {
        List<Object> words = new ArrayList<>(List.of("session", protocol, "--participant", "P01", "--speed", "max"));
        for (String recording : recordings) {
            String[] slot = recording.split("=");
            words.addAll(List.of("--input", slot[0] + "=" + Anodyne.recording(slot[1])));
        }
        words.addAll(List.of("--out", out));
        Anodyne.Ended ended = anodyne.run(words.toArray());
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
        // The worked example of the README: EEG and skin conductance together.
        JsonNode closed = session(
                anodyne,
                Path.of("../../docs/examples/resting-alpha.yaml"),
                folder.resolve("closed"),
                "eeg=eeg_ec.txt",
                "eda=eda.txt");
        Path rest = Files.writeString(folder.resolve("rest.yaml"), REST);
        JsonNode open = session(anodyne, rest, folder.resolve("open"), "eeg=eeg_eo.txt");
        assertEquals(9.75, closed.path("individualAlphaPeakHz").asDouble(), 0.25);
        assertEquals(3095, feature(closed, "alpha/phase-power"), 0.01 * 3095);
        assertEquals(0.1125, feature(closed, "alpha/phase-relative"), 0.01 * 0.1125);
        assertEquals(1805, feature(open, "alpha/phase-power"), 0.01 * 1805);
        assertEquals(0.0551, feature(open, "alpha/phase-relative"), 0.01 * 0.0551);
        assertTrue(feature(open, "alpha/phase-power") < feature(closed, "alpha/phase-power"));
        assertEquals(0, closed.path("gaps").asInt());
        assertEquals(
                "[\"stream eda/eda ended at 150.0 s, before phase 'rest' did\"]",
                closed.path("problems").toString());
        assertEquals("[]", open.path("problems").toString());
        assertEquals("COMPLETED", closed.path("outcome").asText());
        Recorded record = new Recorded(folder.resolve("closed").resolve("record"));
        record.assertNothingLostOrDoubled();
        assertEquals(38_219, record.samples("eeg/eeg"));
        assertEquals(150_000, record.samples("eda/eda"));
        assertTrue(record.samples("scr/level") > 0, "nothing was made of the skin conductance");

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
