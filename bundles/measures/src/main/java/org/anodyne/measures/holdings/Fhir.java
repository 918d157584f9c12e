package org.anodyne.measures.holdings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.measures.Kind;
import org.anodyne.measures.Measure;
import org.anodyne.measures.table.Analytes;

/**
 * Measures as HL7 FHIR R4 (4.0.1), a resource a line: an {@code Observation} for each measure, whose id follows from what it
 * measures, so that it is the same in every import; and a {@code Provenance} for each table.
 */
final class Fhir {
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    private Fhir() {}

    static void write(List<Held> held, List<Import> imports, Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder observations = new StringBuilder();
        for (Held h : held) {
            observations.append(JsonText.line(observation(h.measure())));
        }
        Files.writeString(folder.resolve("Observation.ndjson"), observations);
        StringBuilder provenance = new StringBuilder();
        for (Import i : imports) {
            List<Object> targets = new ArrayList<>();
            held.stream()
                    .filter(h -> h.from().equals(i))
                    .forEach(h -> targets.add(JsonText.object("reference", "Observation/" + id(h.measure()))));
            if (!targets.isEmpty()) {
                provenance.append(JsonText.line(provenance(i, targets)));
            }
        }
        Files.writeString(folder.resolve("Provenance.ndjson"), provenance);
    }

    /** Ends of ids are as FHIR wants them: 64 characters at most. */
    private static String id(Measure m) {
        return m.kind().word() + "-" + hash(m.key()).substring(0, 40);
    }

    private static Map<String, Object> observation(Measure m) {
        Map<String, Object> o = new LinkedHashMap<>();
        o.put("resourceType", "Observation");
        o.put("id", id(m));
        o.put("status", "final");
        o.put(
                "category",
                List.of(coded(
                        TERMINOLOGY + "observation-category", m.kind() == Kind.ASSAY ? "laboratory" : "imaging", "")));
        o.put("code", code(m));
        o.put("subject", logical("Patient", "urn:anodyne:participant", m.cell("participant")));
        o.put("encounter", logical("Encounter", "urn:anodyne:visit", m.cell("participant") + "/" + m.cell("visit")));
        o.put("effectiveDateTime", m.at());
        if (m.kind() == Kind.ASSAY) {
            assay(o, m);
        } else {
            imaging(o, m);
        }
        return o;
    }

    private static Map<String, Object> code(Measure m) {
        Map<String, Object> code = new LinkedHashMap<>();
        if (m.kind() == Kind.ASSAY) {
            Analytes.loinc(m.cell("analyte"), m.cell("specimen"), m.cell("unit"))
                    .ifPresent(
                            c -> code.put("coding", List.of(JsonText.object("system", "http://loinc.org", "code", c))));
            code.put("text", m.cell("analyte"));
        } else {
            code.put("text", m.cell("metric"));
        }
        return code;
    }

    private static void assay(Map<String, Object> o, Measure m) {
        o.put("performer", List.of(JsonText.object("display", m.cell("laboratory"))));
        Map<String, Object> quantity = new LinkedHashMap<>();
        if (m.value() == null) {
            quantity.put("value", m.detectionLimit());
            quantity.put("comparator", "<");
        } else {
            quantity.put("value", m.value());
        }
        unit(quantity, m);
        o.put("valueQuantity", quantity);
        if (m.value() == null) {
            o.put("interpretation", List.of(coded(TERMINOLOGY + "v3-ObservationInterpretation", "<", "Off scale low")));
        }
        note(o, m);
        String replicate = m.cell("replicate").isEmpty() ? "" : ", replicate " + m.cell("replicate");
        o.put("method", JsonText.object("text", m.cell("method") + replicate));
        String sample = m.cell("sample").isEmpty() ? "" : ", sample " + m.cell("sample");
        o.put("specimen", JsonText.object("display", m.cell("specimen") + sample));
    }

    private static void imaging(Map<String, Object> o, Measure m) {
        Map<String, Object> quantity = new LinkedHashMap<>();
        quantity.put("value", m.value());
        unit(quantity, m);
        o.put("valueQuantity", quantity);
        note(o, m);
        o.put("bodySite", JsonText.object("text", site(m)));
        o.put("method", JsonText.object("text", m.cell("modality") + ", atlas " + m.cell("atlas")));
        o.put("device", JsonText.object("display", m.cell("pipeline") + " " + m.cell("pipeline_version")));
    }

    private static String site(Measure m) {
        List<String> parts = new ArrayList<>();
        if (!m.cell("region").isEmpty()) {
            parts.add("region " + m.cell("region"));
        }
        if (!m.cell("network").isEmpty()) {
            parts.add("network " + m.cell("network"));
        }
        if (!m.cell("hemisphere").isEmpty()) {
            parts.add(m.cell("hemisphere"));
        }
        return String.join(", ", parts) + (m.cell("to").isEmpty() ? "" : " to " + m.cell("to"));
    }

    private static void unit(Map<String, Object> quantity, Measure m) {
        quantity.put("unit", m.cell("unit"));
        quantity.put("system", "http://unitsofmeasure.org");
        quantity.put("code", m.cell("unit"));
    }

    private static void note(Map<String, Object> o, Measure m) {
        if (!m.cell("comment").isEmpty()) {
            o.put("note", List.of(JsonText.object("text", m.cell("comment"))));
        }
    }

    private static Map<String, Object> provenance(Import i, List<Object> targets) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("resourceType", "Provenance");
        p.put("id", "import-" + i.kind().word() + "-" + i.sha256().substring(0, 40));
        p.put("target", targets);
        p.put("recorded", i.at());
        if (!i.reason().isEmpty()) {
            p.put("reason", List.of(JsonText.object("text", i.reason())));
        }
        p.put("agent", List.of(JsonText.object("who", JsonText.object("display", i.by()))));
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("identifier", JsonText.object("system", "urn:anodyne:sha256", "value", i.sha256()));
        what.put("display", i.file());
        p.put("entity", List.of(JsonText.object("role", "source", "what", what)));
        return p;
    }

    private static Map<String, Object> coded(String system, String code, String display) {
        Map<String, Object> coding = new LinkedHashMap<>();
        coding.put("system", system);
        coding.put("code", code);
        if (!display.isEmpty()) {
            coding.put("display", display);
        }
        return JsonText.object("coding", List.of(coding));
    }

    private static Map<String, Object> logical(String type, String system, String value) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("type", type);
        reference.put("identifier", JsonText.object("system", system, "value", value));
        return reference;
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
