package org.anodyne.export.outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.summary.Json;

/**
 * Questionnaires and answers as HL7 FHIR R4 (4.0.1): one {@code Questionnaire} per instrument, one {@code
 * QuestionnaireResponse} each time it was filled in. Answers that have a wording are codings with their {@code ordinalValue};
 * scores are read-only decimals. The rule for missing answers, bands and reversal have no place there and stay in the
 * record and the summary; what was answered in words stays in the record.
 */
public final class Fhir {
    private static final String EXTENSION = "http://hl7.org/fhir/StructureDefinition/";
    private static final String LOINC = "http://loinc.org";

    private Fhir() {}

    /** Writes all of a session into a folder; makes none where nothing was filled in. */
    public static void write(SessionFacts facts, Path folder) throws IOException {
        for (Sheet sheet : Sheet.of(facts)) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("Questionnaire-" + sheet.id() + ".json"), Json.text(questionnaire(sheet)));
            Files.writeString(
                    folder.resolve("QuestionnaireResponse-" + sheet.id() + "-" + sheet.number() + ".json"),
                    Json.text(response(sheet, facts)));
        }
    }

    private static String url(Sheet sheet) {
        return "urn:anodyne:questionnaire:" + sheet.id();
    }

    static Map<String, Object> questionnaire(Sheet sheet) {
        Map<String, Object> q = new LinkedHashMap<>();
        q.put("resourceType", "Questionnaire");
        q.put("id", sheet.id());
        put(q, "language", Sheet.text(sheet.instrument(), "language"));
        q.put("url", url(sheet));
        put(q, "version", Sheet.text(sheet.instrument(), "version"));
        q.put("name", name(sheet.id()));
        put(q, "title", sheet.title());
        q.put("status", "active");
        q.put("subjectType", List.of("Patient"));
        String copyright =
                (Sheet.text(sheet.licence(), "attribution") + " " + Sheet.text(sheet.licence(), "evidence")).strip();
        put(q, "copyright", copyright);
        String code = Sheet.text(sheet.instrument(), "code");
        if (!code.isEmpty()) {
            q.put("code", List.of(loinc(code)));
        }
        List<Object> items = new ArrayList<>();
        for (Group group : Group.of(sheet)) {
            Map<String, Object> g = new LinkedHashMap<>();
            g.put("linkId", group.linkId());
            put(g, "text", group.instruction());
            g.put("type", "group");
            g.put("item", group.items().stream().map(i -> item(sheet, i)).toList());
            items.add(g);
        }
        sheet.scales().forEach(s -> {
            Map<String, Object> score = new LinkedHashMap<>();
            score.put("linkId", scoreLink(s));
            code(score, s);
            put(score, "text", Sheet.text(s, "title"));
            score.put("type", "decimal");
            score.put("readOnly", true);
            items.add(score);
        });
        q.put("item", items);
        return q;
    }

    /** Neighbours with one instruction. */
    private record Group(String linkId, String instruction, List<Map<?, ?>> items) {
        static List<Group> of(Sheet sheet) {
            List<Group> groups = new ArrayList<>();
            String common = Sheet.text(sheet.instrument(), "instruction");
            for (Map<?, ?> item : sheet.items()) {
                String own = Sheet.text(item, "instruction");
                String instruction = !sheet.shareable() ? "" : own.isEmpty() ? common : own;
                boolean same = !groups.isEmpty()
                        && groups.get(groups.size() - 1).instruction().equals(instruction);
                if (!same) {
                    groups.add(new Group("part-" + (groups.size() + 1), instruction, new ArrayList<>()));
                }
                groups.get(groups.size() - 1).items().add(item);
            }
            return groups;
        }
    }

    private static Map<String, Object> item(Sheet sheet, Map<?, ?> item) {
        Map<String, Object> i = new LinkedHashMap<>();
        List<Map<?, ?>> choices = sheet.choices(item);
        boolean inWords = Sheet.inWords(item);
        if (choices.isEmpty() && !inWords) {
            String kind = whole(item) ? "valueInteger" : "valueDecimal";
            i.put(
                    "extension",
                    List.of(
                            Map.of("url", EXTENSION + "minValue", kind, number(item, "min", whole(item))),
                            Map.of("url", EXTENSION + "maxValue", kind, number(item, "max", whole(item)))));
        }
        i.put("linkId", Sheet.text(item, "id"));
        code(i, item);
        String anchors = sheet.shareable() && !inWords ? anchors(item) : "";
        put(i, "text", sheet.wording(item) + anchors);
        i.put("type", inWords ? "text" : !choices.isEmpty() ? "choice" : whole(item) ? "integer" : "decimal");
        i.put("required", false);
        if (inWords) {
            i.put("maxLength", item.get("longest"));
        }
        if (!choices.isEmpty()) {
            i.put(
                    "answerOption",
                    choices.stream()
                            .map(c -> Map.of("valueCoding", coding(sheet, c)))
                            .toList());
        }
        return i;
    }

    private static String anchors(Map<?, ?> item) {
        String least = Sheet.text(item, "minAnchor");
        String greatest = Sheet.text(item, "maxAnchor");
        return least.isEmpty() && greatest.isEmpty()
                ? ""
                : " (" + value(item, "min") + ": " + least + ", " + value(item, "max") + ": " + greatest + ")";
    }

    private static boolean whole(Map<?, ?> item) {
        double step = item.get("step") instanceof Number n ? n.doubleValue() : 1;
        double least = item.get("min") instanceof Number n ? n.doubleValue() : 0;
        return step == Math.rint(step) && least == Math.rint(least);
    }

    private static Object number(Map<?, ?> item, String name, boolean whole) {
        double value = item.get(name) instanceof Number n ? n.doubleValue() : 0;
        return whole ? (Object) Math.round(value) : (Object) value;
    }

    private static Object value(Map<?, ?> item, String name) {
        return number(item, name, whole(item));
    }

    private static Map<String, Object> coding(Sheet sheet, Map<?, ?> choice) {
        double value = choice.get("value") instanceof Number n ? n.doubleValue() : 0;
        String loinc = Sheet.text(choice, "code");
        Map<String, Object> c = new LinkedHashMap<>();
        c.put("extension", List.of(Map.of("url", EXTENSION + "ordinalValue", "valueDecimal", decimal(value))));
        c.put("system", loinc.isEmpty() ? "urn:anodyne:answers:" + sheet.id() : LOINC);
        c.put("code", loinc.isEmpty() ? String.valueOf(decimal(value)) : loinc);
        put(c, "display", sheet.shareable() ? Sheet.text(choice, "text") : "");
        return c;
    }

    /** Whole numbers without a fraction of nothing. */
    private static Object decimal(double value) {
        return value == Math.rint(value) ? (Object) Math.round(value) : (Object) value;
    }

    static Map<String, Object> response(Sheet sheet, SessionFacts facts) {
        Map<String, Object> r = new LinkedHashMap<>();
        r.put("resourceType", "QuestionnaireResponse");
        r.put("id", id(facts.meta().session() + "-" + sheet.id() + "-" + sheet.number()));
        String version = Sheet.text(sheet.instrument(), "version");
        r.put("questionnaire", url(sheet) + (version.isEmpty() ? "" : "|" + version));
        boolean any = sheet.items().stream()
                .map(i -> Sheet.text(i, "id"))
                .anyMatch(id -> sheet.answer(id).isPresent() || sheet.written(id));
        r.put("status", any ? "completed" : "stopped");
        r.put(
                "subject",
                Map.of(
                        "type",
                        "Patient",
                        "identifier",
                        Map.of(
                                "system",
                                "urn:anodyne:participant",
                                "value",
                                facts.meta().participant())));
        put(r, "authored", authored(sheet, facts));
        List<Object> items = new ArrayList<>();
        for (Group group : Group.of(sheet)) {
            List<Object> answered = new ArrayList<>();
            for (Map<?, ?> item : group.items()) {
                sheet.answer(Sheet.text(item, "id")).ifPresent(a -> answered.add(answer(sheet, item, a)));
            }
            if (!answered.isEmpty()) {
                Map<String, Object> g = new LinkedHashMap<>();
                g.put("linkId", group.linkId());
                g.put("item", answered);
                items.add(g);
            }
        }
        for (Map<?, ?> scale : sheet.scales()) {
            sheet.score(Sheet.text(scale, "id")).ifPresent(s -> {
                Map<String, Object> i = new LinkedHashMap<>();
                i.put("linkId", scoreLink(scale));
                i.put("answer", List.of(Map.of("valueDecimal", decimal(s))));
                items.add(i);
            });
        }
        if (!items.isEmpty()) {
            r.put("item", items);
        }
        return r;
    }

    private static Map<String, Object> answer(Sheet sheet, Map<?, ?> item, double value) {
        Map<String, Object> i = new LinkedHashMap<>();
        i.put("linkId", Sheet.text(item, "id"));
        Map<String, Object> answer = new LinkedHashMap<>();
        sheet.choices(item).stream()
                .filter(c -> c.get("value") instanceof Number n && n.doubleValue() == value)
                .findFirst()
                .ifPresent(c -> answer.put("valueCoding", coding(sheet, c)));
        if (answer.isEmpty()) {
            answer.put(whole(item) ? "valueInteger" : "valueDecimal", decimal(value));
        }
        i.put("answer", List.of(answer));
        return i;
    }

    private static String authored(Sheet sheet, SessionFacts facts) {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    OffsetDateTime.parse(facts.meta().startedAt())
                            .plusNanos(Math.max(0, sheet.timeNanos()))
                            .truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException e) {
            return ""; // a record without a time that can be read has none here either
        }
    }

    private static String scoreLink(Map<?, ?> scale) {
        return "score-" + Sheet.text(scale, "id");
    }

    private static void code(Map<String, Object> to, Map<?, ?> from) {
        String code = Sheet.text(from, "code");
        if (!code.isEmpty()) {
            to.put("code", List.of(loinc(code)));
        }
    }

    private static Map<String, Object> loinc(String code) {
        Map<String, Object> coding = new LinkedHashMap<>();
        coding.put("system", LOINC);
        coding.put("code", code);
        return coding;
    }

    private static void put(Map<String, Object> to, String name, String text) {
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    /** A name for machines: letters and digits, a capital first. */
    private static String name(String id) {
        StringBuilder name = new StringBuilder("Q");
        for (char c : id.toCharArray()) {
            name.append(Character.isLetterOrDigit(c) ? Character.toUpperCase(c) : '_');
        }
        return name.toString();
    }

    /** An id as FHIR wants it: letters, digits, hyphens and full stops, at most 64 of them. */
    private static String id(String text) {
        String id = text.replaceAll("[^A-Za-z0-9.-]", "-");
        return id.length() <= 64 ? id : id.substring(id.length() - 64);
    }
}
