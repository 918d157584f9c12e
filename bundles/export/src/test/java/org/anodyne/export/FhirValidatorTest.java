package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.anodyne.measures.Kind;
import org.anodyne.measures.holdings.Holdings;
import org.anodyne.measures.table.MeasureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HAPI FHIR validator finds no fault in what is exported: questionnaires and answers of every shipped instrument, and
 * observations with every unit of the list; and it does find those that are put in. One run, since it takes seconds to begin.
 */
class FhirValidatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    /** Every instrument answered three times: by the least answers, by the greatest, and not at all. */
    private static FakeRecord answered() throws IOException {
        FakeRecord r = new FakeRecord();
        r.phase("all", 0, 0, 100);
        int at = 1;
        for (Path file : files(Tools.checkout("plugins/outcomes/instruments/src/main/resources/instruments"))) {
            JsonNode instrument = JSON.readTree(Files.readString(file));
            Map<String, Object> told = new HashMap<>();
            instrument.properties().forEach(e -> told.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class)));
            r.event("asked", "instrument", at++, told);
            for (String round : List.of("min", "max", "")) {
                Map<String, Object> score = new HashMap<>();
                score.put("instrument", instrument.path("id").asText());
                Map<String, Object> answers = new HashMap<>();
                Map<String, Object> scores = new HashMap<>();
                if (!round.isEmpty()) {
                    instrument.path("items").forEach(i -> answer(instrument, i, round, answers));
                    instrument
                            .path("scales")
                            .forEach(s -> scores.put(
                                    s.path("id").asText(), s.path(round).asDouble()));
                }
                score.put("answers", answers);
                score.put("scores", scores);
                r.event("asked", "score", at++, score);
            }
        }
        r.state("session", at, Map.of("state", "COMPLETED", "reason", "", "phase", "all"));
        return r;
    }

    private static void answer(JsonNode instrument, JsonNode item, String end, Map<String, Object> answers) {
        double value = item.path(end).asDouble();
        for (JsonNode list : instrument.path("answers")) {
            if (list.path("id").asText().equals(item.path("answers").asText())) {
                JsonNode all = list.path("list");
                value = all.get(end.equals("min") ? 0 : all.size() - 1)
                        .path("value")
                        .asDouble();
            }
        }
        if (!item.has("longest")) {
            answers.put(item.path("id").asText(), value);
        }
    }

    /** The examples, and a measure for every unit. */
    private void measures(Path into) throws Exception {
        StringBuilder units = new StringBuilder(
                "participant,visit,acquired,modality,region,metric,value,unit,atlas,pipeline,pipeline_version\n");
        int n = 0;
        for (String unit : Files.readAllLines(Tools.checkout("bundles/measures/src/test/resources/units.txt"))) {
            units.append("P01,V1,2026-03-02,T1w,r")
                    .append(n)
                    .append(",m,")
                    .append(n++)
                    .append(',');
            units.append(unit).append(",none,p,1\n");
        }
        Holdings holdings = new Holdings(folder.resolve("measures"));
        Instant now = Instant.now();
        byte[] bytes = units.toString().getBytes(StandardCharsets.UTF_8);
        holdings.add(MeasureTable.of("units.csv", bytes, Kind.IMAGING, now), "staff-1", "", now);
        for (Kind kind : Kind.values()) {
            String file = kind == Kind.ASSAY ? "assays.csv" : "imaging.tsv";
            holdings.add(MeasureTable.read(Tools.checkout("docs/examples/" + file), kind, now), "staff-1", "", now);
        }
        for (Path file : files(folder.resolve("measures/fhir"))) {
            Files.copy(file, into.resolve(file.getFileName()));
        }
    }

    /** Resources that were good and have a fault now, by what the validator has to say of them. */
    private static Map<String, String> spoil(Path resources) throws IOException {
        ObjectNode question = read(resources, "QuestionnaireResponse-gad-2-1.json");
        ((ObjectNode) question.path("item").get(0).path("item").get(0)).put("linkId", "no-such");
        ObjectNode answer = read(resources, "QuestionnaireResponse-gad-2-2.json");
        ObjectNode coding = (ObjectNode) answer.findValue("valueCoding");
        coding.put("code", "no-such");
        ObjectNode range = read(resources, "QuestionnaireResponse-nrs-2.json");
        ((ObjectNode) range.path("item")
                        .get(0)
                        .path("item")
                        .get(0)
                        .path("answer")
                        .get(0))
                .put("valueInteger", 11);
        ObjectNode unit = (ObjectNode) JSON.readTree(
                Files.readAllLines(resources.resolve("Observation.ndjson")).get(0));
        ((ObjectNode) unit.path("valueQuantity")).put("code", "furlong");
        Map<String, ObjectNode> bad = Map.of("question", question, "answer", answer, "range", range, "unit", unit);
        for (Map.Entry<String, ObjectNode> b : bad.entrySet()) {
            Files.writeString(
                    resources.resolve("bad-" + b.getKey() + ".json"),
                    b.getValue().toString());
        }
        return Map.of(
                "question", "not found in questionnaire",
                "answer", "not in the set of permitted values",
                "range", "greater than the allowed maximum",
                "unit", "furlong");
    }

    private static ObjectNode read(Path resources, String name) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(resources.resolve(name)));
    }

    @Test
    void questionnairesAnswersAndObservationsAreValidAndFaultsAreFound() throws Exception {
        assumeTrue(
                Tools.fhirValidator().isPresent(),
                "skipped: the FHIR validator is not there; cnf/tools/fetch-fhir-validator.sh fetches it");
        new RecordExporter().export(answered(), Sessions.completed(), folder);
        Path resources = folder.resolve("fhir");
        int instruments = files(Tools.checkout("plugins/outcomes/instruments/src/main/resources/instruments"))
                .size();
        assertEquals(4 * instruments, files(resources).size());
        measures(resources);
        Map<String, String> spoilt = spoil(resources);
        Tools.Run run = Tools.validateFhir(Tools.fhirValidator().get(), resources, folder);
        assertEquals(0, run.code(), run.out());
        List<String> errors = new ArrayList<>();
        Set<String> found = new TreeSet<>();
        run.out()
                .lines()
                .filter(l -> l.startsWith("ERROR") || l.startsWith("FATAL"))
                .forEach(line -> {
                    String where = line.split("\t")[1];
                    if (where.startsWith("bad-")) {
                        String name = where.substring(4, where.indexOf('.'));
                        if (line.contains(spoilt.get(name))) {
                            found.add(name);
                        }
                    } else {
                        errors.add(line);
                    }
                });
        assertEquals(List.of(), errors);
        assertEquals(new TreeSet<>(spoilt.keySet()), found);
        int lines = 0;
        for (String file : List.of("Observation.ndjson", "Provenance.ndjson")) {
            lines += Files.readAllLines(resources.resolve(file)).size();
        }
        assertTrue(run.out().contains("resources\t" + (4 * instruments + lines + spoilt.size())), run.out());
    }
}
