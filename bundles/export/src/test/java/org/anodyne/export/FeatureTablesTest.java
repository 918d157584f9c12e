package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTablesTest {
    private static final String NOT_SHOWN = "they would tell the arm";

    @TempDir
    Path folder;

    private FakeRecord record(String allocation) {
        FakeRecord record = new FakeRecord();
        record.event(
                "session",
                "plan",
                0,
                Map.of(
                        "slots",
                        List.of(
                                Map.of("slot", "alpha", "parameters", Map.of("low", 8.0)),
                                Map.of("slot", "feedback", "parameters", Map.of("allocation", allocation)))));
        record.phase("training", 0, 0, 10);
        for (int i = 1; i <= 8; i++) {
            record.feature("alpha", "relative", i, i / 3.0);
            record.feature("feedback", "level", i, i == 1 ? Double.NaN : 1e-5 / i);
            record.feature("alpha", "vector", i, i, -i);
        }
        return record;
    }

    private JsonNode means(String allocation) throws IOException {
        new RecordExporter().export(record(allocation), Sessions.completed(), folder);
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve("summary.json")))
                .path("phases")
                .get(0)
                .path("featureMeans");
    }

    @Test
    void everyFeatureIsATableWithEveryBit() throws IOException {
        means("");
        List<String> level = Files.readAllLines(folder.resolve("features/feedback_level.tsv"));
        assertEquals(List.of("onset\tlevel", "1\tn/a", "2\t" + 1e-5 / 2, "3\t" + 1e-5 / 3), level.subList(0, 4));
        assertEquals(9, level.size());
        assertEquals(
                "onset\tvector[1]",
                Files.readAllLines(folder.resolve("features/alpha_vector.1.tsv"))
                        .get(0));
        assertTrue(Files.exists(folder.resolve("features/alpha_relative.tsv")));
    }

    @Test
    void anotherExportLeavesNoTableOfBefore() throws IOException {
        means("");
        Files.writeString(folder.resolve("features/left-over.tsv"), "x");
        means("");
        assertFalse(Files.exists(folder.resolve("features/left-over.tsv")));
    }

    @Test
    void whatASealedCodeDecidesIsNotShownBesideTheOthers() throws IOException {
        JsonNode means = means("ABCD-ABCD-ABCD-ABCD-ABCD");
        assertTrue(means.has("alpha/relative"));
        assertFalse(means.has("feedback/level"));
        String report = Files.readString(folder.resolve("report.html"));
        assertTrue(report.contains(NOT_SHOWN));
        assertEquals(3, report.split("<figure>", -1).length - 1, "alpha's three components only");
        assertTrue(Files.exists(folder.resolve("features/feedback_level.tsv")));
    }

    @Test
    void withoutACodeEverythingIsShown() throws IOException {
        assertTrue(means("").has("feedback/level"));
        String report = Files.readString(folder.resolve("report.html"));
        assertFalse(report.contains(NOT_SHOWN));
        assertEquals(4, report.split("<figure>", -1).length - 1);
    }
}
