package org.anodyne.console.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.console.home.HomeEntries.Entry;
import org.anodyne.console.store.Store;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from home: kept once, written as tables, and nowhere else. */
class HomeEntriesTest {
    private static final String AT = "2026-03-01T08:00:00Z";

    @TempDir
    Path folder;

    private final List<DatasetExporter.Filled> ratings = new ArrayList<>();
    private Store store;
    private HomeEntries entries;

    @BeforeEach
    void open() {
        store = new Store(folder.resolve("db/console.db"));
        entries = new HomeEntries(
                store,
                new DatasetExporter() {
                    @Override
                    public Map<String, Object> export(RecordReader.Record r, Map<String, Object> o, Path f) {
                        throw new AssertionError("no record is made at home");
                    }

                    @Override
                    public Map<String, Object> outcomes(
                            List<RecordReader.Record> records, String d, Map<String, String> phases, Path f) {
                        throw new AssertionError("nothing is computed at home");
                    }

                    @Override
                    public void phenotype(List<Filled> filled, Path where) {
                        ratings.clear();
                        ratings.addAll(filled);
                    }
                },
                folder.resolve("home"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Entry entry(String id, String participant, String kind, Map<String, Object> body) {
        return new Entry(id, participant, kind, AT, "2026-03-01T09:00:00Z", body);
    }

    @Test
    void sentTwiceIsKeptOnceAndAnothersNumberIsRefused() {
        assertTrue(entries.keep(entry("one", "P01", "diary", Map.of("fields", Map.of("note", "a")))));
        assertTrue(entries.keep(entry("one", "P01", "diary", Map.of("fields", Map.of("note", "b")))));
        assertFalse(entries.keep(entry("one", "P02", "diary", Map.of("fields", Map.of("note", "c")))));
        assertEquals(1, entries.of("P01").size());
        assertEquals(Map.of("note", "a"), entries.of("P01").get(0).body().get("fields"));
        assertEquals(0, entries.of("P02").size());
    }

    @Test
    void tablesHaveARowForEachAndAColumnForEachField() throws IOException {
        Map<String, Object> body =
                new HashMap<>(Map.of("programme", "p", "step", "1-2", "name", "goals", "seconds", 12L));
        body.put("fields", Map.of("goal", "to walk\tagain\nand more", "steps", List.of("one", "two")));
        body.put("labels", Map.of("goal", "Your goal"));
        entries.keep(entry("one", "P01", "exercise", body));
        entries.keep(entry("two", "P01", "rating", Map.of("form", Map.of("id", "nrs"), "score", Map.of("x", 1L))));
        // Of an instrument that the lab no longer has in this version: without a score.
        entries.keep(entry("three", "P01", "rating", Map.of("name", "old", "fields", Map.of("pain", 3L))));
        entries.write("P01");
        Path own = folder.resolve("home/sub-P01/phenotype");
        List<String> lines = Files.readAllLines(own.resolve("exercise_goals.tsv"));
        assertEquals(2, lines.size());
        Map<String, String> row = new HashMap<>();
        String[] names = lines.get(0).split("\t");
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], lines.get(1).split("\t")[i]);
        }
        assertEquals("sub-P01", row.get("participant_id"));
        assertEquals("to walk again and more", row.get("field_goal"));
        assertEquals("one; two", row.get("field_steps"));
        assertTrue(Files.readString(own.resolve("exercise_goals.json")).contains("Your goal"));
        assertTrue(Files.readString(own.resolve("rating.tsv")).contains("\told\t3"));
        assertEquals(1, ratings.size());
        assertEquals("nrs", ratings.get(0).instrument().get("id"));
        assertEquals(List.of("1-2"), entries.done("p", "P01"));
    }

    @Test
    void aNameFromTheDeviceLeadsToNoOtherFile() throws IOException {
        Map<String, Object> fields = Map.of("fields", Map.of("a\tb\n../c", "x"));
        for (String name : List.of("../../../stolen", "/tmp/stolen", "..", "a/b", "")) {
            Map<String, Object> body = new HashMap<>(fields);
            body.put("name", name);
            entries.keep(entry("id" + name, "P01", "exercise", body));
        }
        entries.write("P01");
        try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
            assertEquals(
                    List.of("exercise.json", "exercise.tsv"),
                    all.filter(Files::isRegularFile)
                            .map(f -> f.getFileName().toString())
                            .sorted()
                            .toList());
        }
        assertFalse(Files.exists(folder.resolve("stolen.tsv")));
        List<String> lines = Files.readAllLines(folder.resolve("home/sub-P01/phenotype/exercise.tsv"));
        assertEquals(6, lines.size());
        assertTrue(lines.get(0).contains("field_a_b____c"), lines.get(0));
    }
}
