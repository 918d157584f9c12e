package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** The operator's page in a real browser, with a simulated TENS unit: before, during and after a session. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("alone")
@Isolated("its device is asked every few hundred milliseconds in real time")
class OperatorTest {
    private static final String PROTOCOL = """
            anodyne: 1
            id: eight-channels
            title: <b>Eight</b> channels
            slots:
              eeg:   {plugin: synthetic, parameters: {kind: eeg, channels: 8, episode: 5 s}}
              alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
              loop:  {plugin: closed-loop, inputs: {features: [alpha/relative]}}
              # On a busy machine a heartbeat may be late.
              tens:  {plugin: tens-rehastim, parameters: {maximumAmplitude: 15 mA, replyTimeout: 1 s}, afterLoss: {rearm: automatic, healthyFor: 1 s}}
            phases:
              - id: treatment
                duration: 10 min
                slots: [eeg, alpha, loop, tens]
                triggers:
                  - id: always
                    slot: loop
                    feature: alpha/relative
                    above: 0
                    refractory: 2 s
                    do: {slot: tens, action: burst, with: {amplitude: 5 mA, pulseWidth: 200 us, frequency: 100 Hz, duration: 500 ms}}
            """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("eight-channels", PROTOCOL);
        operator = lab.account("Olga Operator", "operator");
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    private static JsonNode session(Predicate<JsonNode> wanted, String what) throws Exception {
        JsonNode[] now = new JsonNode[1];
        until(() -> what + ": " + now[0], () -> {
            now[0] = operator.get("/session").json();
            return wanted.test(now[0]);
        });
        return now[0];
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** What the clock beside the controls shows, seconds. */
    private static int clock(Screen screen) {
        String[] parts = screen.see(".dock-clock").getText().split(" ")[0].split(":");
        return 60 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]);
    }

    private static void aStopStaysInSightUntilAnybodyResetsIt(Screen screen) throws Exception {
        screen.driver().executeScript("window.scrollTo(0, document.body.scrollHeight)");
        until(
                "the latch beside the controls",
                () -> screen.see(".dock").getText().contains("Emergency stop is latched"));
        Visitor.Answer refused = operator.post("/session/resume", json());
        assertEquals(409, refused.status());
        assertTrue(refused.text().contains("an emergency stop is latched"), refused.text());
        assertEquals("PAUSED", session(s -> true, "").path("state").asText());
        int stoodAt = clock(screen);
        session(s -> s.path("pausedSeconds").asDouble() > 10, "a pause in which the page looks twice");
        assertEquals(stoodAt, clock(screen), 1, "the clock goes on in a pause");
        screen.button("Resume").click();
        screen.awaitText("Reset it first, or go on without stimulation");
        screen.assertAccessible("resuming under a latched stop");
        screen.see("dialog .quiet").sendKeys(Keys.ESCAPE);
        for (int width : new int[] {360, 1280}) {
            screen.size(width, 900).see(".dock-reason");
            screen.assertFits("a latched stop, " + width);
            screen.picture("operator-latched-" + width);
        }
        // By another operator, as far as this page knows.
        ObjectNode why = json();
        why.putObject("with").put("reason", "tried in a test");
        assertEquals(200, operator.post("/safety/reset", why).status());
        until("no latch on any part of the page", () -> !screen.text().contains("Emergency stop is latched"));
    }

    /** Somebody who was never screened must not look ready to be stimulated; an answered checklist makes it so at once. */
    @Test
    @Order(1)
    void aSlotIsReadyOnlyWhenNothingSpeaksAgainstArmingIt() throws Exception {
        ObjectNode visit = json().put("protocol", "eight-channels").put("participant", "P01");
        visit.putObject("simulate").put("tens", true);
        assertEquals(200, operator.post("/visits", visit).status());
        session(s -> s.path("state").asText().equals("READY"), "ready");
        try (Screen screen = Screen.open(lab)) {
            screen.as(operator).go("/operator").see(".slot-list");
            screen.awaitText("1 of 4 slots are not ready");
            screen.awaitText("Will not act");
            assertTrue(screen.text().contains("P01 has no screening"), screen.text());
            ObjectNode answers = json();
            operator.get("/safety/checklists/tens")
                    .json()
                    .path("items")
                    .forEach(i -> answers.put(
                            i.path("id").asText(), i.path("yesIsFine").asBoolean()));
            ObjectNode with = json().put("participant", "P01").put("modality", "tens");
            with.set("answers", answers);
            assertEquals(
                    200,
                    operator.post("/safety/screen", json().set("with", with)).status());
            screen.awaitText("All 4 slots are ready");
            screen.button("End").click();
            screen.see("dialog input").sendKeys("only looked", Keys.ENTER);
            screen.awaitText("The session of P01 ended early");
        }
    }

    @Test
    @Order(2)
    void aSessionFromChoosingToTheStopThatWorksInADialogAndItsReset() throws Exception {
        session(s -> !s.path("running").asBoolean(), "the session before is over");
        try (Screen screen = Screen.open(lab)) {
            screen.as(operator).size(1280, 900).go("/operator").see("form.setup");
            screen.assertAccessible("before a session");
            screen.awaitOption("form.setup select", "eight-channels");
            new Select(screen.see("form.setup select")).selectByValue("eight-channels");
            screen.see(".place");
            screen.see("input[list=participants]").sendKeys("P02");
            screen.see("section:nth-of-type(2) label.check input").click();
            screen.see("button.big").click();
            screen.awaitText("All 4 slots are ready");
            screen.button("Start").click();
            screen.awaitText("Trigger fired");
            screen.awaitText("Armed");
            screen.awaitText("Executed");
            screen.see(".traces canvas");
            screen.see("#h-notes + form textarea").sendKeys("<script>document.title='read as markup'</script>");
            screen.button("Add the note").sendKeys(Keys.ENTER);
            screen.awaitText("<script>document.title='read as markup'</script>");
            assertEquals("Anodyne", screen.driver().getTitle());
            assertEquals(2, screen.text().split("read as markup", -1).length, "the note stands there once");
            String[] themes = {"light", "dark"};
            int[] widths = {360, 768, 1280, 2560};
            for (int i = 0; i < 2 * widths.length; i++) {
                String theme = themes[i / widths.length];
                int width = widths[i % widths.length];
                screen.theme(theme).size(width, 900).see(".dock");
                screen.assertFits("a session, " + theme + ", " + width);
                screen.picture("operator-" + theme + "-" + width);
                // Its rules look at colours and at what there is: each width and each theme twice are enough.
                if (i % 2 == i / widths.length) {
                    screen.assertAccessible("a session, " + theme + ", " + width);
                }
            }
            screen.size(1280, 900).button("Adverse event …").sendKeys(Keys.ENTER);
            screen.see("dialog textarea");
            screen.assertAccessible("a dialog");
            screen.see("dialog .stop").click();
            screen.awaitText("Emergency stop is latched");
            session(s -> s.path("state").asText().equals("PAUSED"), "stopped");
            assertFalse(session(s -> true, "").at("/follow/slots/tens/armed").asBoolean());
            screen.see("dialog .quiet").sendKeys(Keys.ESCAPE);
            screen.see(".latched input").sendKeys("tried in a test", Keys.ENTER);
            session(
                    s -> {
                        try {
                            return !operator.get("/safety")
                                    .json()
                                    .path("stopped")
                                    .asBoolean();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    "reset");
            screen.button("Resume").click();
            screen.button("Resume the session").click();
            session(
                    s -> s.path("state").asText().equals("RUNNING")
                            && s.at("/follow/slots/tens/armed").asBoolean(),
                    "armed again");
            screen.see("body").sendKeys(Keys.F9);
            session(s -> s.path("state").asText().equals("PAUSED"), "stopped by the key");
            aStopStaysInSightUntilAnybodyResetsIt(screen);
            theStopIsOnEveryPage(screen);
            screen.size(1280, 900).go("/operator").see(".dock");
            adverse(screen, "", "the skin is red");
            session(
                    now -> now.at("/follow/events").toString().contains("the skin is red"),
                    "the adverse event in the session");
        }
        ObjectNode end = json().put("reason", "the test is over");
        assertEquals(200, operator.post("/session/abort", end).status());
        session(s -> !s.path("running").asBoolean(), "over");
        JsonNode visits = operator.get("/visits").json().path("visits");
        assertEquals("P02", visits.get(0).path("participant").asText());
        assertTrue(visits.get(0).path("report").asBoolean());
        try (Screen screen = Screen.open(lab)) {
            screen.as(operator).size(1280, 900).go("/operator");
            screen.button("Report").click();
            until("the report", () -> Boolean.TRUE.equals(screen.driver().executeScript("""
                    const d = document.querySelector('iframe.report')?.contentDocument;
                    return d && d.readyState === 'complete' && d.body.innerText.includes('P02');
                    """)));
            screen.see("iframe.report").click();
            assertEquals("IFRAME", screen.driver().executeScript("return document.activeElement.tagName"), "the focus");
            new Actions(screen.driver()).sendKeys(Keys.F9).perform();
            stopped(true);
            reset();
            screen.see("dialog .quiet").click();
            anAdverseEventIsEnteredWhileNoSessionRuns(screen);
        }
    }

    private static void anAdverseEventIsEnteredWhileNoSessionRuns(Screen screen) throws Exception {
        assertEquals(1, events("P02").size(), "the one that was entered in the session");
        assertEquals(
                "the skin is red",
                events("P02").get(0).at("/answers/term").asText(),
                events("P02").toString());
        assertFalse(events("P02").get(0).path("visit").asText().equals("unscheduled"), "it was in a visit");
        adverse(screen, "P07", "fell at home");
        screen.awaitText("fell at home");
        screen.assertAccessible("adverse events");
        JsonNode entered = events("P07").get(0);
        assertEquals("unscheduled", entered.path("visit").asText(), entered.toString());
        assertEquals(1, entered.at("/answers/expected").asInt(-1), entered.toString());
        String table = Files.readString(lab.home().resolve("data/assessments/phenotype/adverse-event-report.tsv"));
        assertTrue(table.contains("sub-P07") && table.contains("sub-P02"), table);
        assertFalse(table.contains("fell at home"), "words stay with the lab");
        Visitor assessor = lab.account("Asa Assessor", "assessor");
        assertEquals(
                0,
                assessor.get("/assessor/assessments?participant=P07")
                        .json()
                        .path("assessments")
                        .size(),
                "an assessor is told what operators know of a session");
    }

    /** Enters one on the page; everything but onset and expectedness by the second of its answers. */
    private static void adverse(Screen screen, String participant, String term) throws Exception {
        screen.button("Adverse event …").sendKeys(Keys.ENTER);
        if (!participant.isEmpty()) {
            screen.see("dialog input[list]").sendKeys(participant);
            // Nothing is known of this one yet: a slip of the finger has to be confirmed.
            screen.see("dialog input[name='new-participant']").click();
        }
        screen.see("dialog input[maxlength='200']").sendKeys(term);
        for (WebElement select : screen.driver().findElements(By.cssSelector("dialog select"))) {
            new Select(select).selectByValue("1");
        }
        screen.button("Enter it").sendKeys(Keys.ENTER);
        until(
                "it is taken",
                () -> screen.driver().findElements(By.cssSelector("dialog")).isEmpty());
    }

    private static List<JsonNode> events(String participant) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        operator.get("/adverse-events").json().path("events").forEach(e -> {
            if (e.path("participant").asText().equals(participant)) {
                all.add(e);
            }
        });
        return all;
    }

    /** On pages that are about something else, too: where the session stands, and the stop by button and key. */
    private static void theStopIsOnEveryPage(Screen screen) throws Exception {
        for (String page : new String[] {"/workshop", "/accounts"}) {
            screen.size(1280, 900).go(page).see(".dock .stop");
            screen.awaitText("Simulated: devices that stimulate");
            screen.assertAccessible("a session, on " + page);
            screen.size(360, 740).assertFits("a session, on " + page);
            if (page.equals("/accounts")) {
                screen.see(".dock .stop").click();
            } else {
                screen.see("body").sendKeys(Keys.F9);
            }
            stopped(true);
            screen.awaitText("Emergency stop is latched");
            reset();
        }
    }

    private static void stopped(boolean wanted) throws Exception {
        until(
                "stopped: " + wanted,
                () -> operator.get("/safety").json().path("stopped").asBoolean() == wanted);
    }

    private static void reset() throws Exception {
        ObjectNode why = json();
        why.putObject("with").put("reason", "tried in a test");
        assertEquals(200, operator.post("/safety/reset", why).status());
        stopped(false);
    }
}
