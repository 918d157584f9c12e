package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anodyne.acceptance.Recorded;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/**
 * One visit from log-in to report, three people at three screens at once: who runs it, who takes part, who enters outcomes. Each
 * page is held to axe's rules on the way, at widths from a phone's to a wall's, light and dark.
 */
@Tag("beside")
class WholeVisitTest {
    private static final String SCRIPT =
            "<script>document.title='taken over'</script><img src=x onerror=\"document.title='taken over'\">";
    private static final String PROTOCOL = """
            anodyne: 1
            id: visit
            title: "A visit with %s"
            seed: 3
            slots:
              eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz}}
              alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
              loop: {plugin: closed-loop, inputs: {features: [alpha/relative]}}
              act: {plugin: bench-actuator}
              nrs: {plugin: ratings}
            phases:
              # Ends with the answer: how long pages take on a busy machine is not told by a number of seconds.
              - id: before
                end: {feature: {feature: nrs/pain, above: -1}}
                atMost: 10 min
                slots: [eeg, alpha, nrs]
                ratings:
                  - {slot: nrs, item: pain, at: start, within: 9 min}
              - id: treatment
                duration: 45 s
                slots: [eeg, alpha, loop, act]
                triggers:
                  - {id: low, slot: loop, feature: alpha/relative, below: 0.9, refractory: 1 s, do: {slot: act, action: count}}
            """.formatted(SCRIPT.replace("\"", "\\\""));

    @TempDir
    static Path home;

    private static Lab lab;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("visit", PROTOCOL);
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    @Test
    void threePeopleGoThroughOneVisitFromLogInToReport() throws Exception {
        lab.account("Olu Operator", "operator");
        lab.account("Asa Assessor", "assessor");
        try (Screen operator = Screen.open(lab);
                Screen participant = Screen.open(lab);
                Screen assessor = Screen.open(lab)) {
            logIn(operator, "Olu Operator");
            look(operator, "operator-before");
            String session = prepare(operator);
            join(participant, operator);
            look(participant, "participant-waiting");
            operator.press(operator.button("Start"));
            answer(participant);
            note(operator, SCRIPT);
            look(operator, "operator-running");
            enterOutcome(assessor);
            report(operator, session);
            assertFalse(operator.driver().getTitle().contains("taken over"));
            assertEquals("over", over(participant));
            look(participant, "participant-over");
            record(session);
            for (Screen s : List.of(operator, participant, assessor)) {
                s.assertNothingRefused();
            }
        }
    }

    private static void logIn(Screen screen, String name) {
        screen.size(1280, 900).go("/");
        screen.see("input[name=name]").sendKeys(name);
        screen.see("input[name=password]").sendKeys(Lab.PASSWORD, Keys.ENTER);
        screen.see("header nav");
    }

    private static String prepare(Screen operator) throws Exception {
        operator.awaitOption("select[required]", "visit");
        new Select(operator.see("form.setup select[required]")).selectByValue("visit");
        operator.see("input[list=participants]").sendKeys("P01");
        WebElement go = operator.enabled("form.setup button.main");
        operator.press(go);
        operator.awaitText("Start");
        Visitor asks = lab.administrator();
        return asks.get("/session").json().path("session").asText();
    }

    private static void join(Screen participant, Screen operator) throws Exception {
        // Read off the operator's screen and typed at the participant's.
        operator.press(operator.button("Code for the participant’s screen"));
        String code = operator.awaitMatch("[2-9A-Z]{4}-[2-9A-Z]{4}");
        participant.size(768, 1024).go("/#join");
        participant.see("input[name=code]").sendKeys(code);
        participant.press(participant.button("Join"));
        participant.awaitText("We will begin soon");
    }

    /** By keyboard alone. */
    private static void answer(Screen participant) throws Exception {
        participant.see("form.question");
        look(participant, "participant-question");
        WebElement first = participant.find("form.question input[type=radio]");
        first.sendKeys(Keys.SPACE);
        participant
                .driver()
                .switchTo()
                .activeElement()
                .sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER);
        participant.awaitText("Nothing to do right now");
        participant.awaitText("All sent");
    }

    private static void note(Screen operator, String text) {
        WebElement field = operator.see("textarea");
        field.sendKeys(text);
        operator.press(operator.button("Add the note"));
        operator.awaitText(SCRIPT);
    }

    private static void enterOutcome(Screen assessor) throws Exception {
        logIn(assessor, "Asa Assessor");
        assessor.awaitOption("main select", "P01");
        List<WebElement> selects = assessor.driver().findElements(By.cssSelector("main select"));
        new Select(selects.get(0)).selectByValue("P01");
        assessor.driver()
                .findElement(By.cssSelector("main input[maxlength='64']"))
                .sendKeys("week 0");
        assessor.awaitOption("main select", "pgic");
        new Select(assessor.driver().findElements(By.cssSelector("main select")).get(1)).selectByValue("pgic");
        assessor.find("form.assess-form input[type=radio]").sendKeys(Keys.SPACE);
        look(assessor, "assessor");
        assertFalse(
                assessor.text().contains("visit with") || assessor.text().contains("alpha"),
                "the assessor saw the protocol");
        assessor.press(assessor.enabled("form.assess-form button.main"));
        assessor.see(".outcome");
    }

    private static void report(Screen operator, String session) throws Exception {
        Visitor asks = lab.administrator();
        until(
                "the session's end",
                () -> !asks.get("/session").json().path("running").asBoolean());
        operator.awaitText("New session");
        look(operator, "operator-after");
        until("a report", () -> asks.get("/visits/" + session + "/report.html").status() == 200);
        JsonNode visit = asks.get("/visits").json().path("visits").get(0);
        assertEquals("COMPLETED", visit.path("state").asText(), visit.toString());
        operator.press(operator.button("Report"));
        operator.see("iframe");
    }

    private static String over(Screen participant) {
        participant.awaitText("The session is over");
        return "over";
    }

    private static void record(String session) throws Exception {
        JsonNode visit =
                lab.administrator().get("/visits").json().path("visits").get(0);
        assertEquals(session, visit.path("session").asText());
        Path folder = Path.of(visit.path("folder").asText());
        JsonNode summary = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("summary.json")));
        assertEquals(
                "COMPLETED",
                summary.path("outcome").asText(),
                summary.path("outcome").toString());
        Recorded record = new Recorded(folder.resolve("record"));
        List<JsonNode> answers = record.events("answer");
        assertEquals(1, answers.size(), answers.toString());
        assertEquals(3, answers.get(0).path("attributes").path("value").asInt(), answers.toString());
        assertTrue(
                record.events("note").stream()
                        .anyMatch(n -> n.path("attributes")
                                        .path("text")
                                        .asText()
                                        .equals(SCRIPT)
                                && n.path("attributes").path("by").asText().equals("Olu Operator")),
                record.events("note").toString());
        assertTrue(record.events("decision").size() > 1);
    }

    /** Holds what is shown now to the rules, narrow and wide, light and dark, and takes a picture. */
    private static void look(Screen screen, String what) throws Exception {
        screen.theme("light").size(360, 800);
        screen.assertFits(what + " at 360");
        screen.assertAccessible(what + " at 360, light");
        screen.picture(what + "-phone");
        screen.theme("dark").size(2560, 1300);
        screen.assertFits(what + " at 2560");
        screen.theme("dark").size(1280, 900);
        screen.assertFits(what + " at 1280");
        screen.assertAccessible(what + " at 1280, dark");
        screen.picture(what + "-dark");
        screen.theme("light");
    }
}
