package org.anodyne.export.bids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.summary.Json;
import org.anodyne.record.DatasetExporter.Filled;

/**
 * Questionnaires that were filled in outside sessions as tables of BIDS' {@code phenotype/}: one per instrument, a row for each
 * time, with {@code session_id} made of the visit.
 */
public final class FilledForms {
    private static final String SUBJECT = "participant_id";
    private static final String VISIT = "session_id";
    private static final String AT = "acq_time";

    private FilledForms() {}

    /** One form in the version and language in which it was filled in. */
    private record Form(String id, String version, String language) {
        static Form of(Filled f) {
            return new Form(
                    Sheet.text(f.instrument(), "id"),
                    Sheet.text(f.instrument(), "version"),
                    Sheet.text(f.instrument(), "language"));
        }

        String file(boolean only) {
            // A file's name, never a way to another folder.
            return (only ? id : id + "_v" + version + "_" + language).replaceAll("[^A-Za-z0-9_.-]|^\\.+", "-");
        }
    }

    /**
     * Writes the tables.
     *
     * @throws IOException when that fails; what was there is whole then
     */
    public static void write(List<Filled> filled, Path folder) throws IOException {
        Map<Form, List<Filled>> forms = new LinkedHashMap<>();
        filled.forEach(
                f -> forms.computeIfAbsent(Form.of(f), k -> new ArrayList<>()).add(f));
        Map<String, Integer> variants = new TreeMap<>();
        forms.keySet().forEach(f -> variants.merge(f.id(), 1, Integer::sum));
        Files.createDirectories(folder);
        for (Map.Entry<Form, List<Filled>> e : forms.entrySet()) {
            String name = e.getKey().file(variants.get(e.getKey().id()) == 1);
            write(e.getValue(), folder, name);
        }
    }

    private static void write(List<Filled> filled, Path folder, String name) throws IOException {
        Sheet any = sheet(filled.get(0));
        List<String> columns = new ArrayList<>(List.of(SUBJECT, VISIT, AT));
        any.items().forEach(i -> columns.add(Phenotype.item(i)));
        any.scales().forEach(s -> columns.add(Phenotype.scale(s)));
        Table table = new Table(columns.toArray(String[]::new));
        for (Filled f : filled) {
            Map<String, Object> row = new LinkedHashMap<>(Phenotype.row(sheet(f), subject(f)));
            row.remove("session_time");
            row.put(VISIT, f.visit().isBlank() ? null : "ses-" + Names.label(f.visit(), "unknown"));
            row.put(AT, at(f.at()));
            table.row(row);
        }
        Path part = folder.resolve("." + name + ".part");
        table.write(part);
        move(part, folder.resolve(name + ".tsv"));
        Files.writeString(part, Json.text(dictionary(any)));
        move(part, folder.resolve(name + ".json"));
    }

    private static Map<String, Object> dictionary(Sheet sheet) {
        Map<String, Object> all = new LinkedHashMap<>();
        Phenotype.dictionary(sheet).forEach((column, told) -> {
            if (!column.equals("session_time")) {
                all.put(column, told);
                return;
            }
            all.put(
                    VISIT,
                    Map.of("Description", "Visit, as whoever filled the form in named it, letters and digits only"));
            all.put(AT, Map.of("Description", "When the form was filled in, UTC (RFC 3339)"));
        });
        return all;
    }

    private static Sheet sheet(Filled f) {
        return new Sheet("", 1, 0, f.instrument(), f.score());
    }

    private static String subject(Filled f) {
        return "sub-" + Names.label(f.participant(), "unknown");
    }

    private static String at(Instant at) {
        return at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }

    private static void move(Path part, Path place) throws IOException {
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
