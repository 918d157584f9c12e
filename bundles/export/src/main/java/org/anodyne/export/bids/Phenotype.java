package org.anodyne.export.bids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.summary.Json;

/**
 * Questionnaires as {@code phenotype/INSTRUMENT.tsv} with a data dictionary; from the second time in a session on {@code
 * INSTRUMENT_2.tsv} and so on, since a participant has one row in a table of BIDS. Answers are as given, not reversed; of those
 * in words, which stay in the record, only that there is one.
 */
final class Phenotype {
    private Phenotype() {}

    /** Writes all tables; makes no folder where there is nothing to write. */
    static void write(List<Sheet> sheets, String subject, Path root) {
        for (Sheet sheet : sheets) {
            Path folder = root.resolve("phenotype");
            String base = sheet.id() + (sheet.number() > 1 ? "_" + sheet.number() : "");
            try {
                Files.createDirectories(folder);
                List<String> columns = new ArrayList<>(List.of("participant_id", "session_time"));
                sheet.items().forEach(i -> columns.add(item(i)));
                sheet.scales().forEach(s -> columns.add(scale(s)));
                Table table = new Table(columns.toArray(String[]::new));
                table.row(row(sheet, subject));
                table.write(folder.resolve(base + ".tsv"));
                Files.writeString(folder.resolve(base + ".json"), Json.text(dictionary(sheet)));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + folder.resolve(base) + ": " + e.getMessage(), e);
            }
        }
    }

    static String item(Map<?, ?> item) {
        return "item_" + Sheet.text(item, "id");
    }

    static String scale(Map<?, ?> scale) {
        return "score_" + Sheet.text(scale, "id");
    }

    static Map<String, Object> row(Sheet sheet, String subject) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("participant_id", subject);
        row.put("session_time", sheet.timeNanos() / 1e9);
        for (Map<?, ?> item : sheet.items()) {
            String id = Sheet.text(item, "id");
            if (Sheet.inWords(item)) {
                row.put(item(item), sheet.written(id) ? 1L : null);
            } else {
                sheet.answer(id).ifPresent(a -> row.put(item(item), a));
            }
        }
        sheet.scales().forEach(s -> sheet.score(Sheet.text(s, "id")).ifPresent(v -> row.put(scale(s), v)));
        return row;
    }

    static Map<String, Object> dictionary(Sheet sheet) {
        Map<String, Object> m = new LinkedHashMap<>();
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("Description", sheet.title());
        String attribution = Sheet.text(sheet.licence(), "attribution");
        if (!attribution.isEmpty()) {
            tool.put("Attribution", attribution);
        }
        tool.put("Licence", Sheet.text(sheet.licence(), "evidence"));
        tool.put("Language", Sheet.text(sheet.instrument(), "language"));
        tool.put("Version", Sheet.text(sheet.instrument(), "version"));
        tool.put("Unverified", sheet.score().getOrDefault("unverified", List.of()));
        m.put("MeasurementToolMetadata", tool);
        m.put("participant_id", Map.of("Description", "Code of the participant, as given for the session"));
        m.put(
                "session_time",
                Map.of("Description", "Time in the session at which the last item was answered", "Units", "s"));
        for (Map<?, ?> item : sheet.items()) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("Description", sheet.wording(item));
            Map<String, Object> levels = new LinkedHashMap<>();
            if (Sheet.inWords(item)) {
                levels.put("1", "answered in words, which stay in the record of the session");
            }
            if (sheet.shareable()) {
                sheet.choices(item).forEach(c -> {
                    if (c.get("value") instanceof Number n) {
                        levels.put(Table.number(n.doubleValue()), Sheet.text(c, "text"));
                    }
                });
            }
            if (!levels.isEmpty()) {
                column.put("Levels", levels);
            }
            m.put(item(item), column);
        }
        for (Map<?, ?> scale : sheet.scales()) {
            m.put(
                    scale(scale),
                    Map.of(
                            "Description",
                            Sheet.text(scale, "title") + " (" + scale.get("min") + " to " + scale.get("max") + ", "
                                    + Sheet.text(scale, "direction") + ")"));
        }
        return m;
    }
}
