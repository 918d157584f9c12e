package org.anodyne.measures.holdings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anodyne.measures.Kind;
import org.anodyne.measures.MeasureException;
import org.anodyne.measures.holdings.Holdings.Result;
import org.anodyne.measures.table.MeasureTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");
    private static final Path EXAMPLES = Path.of("../../docs/examples");
    private static final String HEAD =
            "participant,visit,sampled,analyte,specimen,value,unit,below_detection,detection_limit,laboratory,method\n";

    @TempDir
    Path folder;

    private Path study() {
        return folder.resolve("study");
    }

    private Result add(MeasureTable table, String reason) throws Exception {
        return new Holdings(study()).add(table, "staff-1", reason, NOW);
    }

    private static MeasureTable example(Kind kind, String file) throws MeasureException {
        return MeasureTable.read(EXAMPLES.resolve(file), kind, NOW);
    }

    private static MeasureTable table(String... rows) throws MeasureException {
        String text = HEAD + String.join("\n", rows) + "\n";
        return MeasureTable.of("t" + rows.length + ".csv", text.getBytes(StandardCharsets.UTF_8), Kind.ASSAY, NOW);
    }

    private static String il6(String participant, String value) {
        return participant + ",V1,2026-03-02,IL-6,serum," + value + ",pg/mL,,,L,ELISA";
    }

    private List<JsonNode> lines(String file) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(study().resolve(file))) {
            all.add(new ObjectMapper().readTree(line));
        }
        return all;
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(study())) {
            for (Path p : walk.filter(Files::isRegularFile).toList()) {
                all.put(study().relativize(p).toString(), Files.readString(p));
            }
        }
        return all;
    }

    @Test
    void theExamplesBecomePhenotypeTablesAndObservations() throws Exception {
        assertEquals(new Result("", 10, 0, 0), add(example(Kind.ASSAY, "assays.csv"), ""));
        assertEquals(new Result("", 5, 0, 0), add(example(Kind.IMAGING, "imaging.tsv"), ""));
        List<String> assays = Files.readAllLines(study().resolve("bids/phenotype/assay.tsv"));
        assertEquals(11, assays.size());
        assertTrue(assays.get(0).startsWith("participant_id\tsession_id\tsampled\tanalyte\tspecimen\tvalue\tunit\t"));
        assertEquals(
                "sub-P01\tses-V1\t2026-03-02T09:10:00+01:00\tIL-4\tserum\tn/a\tpg/mL\tyes\t0.22\tExample laboratory\t"
                        + "high-sensitivity ELISA, kit C, lot 8\tS1001\tn/a\tthawed twice",
                assays.get(5));
        JsonNode dictionary =
                new ObjectMapper().readTree(Files.readString(study().resolve("bids/phenotype/assay.json")));
        for (String column : assays.get(0).split("\t")) {
            assertFalse(dictionary.path(column).path("Description").asText().isBlank(), column);
        }
        assertEquals(
                "in serum or plasma LOINC 26881-3",
                dictionary.path("analyte").path("Levels").path("IL-6").asText());
        assertEquals(
                "no code",
                dictionary.path("analyte").path("Levels").path("BDNF").asText());
        assertEquals(
                "staff-1",
                dictionary
                        .path("MeasurementToolMetadata")
                        .path("Sources")
                        .get(0)
                        .path("by")
                        .asText());
        assertEquals(
                "session_id\nses-V1\nses-V2\n", Files.readString(study().resolve("bids/sub-P01/sub-P01_sessions.tsv")));
        assertEquals("participant_id\nsub-P01\nsub-P02\n", Files.readString(study().resolve("bids/participants.tsv")));
    }

    @Test
    void observationsHoldValueUnitCodeAndWhereTheyAreFrom() throws Exception {
        add(example(Kind.ASSAY, "assays.csv"), "");
        add(example(Kind.IMAGING, "imaging.tsv"), "");
        List<JsonNode> all = lines("fhir/Observation.ndjson");
        assertEquals(15, all.size());
        Set<String> ids = new HashSet<>();
        all.forEach(o -> assertTrue(o.path("id").asText().matches("[A-Za-z0-9.-]{1,64}")
                && ids.add(o.path("id").asText())));
        JsonNode il6 = all.get(0);
        assertEquals(
                "26881-3", il6.path("code").path("coding").get(0).path("code").asText());
        assertEquals("2026-03-02T09:10:00+01:00", il6.path("effectiveDateTime").asText());
        assertEquals("2.31", il6.path("valueQuantity").path("value").asText());
        assertEquals("pg/mL", il6.path("valueQuantity").path("code").asText());
        assertEquals(
                "P01/V1", il6.path("encounter").path("identifier").path("value").asText());
        JsonNode below = all.get(4);
        assertFalse(below.path("code").has("coding"));
        assertEquals("<", below.path("valueQuantity").path("comparator").asText());
        assertEquals("0.22", below.path("valueQuantity").path("value").asText());
        assertEquals(
                "<",
                below.path("interpretation")
                        .get(0)
                        .path("coding")
                        .get(0)
                        .path("code")
                        .asText());
        JsonNode connection = all.get(13);
        assertEquals(
                "region posterior insula, left to default mode",
                connection.path("bodySite").path("text").asText());
        assertEquals(
                "fMRIPrep and own script 23.2.1",
                connection.path("device").path("display").asText());
        List<JsonNode> provenance = lines("fhir/Provenance.ndjson");
        assertEquals(10, provenance.get(0).path("target").size());
        assertEquals("2026-05-01T12:00:00Z", provenance.get(0).path("recorded").asText());
        assertEquals(
                example(Kind.ASSAY, "assays.csv").sha256(),
                provenance
                        .get(0)
                        .path("entity")
                        .get(0)
                        .path("what")
                        .path("identifier")
                        .path("value")
                        .asText());
    }

    @Test
    void theSameTableTwiceChangesNoByte() throws Exception {
        add(table(il6("P01", "2.1"), il6("P02", "3")), "");
        Map<String, String> before = files();
        Result again = new Holdings(study())
                .add(table(il6("P01", "2.1"), il6("P02", "3")), "staff-2", "", NOW.plusSeconds(99));
        assertEquals("by staff-1 at 2026-05-01T12:00:00Z as t2.csv", again.before());
        assertEquals(0, again.added());
        assertEquals(before, files());
    }

    @Test
    void aTableThatRepeatsSomeMeasuresAddsTheOthersOnly() throws Exception {
        add(table(il6("P01", "2.1")), "");
        assertEquals(new Result("", 1, 1, 0), add(table(il6("P01", "2.10"), il6("P02", "3")), ""));
        assertEquals(
                List.of("sub-P01\t2.1", "sub-P02\t3"),
                Files.readAllLines(study().resolve("bids/phenotype/assay.tsv")).stream()
                        .skip(1)
                        .map(l -> l.split("\t")[0] + "\t" + l.split("\t")[5])
                        .toList());
        assertEquals(2, lines("fhir/Observation.ndjson").size());
    }

    @Test
    void aTableThatSaysSomethingElseNeedsAReason() throws Exception {
        add(table(il6("P01", "2.1"), il6("P02", "3")), "");
        Map<String, String> before = files();
        MeasureException e =
                assertThrows(MeasureException.class, () -> add(table(il6("P01", "9"), il6("P03", "1")), " "));
        assertEquals(1, e.faults().size());
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "line 2: says 9 pg/mL, but t2.csv, line 2, taken in 2026-05-01T12:00:00Z, says 2.1"),
                e.getMessage());
        assertEquals(before, files());
        assertEquals(new Result("", 1, 0, 1), add(table(il6("P01", "9"), il6("P03", "1")), "diluted twice"));
        String tsv = Files.readString(study().resolve("bids/phenotype/assay.tsv"));
        assertTrue(tsv.contains("\t9\t") && !tsv.contains("2.1"));
        assertEquals(3, lines("fhir/Observation.ndjson").size());
        JsonNode imports = new ObjectMapper().readTree(Files.readString(study().resolve("imports.json")));
        assertEquals("diluted twice", imports.get(1).path("reason").asText());
        assertEquals(1, imports.get(1).path("corrected").asInt());
        // What was said before is still there, byte for byte.
        String copy = imports.get(0).path("sha256").asText() + ".csv";
        assertTrue(Files.readString(study().resolve("sources").resolve(copy)).contains("2.1"));
        assertEquals(
                "diluted twice",
                lines("fhir/Provenance.ndjson")
                        .get(1)
                        .path("reason")
                        .get(0)
                        .path("text")
                        .asText());
    }

    @Test
    void whatWasLeftByAnImportThatWasCutOffIsMadeAnew() throws Exception {
        add(table(il6("P01", "2.1")), "");
        Map<String, String> whole = files();
        Files.delete(study().resolve("imports.json"));
        Files.writeString(Files.createDirectories(study().resolve(".bids.part")).resolve("x"), "half");
        Files.writeString(study().resolve("bids/phenotype/assay.tsv"), "half");
        add(table(il6("P01", "2.1")), "");
        assertEquals(whole, files());
    }

    @Test
    void aSourceOrListThatWasChangedIsNotBuiltUpon() throws Exception {
        add(table(il6("P01", "2.1")), "");
        Path copy = study().resolve("sources").resolve(table(il6("P01", "2.1")).sha256() + ".csv");
        Files.writeString(copy, Files.readString(copy).replace("2.1", "2.2"));
        assertTrue(assertThrows(MeasureException.class, () -> add(table(il6("P02", "3")), ""))
                .getMessage()
                .contains("was changed since it was taken in"));
        Files.writeString(copy, Files.readString(copy).replace("2.2", "x"));
        assertTrue(assertThrows(MeasureException.class, () -> add(table(il6("P02", "3")), ""))
                .getMessage()
                .contains("has now 1 fault, first: line 2: value is 'x'"));
        Files.delete(copy);
        assertTrue(assertThrows(MeasureException.class, () -> add(table(il6("P02", "3")), ""))
                .getMessage()
                .contains("was removed"));
        Files.writeString(study().resolve("imports.json"), "[{\"kind\": \"assay\"}]");
        assertTrue(assertThrows(MeasureException.class, () -> add(table(il6("P02", "3")), ""))
                .getMessage()
                .contains("imports.json was changed"));
    }
}
