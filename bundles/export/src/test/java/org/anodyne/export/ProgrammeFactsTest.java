package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a participant did with a programme, worked out by hand. */
class ProgrammeFactsTest {
    private static final String SECRET = "my neighbour Hildegard";

    @TempDir
    Path folder;

    private static FakeRecord record() {
        FakeRecord r = new FakeRecord();
        r.event("session", "plan", 0, Map.of("slots", List.of(), "simulatedParticipant", true));
        r.phase("lesson", 0, 0, 600);
        r.event(
                "therapy",
                "programme-session",
                0,
                Map.of(
                        "programme",
                        "pain-cbt",
                        "title",
                        "Living well",
                        "fingerprint",
                        "ab12",
                        "frame",
                        "8",
                        "session",
                        2L,
                        "delivery",
                        "alone",
                        "skills",
                        Map.of("relaxation", "Relaxation", "goals", "Goals")));
        r.event("therapy", "lesson-shown", 1, Map.of("lesson", "breathing"));
        r.event("therapy", "activity", 1, Map.of("activity", "0-2-0", "text", SECRET));
        r.event("therapy", "skill-practised", 100, Map.of("skill", "relaxation", "minutes", 1.5, "whole", true));
        r.event("therapy", "skill-practised", 200, Map.of("skill", "relaxation", "minutes", 0.5, "whole", false));
        r.event("therapy", "exercise-asked", 201, Map.of("exercise", "a"));
        r.event(
                "therapy",
                "activity-answer",
                210,
                Map.of("activity", "0-2-1", "fields", Map.of("who", SECRET), "skipped", false));
        r.event("therapy", "exercise-answered", 210, Map.of("exercise", "a", "answered", true));
        r.event("therapy", "exercise-asked", 211, Map.of("exercise", "b"));
        r.event("therapy", "exercise-answered", 220, Map.of("exercise", "b", "answered", false, "reason", "skipped"));
        r.event("therapy", "exercise-asked", 221, Map.of("exercise", "c"));
        r.event("therapy", "homework-set", 230, Map.of("homework", "h", "skill", "goals", "minutesPerDay", 10.0));
        r.event(
                "therapy",
                "homework-reported",
                240,
                Map.of("homework", "g", "skill", "goals", "done", "partly", "minutes", 25.0));
        r.event("other", "finished", 250, Map.of());
        return r;
    }

    @Test
    void adherenceAndMinutesStandInTheSummary() throws IOException {
        new RecordExporter().export(record(), Map.of("state", "COMPLETED"), folder);
        JsonNode summary =
                new JsonMapper().readTree(folder.resolve("summary.json").toFile());
        assertTrue(summary.path("simulatedParticipant").asBoolean());
        assertEquals(1, summary.path("programmes").size());
        JsonNode p = summary.path("programmes").get(0);
        assertEquals("therapy", p.path("slot").asText());
        assertEquals(2, p.path("sessions").get(0).asInt());
        assertEquals(0, p.path("sessionsFinished").asInt());
        assertEquals(3, p.path("exercisesAsked").asInt());
        assertEquals(1, p.path("exercisesAnswered").asInt());
        assertEquals(1 / 3.0, p.path("adherence").asDouble(), 1e-12);
        assertEquals(2.0, p.path("minutesBySkill").path("relaxation").asDouble(), 1e-12);
        assertFalse(p.path("minutesBySkill").has("goals"), "minutes at home are not practice in the session");
        assertEquals(25.0, p.path("reportedMinutesAtHomeBySkill").path("goals").asDouble(), 1e-12);
        assertEquals(1, p.path("homeworkReported").path("partly").asInt());
    }

    @Test
    void whatWasWrittenIsInNoFileThatIsMade() throws IOException {
        new RecordExporter().export(record(), Map.of("state", "COMPLETED"), folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                                .contains(SECRET),
                        file.toString());
            }
        }
        String report = Files.readString(folder.resolve("report.html"));
        assertTrue(report.contains("Programme: Living well"));
        assertTrue(report.contains("Adherence 33 %: 1 of 3 exercises answered."));
        assertTrue(report.contains("Simulated participant"));
    }
}
