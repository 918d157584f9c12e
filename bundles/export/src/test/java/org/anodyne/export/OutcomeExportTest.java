package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questionnaires in summary, report, BIDS and FHIR, worked out by hand. */
class OutcomeExportTest {
    private static final String ALERT = "Mood, item 2: ask the participant now";
    private static final Set<String> ITEM_TYPES = Set.of("group", "display", "choice", "integer", "decimal", "text");

    private static final String WORDS = "A walk by the river Po";

    @TempDir
    Path folder;

    private static Map<String, Object> instrument(String id, boolean shipText) {
        Map<String, Object> m = new HashMap<>();
        m.put("anodyneInstrument", 1L);
        m.put("id", id);
        m.put("version", "1");
        m.put("title", "Mood <2>");
        m.put("language", "en");
        m.put("instruction", "In the last week:");
        m.put("code", "99999-9");
        m.put(
                "answers",
                List.of(Map.of(
                        "id",
                        "often",
                        "list",
                        List.of(
                                Map.of("value", 0L, "text", "never", "code", "LA6568-5"),
                                Map.of("value", 1L, "text", "often")))));
        m.put(
                "items",
                List.of(
                        Map.of("id", "1", "text", "Were you sad?", "answers", "often", "code", "44255-8"),
                        Map.of("id", "2", "text", "Were you afraid?", "answers", "often"),
                        Map.of(
                                "id",
                                "3",
                                "text",
                                "How much pain?",
                                "instruction",
                                "Now:",
                                "min",
                                0L,
                                "minAnchor",
                                "none",
                                "max",
                                10L,
                                "maxAnchor",
                                "worst"),
                        Map.of("id", "4", "text", "Dose", "instruction", "Now:", "min", 0L, "max", 5L, "step", 0.5),
                        Map.of("id", "5", "text", "What helped?", "instruction", "Now:", "longest", 80L)));
        m.put(
                "scales",
                List.of(
                        Map.of("id", "sad", "title", "Sadness", "min", 0L, "max", 2L, "direction", "lower-is-better"),
                        Map.of("id", "all", "title", "All", "min", 0L, "max", 9L, "direction", "none")));
        m.put(
                "licence",
                Map.of("shipText", shipText, "status", "own", "evidence", "ours", "attribution", "Somebody 2026"));
        return m;
    }

    private static Map<String, Object> score(String id, Map<String, Object> answers, Map<String, Object> scores) {
        Map<String, Object> m = new HashMap<>();
        m.put("instrument", id);
        m.put("answers", answers);
        m.put("scores", scores);
        m.put("bands", scores.containsKey("sad") ? Map.of("sad", "mild") : Map.of());
        m.put("change", Map.of("sad", Map.of("baseline", 2.0, "improvement", 1.0)));
        m.put("unverified", List.of("sad: bands"));
        return m;
    }

    /** Filled in twice, the second time not at all; and once one whose wording stays with the lab. */
    static FakeRecord answered() {
        FakeRecord r = new FakeRecord();
        r.phase("before", 0, 0, 60);
        r.event("mood", "instrument", 10, instrument("mood", true));
        r.event("mood", "safety-alert", 12, Map.of("item", "mood-2", "value", 1.0, "text", ALERT));
        r.event("mood", "answer", 15, Map.of("item", "mood-5", "text", WORDS));
        Map<String, Object> first = score("mood", Map.of("1", 0.0, "2", 1.0, "4", 2.5), Map.of("sad", 1.0));
        first.put("written", List.of("5"));
        r.event("mood", "score", 20, first);
        r.event("mood", "score", 50, score("mood", Map.of(), Map.of()));
        r.event("owned", "instrument", 51, instrument("owned", false));
        r.event("owned", "score", 55, score("owned", Map.of("1", 1.0, "3", 7.0), Map.of("sad", 1.0, "all", 8.0)));
        r.state("session", 60, Map.of("state", "COMPLETED", "reason", "", "phase", "before"));
        return r;
    }

