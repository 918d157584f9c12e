package org.anodyne.console.home;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anodyne.console.home.HomeEntries.Entry;
import org.anodyne.record.RecordException;

/** Entries of one kind as a table of BIDS' {@code phenotype/} with its data dictionary. Thread: one. */
final class EntryTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What the page sends besides answers, and what it means. */
    private static final Map<String, String> FACTS = facts();

    private final String name;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Map<String, Object> columns = new LinkedHashMap<>();

    /** @param name of the file, without its ending */
    EntryTable(String name) {
        this.name = name;
        column("participant_id", "Code of the participant");
        column("entry_id", "Number that the device gave the entry");
        column("made", "When it was made, by the device's clock (RFC 3339)");
        column("received", "When it arrived at the console (RFC 3339)");
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("programme", "Programme of lessons");
        facts.put("fingerprint", "SHA-256 over the programme's files: which text was used");
        facts.put("step", "Session and step of the programme, both counted from 1");
        facts.put("lesson", "Lesson of the programme");
        facts.put("name", "Practice or exercise of the programme");
        facts.put("skill", "Skill of the programme that it belongs to");
        facts.put("seconds", "How long it was open or followed, s");
        facts.put("whole", "Whether a practice was followed to its end (true, false)");
        facts.put("skipped", "Whether it was skipped (true, false)");
        return facts;
    }

    private void column(String column, String description) {
        columns.computeIfAbsent(column, k -> Map.of("Description", description));
    }

    void add(Entry e) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("participant_id", "sub-" + e.participant());
        row.put("entry_id", e.id());
        row.put("made", e.made());
        row.put("received", e.received());
        FACTS.forEach((fact, description) -> {
            if (e.body().get(fact) != null) {
                column(fact, description);
                row.put(fact, e.body().get(fact));
            }
        });
        Map<?, ?> labels = e.body().get("labels") instanceof Map<?, ?> m ? m : Map.of();
        if (e.body().get("fields") instanceof Map<?, ?> fields) {
            fields.forEach((field, value) -> {
                String column = "field_" + String.valueOf(field).replaceAll("[^A-Za-z0-9_-]", "_");
                Object label = labels.get(field);
                column(column, label == null ? "Answer to '" + field + "'" : String.valueOf(label));
                row.put(column, value);
            });
        }
        rows.add(row);
    }

    /** @throws RecordException when it cannot be written; what was there is whole then */
    void write(Path folder) {
        StringBuilder text = new StringBuilder(String.join("\t", columns.keySet())).append('\n');
        for (Map<String, Object> row : rows) {
            text.append(columns.keySet().stream().map(c -> cell(row.get(c))).collect(Collectors.joining("\t")))
                    .append('\n');
        }
        Map<String, Object> dictionary = new LinkedHashMap<>();
        dictionary.put(
                "MeasurementToolMetadata",
                Map.of(
                        "Description",
                        "What a participant did at home. Columns field_… may hold words that tell who it was: look"
                                + " through them before they are shared."));
        dictionary.putAll(columns);
        try {
            Files.createDirectories(folder);
            put(folder, name + ".tsv", text.toString());
            put(folder, name + ".json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(dictionary) + "\n");
        } catch (IOException e) {
            throw new RecordException(folder.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void put(Path folder, String file, String text) throws IOException {
        Path part = folder.resolve("." + file + ".part");
        Files.writeString(part, text);
        Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String cell(Object value) {
        String text = value instanceof List<?> l
                ? l.stream().map(EntryTable::part).filter(s -> !s.isBlank()).collect(Collectors.joining("; "))
                : value == null ? "" : String.valueOf(value);
        String flat = text.replaceAll("[\\t\\r\\n]+", " ").strip();
        return flat.isEmpty() ? "n/a" : flat;
    }

    private static String part(Object value) {
        return value instanceof List<?> cells
                ? cells.stream().map(String::valueOf).collect(Collectors.joining(" | "))
                : String.valueOf(value);
    }
}
