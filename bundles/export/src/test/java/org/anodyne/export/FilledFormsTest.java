package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.record.DatasetExporter.Filled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was filled in outside sessions, as tables with a row for each time. */
class FilledFormsTest {
    private static final Instant AT = Instant.parse("2026-03-02T08:30:00.5Z");

    @TempDir
    Path folder;

    private static Filled filled(String participant, String visit, String version, Map<String, Object> answers) {
        Map<String, Object> instrument = new HashMap<>(Map.of(
                "id",
                "pain",
                "version",
                version,
                "language",
                "en",
                "title",
                "Pain now",
                "items",
                List.of(Map.of("id", "now", "text", "How strong?", "min", 0L, "max", 10L)),
                "scales",
                List.of(Map.of("id", "now", "title", "Pain", "min", 0L, "max", 10L, "direction", "none")),
                "licence",
                Map.of("shipText", true, "evidence", "ours")));
        return new Filled(participant, visit, AT, instrument, Map.of("answers", answers, "scores", answers));
    }

    @Test
    void aRowForEachTimeWithItsVisit() throws IOException {
        new RecordExporter()
                .phenotype(
                        List.of(filled("P01", "week 4", "1", Map.of("now", 3.0)), filled("P02", "", "1", Map.of())),
                        folder);
        assertEquals(
                "participant_id\tsession_id\tacq_time\titem_now\tscore_now\n"
                        + "sub-P01\tses-week4\t2026-03-02T08:30:00Z\t3\t3\n"
                        + "sub-P02\tn/a\t2026-03-02T08:30:00Z\tn/a\tn/a\n",
                Files.readString(folder.resolve("pain.tsv")));
        JsonNode dictionary = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("pain.json")));
        assertEquals("How strong?", dictionary.at("/item_now/Description").asText());
        assertTrue(dictionary.has("session_id") && dictionary.has("acq_time"));
        assertFalse(dictionary.has("session_time"));
    }

    @Test
    void versionsOfAnInstrumentAreNotMixed() throws IOException {
        new RecordExporter()
                .phenotype(
                        List.of(
                                filled("P01", "a", "1", Map.of("now", 3.0)),
                                filled("P01", "b", "2", Map.of("now", 4.0))),
                        folder);
        assertTrue(Files.readString(folder.resolve("pain_v1_en.tsv")).endsWith("\t3\t3\n"));
        assertTrue(Files.readString(folder.resolve("pain_v2_en.tsv")).endsWith("\t4\t4\n"));
        try (var files = Files.list(folder)) {
            assertEquals(4, files.count());
        }
    }
}
