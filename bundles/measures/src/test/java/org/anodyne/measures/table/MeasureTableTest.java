package org.anodyne.measures.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.anodyne.measures.Kind;
import org.anodyne.measures.Measure;
import org.anodyne.measures.MeasureException;
import org.junit.jupiter.api.Test;

class MeasureTableTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Path DOCS = Path.of("../../docs");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static MeasureTable table(Kind kind, String text) throws MeasureException {
        return MeasureTable.of("t.csv", text.getBytes(StandardCharsets.UTF_8), kind, NOW);
    }

    private static List<String> faults(Kind kind, String text) {
        return assertThrows(MeasureException.class, () -> table(kind, text)).faults().stream()
                .map(Object::toString)
                .toList();
    }

    private static Map<String, String> good(Kind kind) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("participant", "P01");
        row.put("visit", "V1");
        row.put(kind == Kind.ASSAY ? "sampled" : "acquired", "2026-03-02");
        row.put("unit", "pg/mL");
        row.put("value", "2.10");
        if (kind == Kind.ASSAY) {
            row.putAll(Map.of("analyte", "IL-6", "specimen", "serum", "laboratory", "L", "method", "ELISA"));
        } else {
            row.putAll(Map.of("modality", "bold", "network", "default", "metric", "m", "atlas", "none"));
            row.putAll(Map.of("pipeline", "p", "pipeline_version", "1"));
        }
        return row;
    }

    /** A table of one row, all columns of its kind in it. */
    private static String text(Kind kind, Map<String, String> row) {
        List<String> heads =
                new ArrayList<>(kind.columns().stream().map(Kind.Column::name).toList());
        row.keySet().stream().filter(k -> !heads.contains(k)).forEach(heads::add);
        List<String> cells = heads.stream()
                .map(h -> "\"" + row.getOrDefault(h, "").replace("\"", "\"\"") + "\"")
                .toList();
        return String.join(",", heads) + "\n" + String.join(",", cells) + "\n";
    }

    private static JsonNode row(Map<String, String> row) {
        ObjectNode node = JSON.createObjectNode();
        row.forEach((k, v) -> {
            if (!v.isEmpty()) {
                node.put(k, v);
            }
        });
        return node;
    }

    private static Schema schema(Kind kind) throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree(Files.readString(DOCS.resolve("measures.schema.json")));
        whole.remove("oneOf");
        whole.put("$ref", "#/$defs/" + kind.word());
        return SchemaRegistry.withDialect(Dialects.getDraft202012(), b -> b.schemaLoader(l -> l.block(iri -> true)))
                .getSchema(whole);
    }

    @Test
    void theExamplesAreReadAndKeepToTheSchema() throws Exception {
        Map<Kind, String> files = Map.of(Kind.ASSAY, "assays.csv", Kind.IMAGING, "imaging.tsv");
        for (Kind kind : Kind.values()) {
            MeasureTable t = MeasureTable.read(DOCS.resolve("examples").resolve(files.get(kind)), kind, NOW);
            assertTrue(t.measures().size() >= 5);
            for (Measure m : t.measures()) {
                assertEquals(List.of(), List.copyOf(schema(kind).validate(row(m.cells()))), m.toString());
            }
        }
    }

    @Test
    void theSchemaHasTheColumnsOfTheReader() throws Exception {
        JsonNode defs = JSON.readTree(Files.readString(DOCS.resolve("measures.schema.json")))
                .get("$defs");
        for (Kind kind : Kind.values()) {
            TreeSet<String> there = new TreeSet<>();
            defs.get(kind.word()).get("properties").fieldNames().forEachRemaining(there::add);
            TreeSet<String> required = new TreeSet<>();
            defs.get(kind.word()).get("required").forEach(r -> required.add(r.asText()));
            assertEquals(
                    new TreeSet<>(kind.columns().stream().map(Kind.Column::name).toList()), there);
            assertEquals(
                    new TreeSet<>(kind.columns().stream()
                            .filter(Kind.Column::required)
                            .map(Kind.Column::name)
                            .toList()),
                    required);
        }
    }

    @Test
    void cellsAreReadAsTheyStand() throws Exception {
        Map<String, String> row = good(Kind.ASSAY);
        row.put("analyte", "Interleukin 6");
        row.put("sampled", "2026-03-02T09:10+01:00");
        row.put("method", "ELISA, \"kit A\"");
        Measure m = table(Kind.ASSAY, text(Kind.ASSAY, row)).measures().get(0);
        assertEquals(2, m.line());
        assertEquals("IL-6", m.cell("analyte"));
        assertEquals("2026-03-02T09:10:00+01:00", m.at());
        assertEquals("ELISA, \"kit A\"", m.cell("method"));
        assertEquals(new BigDecimal("2.10"), m.value());
        row.remove("value");
        row.put("below_detection", "yes");
        row.put("detection_limit", "0.05");
        m = table(Kind.ASSAY, text(Kind.ASSAY, row)).measures().get(0);
        assertEquals(null, m.value());
        assertEquals("below 0.05 pg/mL", m.shown());
    }

    @Test
    void commaSemicolonTabAndByteOrderMarkAreTaken() throws Exception {
        String comma = text(Kind.IMAGING, good(Kind.IMAGING)).replace("\"", "");
        for (String t :
                List.of(comma, comma.replace(',', ';'), comma.replace(',', '\t'), "\uFEFF" + comma, comma + "\n\n")) {
            assertEquals(1, table(Kind.IMAGING, t).measures().size());
        }
    }

    private static Map<String, Map<String, String>> wrong(Kind kind) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("participant is empty", Map.of("participant", ""));
        all.put("participant is 'P 1'", Map.of("participant", "P 1"));
        all.put("visit is 'V-1'", Map.of("visit", "V-1"));
        all.put("value is '2,10'; write 2.10", Map.of("value", "2,10"));
        all.put("value is 'NaN'", Map.of("value", "NaN"));
        all.put("unit is empty", Map.of("unit", ""));
        all.put("unit is 'µg/L', which is no UCUM code that is known here; write ug/L", Map.of("unit", "µg/L"));
        if (kind == Kind.ASSAY) {
            all.put("sampled is '2026-03-02 09:10'; a time needs its offset", Map.of("sampled", "2026-03-02 09:10"));
            all.put("sampled is '2.3.2026'", Map.of("sampled", "2.3.2026"));
            all.put("below_detection is 'maybe'; there is yes, no", Map.of("below_detection", "maybe"));
            all.put("value is empty; where it is below", Map.of("value", ""));
            all.put("detection_limit is empty", Map.of("below_detection", "yes", "value", ""));
            all.put(
                    "value is 2.10 although it is below detection",
                    Map.of("below_detection", "yes", "detection_limit", "0.1"));
            all.put("replicate is '0'", Map.of("replicate", "0"));
            all.put("detection_limit is -1", Map.of("detection_limit", "-1"));
            all.put("method has 201 characters", Map.of("method", "x".repeat(201)));
        } else {
            all.put("region or network should say", Map.of("network", ""));
            all.put("hemisphere is 'L'", Map.of("hemisphere", "L"));
            all.put("pipeline_version is empty", Map.of("pipeline_version", ""));
        }
        return all;
    }

    @Test
    void whatIsWrongInARowIsRefusedByReaderAndSchema() throws Exception {
        for (Kind kind : Kind.values()) {
            assertTrue(schema(kind).validate(row(good(kind))).isEmpty());
            for (Map.Entry<String, Map<String, String>> w : wrong(kind).entrySet()) {
                Map<String, String> row = good(kind);
                row.putAll(w.getValue());
                List<String> told = faults(kind, text(kind, row));
                assertTrue(told.get(0).startsWith("line 2: " + w.getKey()), told + " but not " + w.getKey());
                assertEquals(1, told.size(), told.toString());
                assertFalse(schema(kind).validate(row(row)).isEmpty(), "the schema takes " + w.getValue());
            }
        }
    }

    @Test
    void whatNoSchemaCanSayIsRefusedByTheReader() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("sampled is 2026-05-03, which is still to come", Map.of("sampled", "2026-05-03"));
        all.put("sampled is '2026-02-30'", Map.of("sampled", "2026-02-30"));
        all.put("unit is 'units'", Map.of("unit", "units"));
        all.put("value is 2.10, below the limit of 3", Map.of("detection_limit", "3"));
        all.put("value is -1; a concentration", Map.of("value", "-1"));
        all.put("comment holds a line break", Map.of("comment", "a\nb"));
        all.forEach((text, cells) -> {
            Map<String, String> row = good(Kind.ASSAY);
            row.putAll(cells);
            List<String> told = faults(Kind.ASSAY, text(Kind.ASSAY, row));
            assertTrue(told.get(0).startsWith("line 2: " + text), told.toString());
        });
    }

    @Test
    void allFaultsAreToldAtOnceWithTheirLines() {
        Map<String, String> row = good(Kind.ASSAY);
        row.put("value", "x");
        row.put("comment", "two\nlines");
        row.put("colour", "red");
        String text = text(Kind.ASSAY, row).replace("visit,", "vist,");
        row.put("comment", "");
        row.put("unit", "furlong");
        String last = text(Kind.ASSAY, row).split("\n", 2)[1];
        List<String> told = faults(Kind.ASSAY, text + "\n" + last + "P09,short\n");
        assertEquals(8, told.size(), told.toString());
        assertTrue(told.get(0).startsWith("line 1: column 'vist' is not known; there is participant, visit"));
        assertTrue(told.get(1).startsWith("line 1: column 'colour'"));
        assertEquals("line 1: column 'visit' is missing", told.get(2));
        assertTrue(told.get(3).startsWith("line 2: comment holds"), told.toString());
        assertTrue(told.get(4).startsWith("line 2: value is 'x'"), told.toString());
        // The row before has a line break in a cell, and an empty line follows it.
        assertTrue(told.get(5).startsWith("line 5: unit is 'furlong'"), told.toString());
        assertTrue(told.get(6).startsWith("line 5: value"), told.toString());
        assertEquals("line 6: has 2 cells, but there are 15 columns", told.get(7));
    }

    @Test
    void aMeasureThatIsThereTwiceAndNamesThatDifferInCaseAreRefused() throws Exception {
        Map<String, String> row = good(Kind.ASSAY);
        String text = text(Kind.ASSAY, row);
        row.put("value", "3");
        String again = text(Kind.ASSAY, row).split("\n", 2)[1];
        assertTrue(faults(Kind.ASSAY, text + again).get(0).startsWith("line 3: is the same measure as in line 2"));
        row.put("replicate", "2");
        assertEquals(
                2,
                table(Kind.ASSAY, text + text(Kind.ASSAY, row).split("\n", 2)[1])
                        .measures()
                        .size());
        Map<String, String> a = good(Kind.ASSAY);
        a.put("analyte", "Substance P");
        Map<String, String> b = good(Kind.ASSAY);
        b.put("analyte", "substance-P");
        List<String> told =
                faults(Kind.ASSAY, text(Kind.ASSAY, a) + text(Kind.ASSAY, b).split("\n", 2)[1]);
        assertEquals(List.of("line 3: analyte is 'substance-P', but 'Substance P' in line 2; spell it one way"), told);
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertEquals(
                List.of("the table has no rows"),
                faults(Kind.ASSAY, text(Kind.ASSAY, good(Kind.ASSAY)).split("\n")[0]));
        assertTrue(faults(Kind.ASSAY, "").get(0).contains("no rows"));
        assertTrue(faults(Kind.ASSAY, text(Kind.ASSAY, good(Kind.ASSAY)) + "\"open")
                .toString()
                .contains("told apart"));
        byte[] latin = "participant\nä\n".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(assertThrows(MeasureException.class, () -> MeasureTable.of("t", latin, Kind.ASSAY, NOW))
                .getMessage()
                .contains("UTF-8"));
        assertTrue(
                assertThrows(MeasureException.class, () -> MeasureTable.read(Path.of("no-such.csv"), Kind.ASSAY, NOW))
                        .getMessage()
                        .contains("no-such.csv"));
    }

    @Test
    void codesAreGivenForMassConcentrationsInSerumAndPlasmaOnly() {
        assertEquals(Optional.of("26881-3"), Analytes.loinc("IL-6", "serum", "pg/mL"));
        assertEquals(Optional.of("1988-5"), Analytes.loinc("CRP", "Plasma", "mg/L"));
        assertEquals(Optional.empty(), Analytes.loinc("IL-6", "saliva", "pg/mL"));
        assertEquals(Optional.empty(), Analytes.loinc("IL-6", "serum", "[IU]/mL"));
        assertEquals(Optional.empty(), Analytes.loinc("CRP", "serum", "nmol/L"));
        assertEquals(Optional.empty(), Analytes.loinc("BDNF", "serum", "ng/mL"));
        assertEquals("TNF-alpha", Analytes.name("TNF-α"));
        assertEquals("Substance P", Analytes.name("Substance P"));
    }
}
