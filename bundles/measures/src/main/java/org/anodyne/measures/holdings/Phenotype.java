package org.anodyne.measures.holdings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.anodyne.measures.Kind;
import org.anodyne.measures.table.Analytes;

/**
 * Measures as a BIDS dataset: {@code phenotype/assay.tsv} and {@code phenotype/imaging.tsv}, a row for each measure, with data
 * dictionaries; participants, and the visits of each.
 */
final class Phenotype {
    private static final String BIDS_VERSION = "1.10.0";

    private Phenotype() {}

    static void write(List<Held> held, List<Import> imports, Path root) throws IOException {
        Files.createDirectories(root.resolve("phenotype"));
        description(imports, root);
        Map<String, TreeSet<String>> visits = new TreeMap<>();
        held.forEach(h -> visits.computeIfAbsent(h.measure().cell("participant"), p -> new TreeSet<>())
                .add(h.measure().cell("visit")));
        StringBuilder participants = new StringBuilder("participant_id\n");
        for (Map.Entry<String, TreeSet<String>> p : visits.entrySet()) {
            participants.append("sub-").append(p.getKey()).append('\n');
            StringBuilder sessions = new StringBuilder("session_id\n");
            p.getValue().forEach(v -> sessions.append("ses-").append(v).append('\n'));
            Path folder = Files.createDirectories(root.resolve("sub-" + p.getKey()));
            Files.writeString(folder.resolve("sub-" + p.getKey() + "_sessions.tsv"), sessions);
        }
        Files.writeString(root.resolve("participants.tsv"), participants);
        json(
                root.resolve("participants.json"),
                JsonText.object("participant_id", JsonText.object("Description", "Code of the participant")));
        for (Kind kind : Kind.values()) {
            List<Held> of =
                    held.stream().filter(h -> h.measure().kind() == kind).toList();
            if (!of.isEmpty()) {
                table(kind, of, root.resolve("phenotype/" + kind.word() + ".tsv"));
                json(root.resolve("phenotype/" + kind.word() + ".json"), dictionary(kind, of, imports));
            }
        }
    }

    private static String column(Kind.Column c) {
        return switch (c.name()) {
            case "participant" -> "participant_id";
            case "visit" -> "session_id";
            default -> c.name();
        };
    }

    private static void table(Kind kind, List<Held> held, Path file) throws IOException {
        StringBuilder out = new StringBuilder();
        List<String> heads = new ArrayList<>();
        kind.columns().forEach(c -> heads.add(column(c)));
        out.append(String.join("\t", heads)).append('\n');
        for (Held h : held) {
            List<String> row = new ArrayList<>();
            for (Kind.Column c : kind.columns()) {
                String text = h.measure().cell(c.name());
                row.add(
                        switch (c.name()) {
                            case "participant" -> "sub-" + text;
                            case "visit" -> "ses-" + text;
                            case "below_detection" -> text.isEmpty() ? "no" : text;
                            default -> text.isEmpty() ? "n/a" : text;
                        });
            }
            out.append(String.join("\t", row)).append('\n');
        }
        Files.writeString(file, out);
    }

    private static Map<String, Object> dictionary(Kind kind, List<Held> held, List<Import> imports) {
        Map<String, Object> m = new LinkedHashMap<>();
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put(
                "Description",
                kind == Kind.ASSAY
                        ? "Assays of samples, measured by laboratories; a row for each measurement"
                        : "Measures that pipelines computed from images; a row for each measure");
        tool.put(
                "Sources",
                imports.stream()
                        .filter(i -> i.kind() == kind)
                        .map(Import::values)
                        .toList());
        m.put("MeasurementToolMetadata", tool);
        for (Kind.Column c : kind.columns()) {
            Map<String, Object> column = new LinkedHashMap<>();
            column.put("Description", c.description() + (c.name().equals("value") ? ", in the unit of its row" : ""));
            if (c.name().equals("analyte")) {
                column.put("Levels", analytes(held));
            } else if (c.name().equals("below_detection")) {
                column.put(
                        "Levels", JsonText.object("yes", "less than detection_limit", "no", "measured, or not said"));
            }
            m.put(column(c), column);
        }
        return m;
    }

    /** Each analyte, with its LOINC code where one is certain. */
    private static Map<String, Object> analytes(List<Held> held) {
        Map<String, Object> levels = new TreeMap<>();
        for (Held h : held) {
            String analyte = h.measure().cell("analyte");
            Analytes.loinc(analyte, h.measure().cell("specimen"), h.measure().cell("unit"))
                    .ifPresent(code -> levels.put(analyte, "in serum or plasma LOINC " + code));
            levels.putIfAbsent(analyte, "no code");
        }
        return levels;
    }

    private static void description(List<Import> imports, Path root) throws IOException {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("Name", "Measures made outside Anodyne");
        m.put("BIDSVersion", BIDS_VERSION);
        m.put("DatasetType", "raw");
        m.put(
                "GeneratedBy",
                List.of(JsonText.object(
                        "Name", "Anodyne", "Description", "Taken in from tables of laboratories and pipelines")));
        json(root.resolve("dataset_description.json"), m);
        Files.writeString(
                root.resolve("README"),
                "Assays and imaging-derived measures\n===================================\n\n"
                        + "Measured outside Anodyne and taken in from " + imports.size()
                        + (imports.size() == 1 ? " table" : " tables")
                        + ". phenotype/ has a row for each measure; the\n"
                        + "JSON file beside each table describes its columns and names the tables it was made from: file,\n"
                        + "SHA-256, who took it in, when, and why a later table may correct an earlier one.\n\n"
                        + "To use it with the sessions of a study, copy phenotype/ into the study's dataset.\n\n"
                        + "Research use only. Anodyne is not a medical device.\n");
    }

    private static void json(Path file, Object value) throws IOException {
        Files.writeString(file, JsonText.pretty(value));
    }
}
