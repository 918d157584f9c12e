package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.acceptance.Patience;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Protocols as parts and as text, and trying them with nothing real. */
@Tag("beside")
class WorkshopTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENS = """
            # Kept as it was typed.
            anodyne: 1
            id: short-tens
            title: "<b>TENS</b>"
            seed: 4
            slots:
              eeg:   {plugin: synthetic, parameters: {kind: eeg}}
              alpha: {plugin: band-power, inputs: {samples: eeg}}
              loop:  {plugin: closed-loop, inputs: {features: alpha/relative}}
              tens:  {plugin: tens-rehastim, parameters: {maximumAmplitude: 15 mA, replyTimeout: 900 ms}}
              nrs:   {plugin: ratings}
            phases:
              - id: only
                duration: 20 s
                slots: [eeg, alpha, loop, tens, nrs]
                ratings: [{slot: nrs, item: pain, at: start, within: 15 s}]
                triggers:
                  - id: always
                    slot: loop
                    feature: alpha/relative
                    above: 0
                    refractory: 8 s
                    do: {slot: tens, action: burst, with: {amplitude: 5 mA, pulseWidth: 200 us, frequency: 50 Hz, duration: 1 s}}
            """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("short-tens", TENS);
        operator = lab.account("Olu Operator", "operator");
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    private static ObjectNode trial(String text) {
        return JSON.createObjectNode().put("name", "trial").put("text", text);
    }

    @Test
    void partsAndTextAreTheSameProtocol() throws Exception {
        try (Screen screen = Screen.open(lab)) {
            screen.size(1400, 1000).as(operator).go("/workshop#protocol=short-tens");
            assertEquals("<b>TENS</b>", screen.see(".w-head h1").getText());
            open(screen, "tens");
            WebElement amplitude = field(screen, "maximumAmplitude");
            amplitude.sendKeys(Keys.chord(Keys.CONTROL, "a"), "12", Keys.ENTER);
            await(screen, text -> text.contains("maximumAmplitude: 12 mA"));
            assertTrue(text(screen).contains("# Kept as it was typed.")
                    && text(screen).contains("  eeg:   {plugin"));

            screen.see(".w-phase button").sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
            await(screen, text -> text.contains("duration: 25 s"));

            write(screen, text(screen).replace("refractory: 8 s", "refractory: 8"));
            screen.awaitText("'refractory': 8 has no unit");
            assertEquals(
                    String.valueOf(text(screen).lines().toList().indexOf("        refractory: 8") + 1),
                    screen.see(".w-gutter .wrong").getText());
            assertEquals("true", field(screen, "Then not again for").getAttribute("aria-invalid"));
            screen.assertAccessible("editor");

            screen.button("Save").sendKeys(Keys.ENTER);
            screen.awaitText("short-tens is saved, with faults (1)");
            assertTrue(Files.readString(lab.home().resolve("data/protocols/short-tens.yaml"))
                    .contains("refractory: 8\n"));
            screen.button("Undo").sendKeys(Keys.ENTER);
            await(screen, text -> text.contains("refractory: 8 s"));
            screen.size(360, 740);
            screen.assertFits("editor, 360");
        }
    }

    private static void open(Screen screen, String slot) {
        screen.see(".w-slot");
        screen.driver().findElements(By.cssSelector(".w-slot > summary")).stream()
                .filter(e -> e.findElement(By.tagName("strong")).getText().equals(slot))
                .findFirst()
                .orElseThrow()
                .sendKeys(Keys.ENTER);
    }

    private static WebElement field(Screen screen, String label) {
        return screen.see("input[id='"
                + screen.driver()
                        .executeScript(
                                "return [...document.querySelectorAll('.w-field label')].find(l => l.firstChild.textContent === arguments[0]).htmlFor",
                                label)
                + "']");
    }

    private static String text(Screen screen) {
        return String.valueOf(
                screen.driver().executeScript("return document.querySelector('.w-editor textarea').value"));
    }

    private static void write(Screen screen, String text) {
        screen.driver().executeScript("""
                const area = document.querySelector('.w-editor textarea');
                area.value = arguments[0];
                area.dispatchEvent(new Event('input', {bubbles: true}));
                """, text);
    }

    private static void await(Screen screen, java.util.function.Predicate<String> wanted) {
        new WebDriverWait(screen.driver(), Patience.LONGEST)
                .withMessage(() -> text(screen))
                .until(d -> wanted.test(text(screen)));
    }

    @Test
    void aDryRunGivesAReportAndIsNoSessionOfTheOperators() throws Exception {
        assertEquals(200, operator.post("/dryrun", trial(TENS)).status());
        assertEquals(409, operator.post("/dryrun", trial(TENS)).status(), "two at once");
        List<Boolean> sessions = new ArrayList<>();
        until("the dry run's end", () -> {
            sessions.add(operator.get("/session").json().path("running").asBoolean());
            return !operator.get("/dryrun").json().path("running").asBoolean();
        });
        JsonNode now = operator.get("/dryrun").json();
        assertEquals("COMPLETED", now.path("state").asText(), now.toString());
        assertFalse(sessions.contains(true), "the operator's page was told of it");
        List<String> told = new ArrayList<>();
        now.path("happened").path("list").forEach(e -> told.add(e.path("type").asText()));
        assertTrue(told.containsAll(List.of("phase", "answer", "decision", "command", "phase-ended")), told.toString());
        JsonNode visit = operator.get("/visits").json().path("visits").get(0);
        assertEquals(now.path("session"), visit.path("session"));
        assertTrue(visit.path("dryRun").asBoolean());
        Visitor.Answer report = operator.get("/visits/" + now.path("session").asText() + "/report.html");
        assertEquals(200, report.status());
        assertFalse(report.text().contains("<b>TENS</b>"), "what people typed is markup in the report");
        assertFalse(operator.get("/participants").text().contains("DRYRUN"));
    }

    @Test
    void nothingRealGetsIntoADryRun() throws Exception {
        Map<String, String> slots = Map.of(
                "plugin: bitalino", "recording",
                "plugin: lsl-source", "recording",
                "plugin: lsl-outlet, inputs: {samples: ok}", "without",
                "plugin: display", "headless");
        for (Map.Entry<String, String> slot : slots.entrySet()) {
            String text = "anodyne: 1\nid: a\nslots: {ok: {plugin: synthetic}, s: {" + slot.getKey()
                    + "}}\nphases: [{id: p, duration: 1 s, slots: [ok, s]}]\n";
            Visitor.Answer answer = operator.post("/dryrun", trial(text));
            assertEquals(409, answer.status(), slot + answer.text());
            assertTrue(answer.json().path("faults").findValuesAsText("needs").contains(slot.getValue()), answer.text());
        }
        ObjectNode device = trial(
                "anodyne: 1\nid: a\nslots: {s: {plugin: bitalino}}\nphases: [{id: p, duration: 1 s, slots: [s]}]\n");
        device.putObject("recordings").put("s", "/dev/null");
        assertEquals(400, operator.post("/dryrun", device).status());
        for (Visitor other : List.of(lab.visitor(), lab.account("Asa Assessor", "assessor"))) {
            assertTrue(List.of(401, 403)
                    .contains(other.send("POST", "/api/dryrun", "{}").status()));
        }
    }
}
