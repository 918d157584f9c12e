package org.anodyne.plugins.instruments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.outcome.InstrumentShelf.Listed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instruments for whoever fills them in outside a session. */
class ShelfTest {
    private static final String GERMAN = """
            {"anodyneWording": 1, "instrument": "gad-2", "language": "de", "permission": "for tests",
             "answers": ["nie", "selten", "oft", "immer"], "items": [{"id": "1", "text": "Eins?"}, {"id": "2", "text": "Zwei?"}]}
            """;

    private final Shelf shelf = new Shelf();

    private Listed listed(String id, List<Path> files) {
        return shelf.list(files).stream()
                .filter(l -> l.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhichHaveAWordingAndTakesTheLabs(@TempDir Path folder) throws IOException {
        assertTrue(listed("gad-2", List.of()).worded());
        assertFalse(listed("pcs", List.of()).worded());
        assertEquals("en", listed("gad-2", List.of()).language());
        Path file = Files.writeString(folder.resolve("gad-2-de.json"), GERMAN);
        assertEquals("de", listed("gad-2", List.of(file)).language());
        assertTrue(shelf.instrument("gad-2", List.of(file)).toString().contains("Zwei?"));
    }

    @Test
    void tellsWhatAParticipantCanAnswerAlone() {
        assertTrue(listed("gad-2", List.of()).answeredAlone());
        assertFalse(listed("pcs", List.of()).answeredAlone(), "without a wording");
        assertTrue(listed("adverse-event-report", List.of()).worded());
        assertFalse(listed("adverse-event-report", List.of()).answeredAlone(), "a form of staff");
    }

    @Test
    void scoresAsASessionDoesAndSaysWhatIsMissing() {
        Map<String, Object> score = shelf.score("gad-2", List.of(), Map.of("1", 3L, "2", 1.0));
        assertEquals(Map.of("total", 4.0), score.get("scores"));
        assertEquals(
                List.of("2"), shelf.score("gad-2", List.of(), Map.of("1", 3L)).get("missing"));
    }

    @Test
    void tellsOfAnswersThatSomebodyHasToSeeAtOnce() {
        assertEquals(List.of(), shelf.alerts("phq-9", List.of(), Map.of("1", 3L, "9", 0L)));
        List<Map<String, Object>> alerts = shelf.alerts("phq-9", List.of(), Map.of("1", 3L, "9", 1L));
        assertEquals(1, alerts.size());
        assertEquals("9", alerts.get(0).get("item"));
        assertEquals(1.0, alerts.get(0).get("value"));
        assertTrue(alerts.get(0).get("text").toString().contains("self-harm"), alerts.toString());
    }

    @Test
    void refusesWhatIsNoAnswer() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("1", 4L), Map.of("3", 1L), Map.of("1", "often"), Map.of("1", List.of(1L)))) {
            assertThrows(
                    IllegalArgumentException.class, () -> shelf.score("gad-2", List.of(), wrong), wrong.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> shelf.instrument("nothing", List.of()));
    }
}
