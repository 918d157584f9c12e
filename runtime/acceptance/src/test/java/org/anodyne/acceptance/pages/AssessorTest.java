package org.anodyne.acceptance.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** An assessor enters outcomes, corrects one, and learns nothing of the treatment. */
@Tag("beside")
class AssessorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;
    private static Visitor assessor;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        operator = lab.account("Olu Operator", "operator");
        assessor = lab.account("Asa Assessor", "assessor");
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    private static ObjectNode entry(String id, String participant, String instrument) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("participant", participant)
                .put("newParticipant", true)
                .put("visit", "baseline")
                .put("instrument", instrument);
    }

    @Test
    void anOutcomeIsEnteredOnThePageScoredAndWritten() throws Exception {
        try (Screen screen = Screen.open(lab)) {
            screen.as(assessor).size(1280, 900).go("/assessor").see("main select");
            screen.awaitText("Another code");
            List<WebElement> selects = screen.driver().findElements(By.cssSelector("main select"));
            new Select(selects.get(0)).selectByVisibleText("Another code …");
            List<WebElement> inputs = screen.driver().findElements(By.cssSelector(".whose input"));
            inputs.get(0).sendKeys("P11");
            inputs.get(1).sendKeys("week 4");
            screen.awaitOption("main select", "gad-2");
            new Select(selects.get(1)).selectByValue("gad-2");
            screen.see("fieldset.item");
            assertEquals(
                    0,
                    screen.driver()
                            .findElements(By.cssSelector("fieldset.item input:checked"))
                            .size(),
                    "an item looks answered before anybody answered it");
            assertFalse(screen.button("Save").isEnabled(), "nothing was answered");
            for (WebElement item : screen.driver().findElements(By.cssSelector("fieldset.item"))) {
                item.findElements(By.cssSelector("label")).get(2).click();
            }
            screen.assertAccessible("a form");
            screen.button("Save").click();
            screen.awaitText("Saved.");
            screen.awaitText("Correct");
            for (String theme : new String[] {"light", "dark"}) {
                screen.theme(theme).size(360, 800);
                screen.assertAccessible("outcomes, " + theme);
                screen.assertFits("outcomes, " + theme);
            }
            screen.theme("light");
        }
        JsonNode all =
                assessor.get("/assessor/assessments?participant=P11").json().path("assessments");
        assertEquals(1, all.size(), all.toString());
        assertEquals(4, all.get(0).at("/score/scores/total").asInt(), all.toString());
        assertEquals("Asa Assessor", all.get(0).path("by").asText());
        assertTrue(table("gad-2").contains("sub-P11\tses-week4\t"), table("gad-2"));
    }

    @Test
    void aCorrectionKeepsTheFormerOneAndTheTablesHaveTheNew() throws Exception {
        ObjectNode first = entry("first-0123456789abcdef", "P12", "nrs");
        first.putObject("answers").put("pain", 7);
        assertEquals(200, assessor.post("/assessor/assessments", first).status());
        assertEquals(200, assessor.post("/assessor/assessments", first).status(), "sent twice");
        ObjectNode second = entry("second-0123456789abcdef", "P12", "nrs").put("corrects", "first-0123456789abcdef");
        second.putObject("answers").put("pain", 5);
        assertEquals(400, assessor.post("/assessor/assessments", second).status(), "a correction says why");
        second.put("why", "wrong line");
        assertEquals(200, assessor.post("/assessor/assessments", second).status());
        second.put("id", "third-0123456789abcdef");
        assertEquals(409, assessor.post("/assessor/assessments", second).status(), "corrected twice");
        JsonNode all =
                assessor.get("/assessor/assessments?participant=P12").json().path("assessments");
        assertEquals(2, all.size(), all.toString());
        assertTrue(
                all.get(1).path("replaced").asBoolean()
                        && !all.get(0).path("replaced").asBoolean(),
                all.toString());
        List<String> rows =
                table("nrs").lines().filter(l -> l.startsWith("sub-P12")).toList();
        assertEquals(1, rows.size(), rows.toString());
        assertTrue(rows.get(0).endsWith("\t5\t5"), rows.get(0));
        String audit = lab.administrator().get("/audit").text();
        assertTrue(audit.contains("outcome corrected") && audit.contains("wrong line"), audit);
    }

    @Test
    void whatCannotBeAnAnswerIsRefusedAndNothingIsKept() throws Exception {
        ObjectNode wrong = entry("wrong-0123456789abcdef", "P13", "nrs");
        wrong.putObject("answers").put("pain", 11);
        assertEquals(400, assessor.post("/assessor/assessments", wrong).status());
        assertEquals(
                0,
                assessor.get("/assessor/assessments?participant=P13")
                        .json()
                        .path("assessments")
                        .size());
    }

    @Test
    void theAssessorStaysBlind() throws Exception {
        String told = assessor.get("/assessor/participants").text()
                + assessor.get("/assessor/assessments?participant=P11").text();
        assertFalse(told.contains("protocol") || told.contains("session\"") || told.contains("arm\""), told);
        for (String path : List.of("/home/options", "/home/participants", "/home/entries", "/home/plan", "/live")) {
            assertEquals(403, assessor.get(path).status(), path);
        }
        for (String path : List.of("/home/codes", "/home/end", "/home/entries", "/participant/pause")) {
            assertEquals(403, assessor.post(path, JSON.createObjectNode()).status(), path);
        }
        for (String path : List.of("/assessor/participants", "/assessor/instruments", "/assessor/instruments/nrs")) {
            assertEquals(403, operator.get(path).status(), path);
            assertEquals(401, lab.visitor().get(path).status(), path);
        }
    }

    private static String table(String instrument) throws Exception {
        return Files.readString(lab.home().resolve("data/assessments/phenotype/" + instrument + ".tsv"));
    }
}