    private JsonNode json(String file) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(folder.resolve(file)));
    }

    private Map<String, Object> export() {
        return new RecordExporter().export(answered(), Sessions.completed(), folder);
    }

    @Test
    void summaryAndReportHaveTheScoresAndTheAlert() throws IOException {
        Map<String, Object> summary = export();
        List<?> scores = (List<?>) summary.get("scores");
        assertEquals(3, scores.size());
        Map<?, ?> first = (Map<?, ?>) scores.get(0);
        assertEquals("mood", first.get("slot"));
        assertEquals(20.0, first.get("timeSeconds"));
        assertEquals(Map.of("sad", 1.0), first.get("scores"));
        assertEquals(List.of("sad: bands"), first.get("unverified"));
        assertEquals(List.of("SAFETY ALERT at 12.0 s, slot 'mood': " + ALERT), summary.get("problems"));
        String report = Files.readString(folder.resolve("report.html"));
        assertTrue(report.contains("<h2>Scores</h2>"));
        assertTrue(report.contains("Mood &lt;2&gt;") && !report.contains("Mood <2>"));
        assertTrue(report.contains("none, too few answers"));
        assertTrue(report.contains("compared with their source yet") && report.contains("(sad: bands)"));
        assertTrue(report.contains("Nothing but answers and scores"));
        assertTrue(report.contains("SAFETY ALERT at 12.0 s"));
    }

    @Test
    void anAlertThatTheOperatorWasToldIsNoSecondProblem() {
        String told = "SAFETY ALERT at 12.0 s, slot 'mood': " + ALERT;
        Map<String, Object> outcome = Map.of("state", "COMPLETED", "reason", "", "problems", List.of(told));
        assertEquals(
                List.of(told),
                new RecordExporter().export(answered(), outcome, folder).get("problems"));
    }

    @Test
    void phenotypeTablesHaveOneRowAndADictionaryForEveryColumn() throws IOException {
        export();
        Path phenotype = folder.resolve("bids/phenotype");
        assertEquals(
                "participant_id\tsession_time\titem_1\titem_2\titem_3\titem_4\titem_5\tscore_sad\tscore_all\n"
                        + "sub-P01\t20\t0\t1\tn/a\t2.5\t1\t1\tn/a\n",
                Files.readString(phenotype.resolve("mood.tsv")));
        assertEquals(
                "sub-P01\t50\tn/a\tn/a\tn/a\tn/a\tn/a\tn/a\tn/a",
                Files.readAllLines(phenotype.resolve("mood_2.tsv")).get(1));
        JsonNode dictionary = json("bids/phenotype/mood.json");
        for (String column :
                Files.readAllLines(phenotype.resolve("mood.tsv")).get(0).split("\t")) {
            assertFalse(dictionary.path(column).path("Description").asText().isBlank(), column);
        }
        assertEquals("often", dictionary.path("item_2").path("Levels").path("1").asText());
        assertEquals(
                "Somebody 2026",
                dictionary.path("MeasurementToolMetadata").path("Attribution").asText());
        String events = Files.readString(folder.resolve("bids/sub-P01/beh/sub-P01_task-closedlooptens_events.tsv"));
        assertFalse(events.contains("Were you sad"), "the instrument is no event of the experiment");
        assertTrue(events.contains("safety-alert"));
    }

    @Test
    void aWordingThatStaysWithTheLabIsNotHandedOn() throws IOException {
        export();
        for (String file : List.of(
                "bids/phenotype/owned.json",
                "fhir/Questionnaire-owned.json",
                "fhir/QuestionnaireResponse-owned-1.json")) {
            String text = Files.readString(folder.resolve(file));
            for (String wording :
                    List.of("Were you", "How much", "never", "often\"", "In the last week", "Now:", "worst")) {
                assertFalse(text.contains(wording), file + " holds " + wording);
            }
        }
        assertEquals(
                "Item 1 of Mood <2>",
                json("bids/phenotype/owned.json")
                        .path("item_1")
                        .path("Description")
                        .asText());
    }

    @Test
    void fhirQuestionnairesKeepToTheRulesOfR4() throws IOException {
        export();
        JsonNode q = json("fhir/Questionnaire-mood.json");
        assertEquals("Questionnaire", q.path("resourceType").asText());
        assertEquals("active", q.path("status").asText());
        assertTrue(q.path("name").asText().matches("[A-Z]([A-Za-z0-9_]){0,254}"));
        Map<String, JsonNode> items = new HashMap<>();
        check(q.path("item"), items);
        assertEquals(Set.of("part-1", "1", "2", "part-2", "3", "4", "5", "score-sad", "score-all"), items.keySet());
        assertEquals("In the last week:", items.get("part-1").path("text").asText());
        assertEquals("choice", items.get("1").path("type").asText());
        assertEquals("integer", items.get("3").path("type").asText());
        assertEquals(
                "How much pain? (0: none, 10: worst)",
                items.get("3").path("text").asText());
        assertEquals("decimal", items.get("4").path("type").asText());
        assertEquals(
                10, items.get("3").path("extension").get(1).path("valueInteger").asInt());
        JsonNode never = items.get("1").path("answerOption").get(0).path("valueCoding");
        assertEquals("http://loinc.org", never.path("system").asText());
        assertEquals("LA6568-5", never.path("code").asText());
        assertEquals(0, never.path("extension").get(0).path("valueDecimal").asInt());
        assertTrue(items.get("score-sad").path("readOnly").asBoolean());
        assertEquals("text", items.get("5").path("type").asText());
        assertEquals(80, items.get("5").path("maxLength").asInt());
    }

    @Test
    void whatWasWrittenInWordsStaysInTheRecord() throws IOException {
        Map<String, Object> summary = export();
        assertEquals((long) WORDS.length(), ((Map<?, ?>) ((List<?>) summary.get("ratings")).get(0)).get("characters"));
        assertTrue(Files.readString(folder.resolve("report.html")).contains("in words, 22 characters"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("river"), file.toString());
            }
        }
    }

    /** Invariants que-1, que-2, que-4 and que-5 of the specification. */
    private static void check(JsonNode list, Map<String, JsonNode> seen) {
        for (JsonNode item : list) {
            String id = item.path("linkId").asText();
            String type = item.path("type").asText();
            assertFalse(id.isBlank());
            assertEquals(null, seen.put(id, item), "que-2: link ids are unique: " + id);
            assertTrue(ITEM_TYPES.contains(type), type);
            assertEquals(type.equals("group"), item.has("item"), "que-1: groups hold items: " + id);
            assertTrue(!item.has("answerOption") || type.equals("choice"), "que-5: only choices have options: " + id);
            check(item.path("item"), seen);
        }
    }

    @Test
    void fhirResponsesAnswerItemsOfTheirQuestionnaireInItsOrderWithItsTypes() throws IOException {
        export();
        JsonNode r = json("fhir/QuestionnaireResponse-mood-1.json");
        assertEquals("completed", r.path("status").asText());
        assertEquals("urn:anodyne:questionnaire:mood|1", r.path("questionnaire").asText());
        assertEquals("P01", r.path("subject").path("identifier").path("value").asText());
        assertEquals("2026-01-02T03:04:25+01:00", r.path("authored").asText());
        assertTrue(r.path("id").asText().matches("[A-Za-z0-9.-]{1,64}"));
        Map<String, JsonNode> asked = new HashMap<>();
        check(json("fhir/Questionnaire-mood.json").path("item"), asked);
        List<String> answered = new ArrayList<>();
        Set<String> links = new HashSet<>();
        answers(r.path("item"), answered, links);
        assertEquals(List.of("1=LA6568-5", "2=1", "4=2.5", "score-sad=1"), answered);
        assertTrue(asked.keySet().containsAll(links));
        JsonNode none = json("fhir/QuestionnaireResponse-mood-2.json");
        assertEquals("stopped", none.path("status").asText());
        assertFalse(none.has("item"), "an empty list is no value in FHIR");
    }

    private static void answers(JsonNode list, List<String> answered, Set<String> links) {
        for (JsonNode item : list) {
            links.add(item.path("linkId").asText());
            assertFalse(item.has("item") && item.has("answer"), "qrs-1: not both");
            answers(item.path("item"), answered, links);
            for (JsonNode answer : item.path("answer")) {
                assertEquals(1, answer.size());
                JsonNode value = answer.elements().next();
                answered.add(item.path("linkId").asText() + "="
                        + (value.isObject() ? value.path("code").asText() : value.asText()));
            }
        }
    }

    @Test
    void aSessionWithoutQuestionnairesHasNeitherFolder() {
        FakeRecord r = new FakeRecord();
        r.phase("baseline", 0, 0, 10);
        new RecordExporter().export(r, Sessions.completed(), folder);
        assertFalse(Files.exists(folder.resolve("fhir")));
        assertFalse(Files.exists(folder.resolve("bids/phenotype")));
    }
}
