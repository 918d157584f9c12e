package org.anodyne.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.export.facts.FactsReader;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.quantity.Definition;
import org.anodyne.export.quantity.Definitions;
import org.anodyne.export.quantity.OutcomeFiles;
import org.anodyne.export.quantity.SessionOutcomes;
import org.anodyne.export.quantity.Study;
import org.anodyne.export.report.OutcomePage;
import org.anodyne.export.signal.Sweep;
import org.anodyne.export.summary.Json;
import org.anodyne.formats.FormatException;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;

/** Computes named outcomes over records, each read twice as for the dataset, and writes them. One thread. */
final class OutcomeExport {
    private final List<Definition> given;

    /**
     * @param definitions YAML with {@code outcomes}; empty for those of each record's own protocol
     * @param phases names of phases in the definitions to those in the records
     */
    OutcomeExport(String definitions, Map<String, String> phases) {
        given = Definitions.of(definitions).stream()
                .map(d -> d.in(
                        phases.getOrDefault(d.phase(), d.phase()), phases.getOrDefault(d.baseline(), d.baseline())))
                .toList();
        if (!definitions.isEmpty() && given.isEmpty()) {
            throw new IllegalArgumentException("the definitions hold no 'outcomes'");
        }
    }

    /** Those of a record's own protocol; none where it has none. Its text was checked before the session. */
    private static List<Definition> definitions(RecordReader.Record record) {
        try {
            return Definitions.of(record.meta().protocol());
        } catch (IllegalArgumentException e) {
            throw new RecordException("the outcomes of the record's protocol cannot be read: " + e.getMessage(), e);
        }
    }

    Map<String, Object> write(List<RecordReader.Record> records, Path folder) throws IOException {
        Study study = new Study();
        Map<String, Definition> all = new LinkedHashMap<>();
        for (RecordReader.Record record : records) {
            List<Definition> definitions = given.isEmpty() ? definitions(record) : given;
            definitions.forEach(d -> differs(all.putIfAbsent(d.id(), d), d));
            SessionFacts facts = FactsReader.read(record, Map.of());
            Sweep sweep = new Sweep();
            SessionOutcomes outcomes = new SessionOutcomes(facts, definitions, sweep);
            try {
                record.messages(sweep);
            } catch (RecordException | FormatException e) {
                // The first pass met it too and noted it as damage; both stop at the same message.
                if (facts.damage().isEmpty()) {
                    throw e;
                }
            }
            study.add(record.meta(), outcomes.values());
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "no outcome is defined: neither the protocols of these records nor a file say what to compute;"
                            + " name one with --with");
        }
        Files.createDirectories(folder);
        List<Study.Row> rows = study.rows();
        OutcomeFiles.rows(rows, folder.resolve("outcomes.tsv"));
        RecordExporter.file(
                folder.resolve("outcomes.json"), Json.text(OutcomeFiles.dictionary(List.copyOf(all.values()))));
        if (!study.counts().isEmpty()) {
            OutcomeFiles.counts(study.counts(), folder.resolve("responders.tsv"));
        }
        if (!study.adherence().isEmpty()) {
            OutcomeFiles.adherence(study.adherence(), folder.resolve("adherence.tsv"));
        }
        RecordExporter.file(folder.resolve("outcomes.html"), OutcomePage.html(study));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("participants", (long) study.participants());
        figures.put("sessions", (long) study.sessions());
        figures.put("outcomes", (long) all.size());
        figures.put("rows", (long) rows.size());
        figures.put("missing", rows.stream().filter(r -> !r.value().there()).count());
        return figures;
    }

    /** What has one name has to be one thing in the whole table. */
    private static void differs(Definition before, Definition now) {
        if (before != null && !before.equals(now)) {
            throw new IllegalArgumentException("the protocols of these records define outcome '" + now.id()
                    + "' differently; name one definition for all with --with");
        }
    }
}
