package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A participant answers in a session while the connection is cut again and again, asks for a stop, and takes part at home. */
@Tag("beside")
class ParticipantTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUTS = 20;
    private static final String PROTOCOL = """
            anodyne: 1
            id: forty
            title: Forty questions
            seed: 5
            slots:
              form: {plugin: instruments, parameters: {instruments: [rand-36, phq-4]}}
            phases:
              - id: asked
                duration: 10 min
                slots: [form]
                ratings:
                  - {slot: form, at: start, within: 9 min}
            """;

    /** Long enough to answer on a busy machine, short enough to be waited for. */
    private static final String HASTE = """
            anodyne: 1
            id: haste
            title: A question with little time
            seed: 5
            slots:
              nrs: {plugin: ratings}
            phases:
              - id: asked
                duration: 10 min
                slots: [nrs]
                ratings:
                  - {slot: nrs, item: pain, at: start, within: 60 s}
            """;

    private static final String EFFECTS = """
            anodyne: 1
            id: effects
            title: Unwanted effects
            seed: 5
            slots:
              form: {plugin: instruments, parameters: {instruments: [adverse-events]}}
            phases:
              - id: asked
                duration: 10 min
                slots: [form]
                ratings:
                  - {slot: form, at: start, within: 9 min}
            """;

    /** Sessions 6 and 7: the ladder is built at one visit and climbed at the next. */
    private static final String LADDER = """
            anodyne: 1
            id: ladder
            title: A visit of pain reprocessing
            seed: 5
            slots:
              therapy: {plugin: prt, parameters: {session: 6}}
            phases:
              - id: lesson
                end: {finished: therapy}
                atMost: 60 min
                slots: [therapy]
            """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("forty", PROTOCOL);
        lab.protocol("haste", HASTE);
        lab.protocol("effects", EFFECTS);
        lab.protocol("ladder", LADDER);
        lab.protocol("climbing", LADDER.replace("session: 6", "session: 7"));
        operator = lab.account("Olu Operator", "operator");
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    @Test
    void everyAnswerIsInTheRecordOnceThoughTheConnectionIsCut() throws Exception {
        ObjectNode plan = JSON.createObjectNode()
                .put("protocol", "forty")
                .put("participant", "P01")
                .put("atOnce", true);
        Visitor.Answer begun = operator.post("/visits", plan);
        assertEquals(200, begun.status(), begun.text());
        String session = begun.json().path("session").asText();
        Visitor participant = lab.joined(operator);

        try (Screen screen = Screen.open(lab)) {
            screen.as(participant).size(768, 900).go("/participant");
            screen.see(".choices");
            screen.assertAccessible("a question");
            for (int i = 0; i < CUTS; i++) {
                cut(screen, true);
                String asked = screen.see("h1").getText();
                // By keyboard alone: the question has the focus, the answers are one step away.
                screen.driver().switchTo().activeElement().sendKeys(Keys.TAB);
                screen.driver().switchTo().activeElement().sendKeys(Keys.SPACE);
                screen.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
                until("the next question after '" + asked + "'", () -> !heading(screen)
                        .equals(asked));
                if (i % 4 == 1) {
                    cut(screen, false);
                    screen.driver().navigate().refresh();
                    screen.see(".choices");
                }
                cut(screen, false);
            }
            until("all sent", () -> screen.see(".sent").getText().contains("All sent"));
            until(CUTS + " answers", () -> open(participant).size() == 2 * CUTS - CUTS);
            JsonNode left = open(participant);
            for (int i = 0; i < CUTS; i++) {
                cutWhileSent(participant, left.get(i), i % 2 == 0);
            }
            screen.driver().findElement(By.cssSelector(".foot .danger")).click();
            screen.awaitText("The session is paused");
            screen.assertAccessible("a pause");
        }
        JsonNode state = operator.get("/session").json();
        assertEquals("PAUSED", state.path("state").asText());
        assertTrue(state.path("follow").path("events").toString().contains("the participant wants to stop"));
        ended(session);
        Map<String, Integer> answers = new TreeMap<>();
        for (JsonNode rating :
                operator.get("/visits/" + session + "/summary.json").json().path("ratings")) {
            assertTrue(rating.has("value"), rating.toString());
            answers.merge(rating.path("item").asText(), 1, Integer::sum);
        }
        assertEquals(2 * CUTS, answers.size(), answers.toString());
        assertTrue(answers.values().stream().allMatch(n -> n == 1), answers.toString());
    }

    @Test
    void anAnswerThatCameWhenItsTimeWasOverIsToldToWhoGaveIt() throws Exception {
        ObjectNode plan = JSON.createObjectNode().put("protocol", "haste").put("participant", "P03");
        Visitor.Answer begun = operator.post("/visits", plan);
        assertEquals(200, begun.status(), begun.text());
        Visitor participant = lab.joined(operator);
        try (Screen screen = Screen.open(lab)) {
            screen.as(participant).size(360, 740).go("/participant");
            screen.awaitText("We will begin soon");
            assertFalse(screen.text().contains("All sent"), "nothing was sent yet");
            assertEquals(
                    200,
                    operator.post("/session/begin", JSON.createObjectNode()).status());
            screen.see(".number-choice");
            assertEquals(
                    1L,
                    screen.driver()
                            .executeScript("return new Set([...document.querySelectorAll('.number-choice')].map("
                                    + "e => Math.round(e.getBoundingClientRect().top))).size"),
                    "the scale stands in one line");
            screen.assertFits("a scale on a phone");
            screen.picture("participant-scale-360");
            cut(screen, true);
            until("the time is over", () -> open(participant).isEmpty());
            screen.see(".number-choice:nth-child(4)").click();
            screen.see(".go .main").click();
            cut(screen, false);
            screen.awaitText("Your last answer came when its time was over");
            screen.assertAccessible("a late answer");
            screen.picture("participant-late");
        }
        ended(begun.json().path("session").asText());
    }

    @Test
    void aQuestionCanBeDeclinedAndWhatComesAfterItIsAskedAllTheSame() throws Exception {
        ObjectNode plan = JSON.createObjectNode()
                .put("protocol", "effects")
                .put("participant", "P04")
                .put("atOnce", true);
        Visitor.Answer begun = operator.post("/visits", plan);
        assertEquals(200, begun.status(), begun.text());
        Visitor participant = lab.joined(operator);
        try (Screen screen = Screen.open(lab)) {
            screen.as(participant).size(360, 740).go("/participant");
            screen.awaitText("Headache");
            screen.press(screen.see(".decline"));
            screen.awaitText("Dizziness");
            screen.assertAccessible("a question of which another was declined");
            until("only the last is left", () -> {
                for (JsonNode ask : open(participant)) {
                    if (!ask.path("item").asText().endsWith("-what")) {
                        ObjectNode answer = JSON.createObjectNode()
                                .put(
                                        "id",
                                        "test-" + "0".repeat(16)
                                                + ask.path("item").asText())
                                .put("slot", ask.path("slot").asText())
                                .put("item", ask.path("item").asText())
                                .put("asked", ask.path("asked").asLong())
                                .put("value", 0);
                        participant.post("/participant/answers", answer);
                    }
                }
                return open(participant).size() == 1;
            });
            screen.awaitText("There is nothing to say to this");
            screen.press(screen.see(".decline"));
            screen.awaitText("Nothing to do");
        }
        String session = begun.json().path("session").asText();
        ended(session);
        Map<String, JsonNode> ratings = new TreeMap<>();
        for (JsonNode rating :
                operator.get("/visits/" + session + "/summary.json").json().path("ratings")) {
            ratings.put(rating.path("item").asText(), rating);
        }
        assertEquals(13, ratings.size(), ratings.toString());
        for (String declined : List.of("adverse-events-headache", "adverse-events-what")) {
            assertTrue(ratings.get(declined).path("missing").asBoolean(), ratings.toString());
            assertTrue(
                    ratings.get(declined).path("reason").asText().contains("the participant gave no answer"),
                    ratings.toString());
        }
        assertEquals(
                0, ratings.get("adverse-events-fainted").path("value").asDouble(-1), "an alert's item was not asked");
    }

    @Test
    void theLadderOfOneVisitStandsBesideTheClimbingOfTheNext() throws Exception {
        ObjectNode ladder = JSON.createObjectNode()
                .put("cleared", "yes")
                .put("why", "to garden again")
                .put("first", "kneel for a minute");
        ladder.putArray("rungs").add("kneel for a minute").add("plant a rose");
        visit("ladder", participant -> {
            JsonNode exercise = shown(participant, "Build your ladder");
            assertTrue(answer(participant, exercise, false, ladder).path("ok").asBoolean());
        });
        visit("climbing", participant -> {
            JsonNode page = shown(participant, "Climbing");
            assertTrue(page.path("remembered").toString().contains("plant a rose"), page.toString());
            try (Screen screen = Screen.open(lab)) {
                screen.as(participant).size(360, 740).go("/participant");
                screen.see(".remembered");
                screen.awaitText("plant a rose");
                screen.assertAccessible("a page with what was written before");
                screen.assertFits("a page with what was written before");
            }
            answer(participant, page, true, JSON.createObjectNode());
            JsonNode practice = shown(participant, "Moving with a sense of safety");
            assertTrue(practice.path("remembered").toString().contains("plant a rose"), practice.toString());
        });
    }

    private interface Visit {
        void by(Visitor participant) throws Exception;
    }

    private static void visit(String protocol, Visit visit) throws Exception {
        ObjectNode plan = JSON.createObjectNode()
                .put("protocol", protocol)
                .put("participant", "P05")
                .put("atOnce", true);
        Visitor.Answer begun = operator.post("/visits", plan);
        assertEquals(200, begun.status(), begun.text());
        visit.by(lab.joined(operator));
        ended(begun.json().path("session").asText());
    }

    /** The activity of this title; whatever comes before it is skipped. */
    private static JsonNode shown(Visitor participant, String title) throws Exception {
        JsonNode[] found = new JsonNode[1];
        until(title, () -> {
            JsonNode now = participant
                    .get("/participant/now")
                    .json()
                    .path("activities")
                    .path(0);
            if (now.path("title").asText().equals(title)) {
                found[0] = now;
            } else if (now.has("activity")) {
                answer(participant, now, true, JSON.createObjectNode());
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static JsonNode answer(Visitor participant, JsonNode activity, boolean skips, ObjectNode fields)
            throws Exception {
        String id = activity.path("activity").asText();
        ObjectNode answer = JSON.createObjectNode()
                .put(
                        "id",
                        "test-" + "0".repeat(16) + id + activity.path("shown").asLong())
                .put("slot", activity.path("slot").asText())
                .put("activity", id)
                .put("skipped", skips);
        answer.set("fields", fields);
        return participant.post("/participant/answers", answer).json();
    }

    /** Ends a session and waits for what it leaves, after which the next can begin. */
    private static void ended(String session) throws Exception {
        ObjectNode why = JSON.createObjectNode().put("reason", "the test is over");
        assertEquals(200, operator.post("/session/abort", why).status());
        until(
                "the summary",
                () -> operator.get("/visits/" + session + "/summary.json").status() == 200);
    }

    private static JsonNode open(Visitor participant) throws Exception {
        return participant.get("/participant/now").json().path("asks");
    }

    /** The same answer twice under one number; the first time nobody waits for what becomes of it. */
    private static void cutWhileSent(Visitor participant, JsonNode ask, boolean whole) throws Exception {
        JsonNode choice = ask.path("choices").path(0).path("value");
        ObjectNode answer = JSON.createObjectNode()
                .put("id", "test-" + "0".repeat(16) + ask.path("item").asText());
        answer.put("slot", ask.path("slot").asText())
                .put("item", ask.path("item").asText())
                .put("asked", ask.path("asked").asLong())
                .put("value", choice.asDouble());
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        URI url = URI.create(lab.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head = "POST /api/participant/answers HTTP/1.1\r\nHost: " + url.getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\nCookie: anodyne="
                    + participant.cookie() + "\r\nX-Anodyne-Csrf: "
                    + participant.get("/me").json().path("csrf").asText() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, whole ? body.length : body.length / 2);
            socket.getOutputStream().flush();
        }
        Visitor.Answer said = participant.post("/participant/answers", answer);
        assertEquals(200, said.status(), said.text());
        assertTrue(said.json().path("ok").asBoolean(), said.text());
        assertEquals(
                said.text(), participant.post("/participant/answers", answer).text());
    }

    @Test
    void atHomeThePageWorksWithoutAConnectionAndSendsEachEntryOnce() throws Exception {
        ObjectNode given = JSON.createObjectNode().put("participant", "P02");
        given.putObject("plan")
                .put("programme", "pain-cbt")
                .put("diary", true)
                .putArray("ratings")
                .add("nrs")
                .add("phq-4");
        ObjectNode ofStaff = JSON.createObjectNode().put("participant", "P02");
        ofStaff.putObject("plan").putArray("ratings").add("adverse-event-report");
        assertEquals(404, operator.post("/home/codes", ofStaff).status(), "a form of staff was given to a participant");
        Visitor.Answer made = operator.post("/home/codes", given);
        assertEquals(200, made.status(), made.text());
        Visitor participant = lab.visitor();
        assertEquals(
                200,
                participant
                        .enter("join", "code", made.json().path("code").asText())
                        .status());
        assertEquals(403, participant.get("/home/entries").status());

        try (Screen screen = Screen.open(lab)) {
            screen.as(participant).go("/participant");
            for (int width : new int[] {360, 2560}) {
                screen.theme(width == 360 ? "dark" : "light")
                        .size(width, 900)
                        .go("/participant")
                        .see(".tile");
                screen.assertAccessible("home, " + width);
                screen.assertFits("home, " + width);
            }
            screen.driver()
                    .executeAsyncScript("const done = arguments[0]; navigator.serviceWorker.ready.then(() => done());");
            cut(screen, true);
            screen.go("/participant").see("a[href='#rating/nrs']").click();
            screen.see(".number-choice:nth-child(7)").click();
            screen.see(".go .main").click();
            screen.awaitText("Thank you. It is kept.");
            screen.see("a[href='#session/1']").click();
            screen.see("article.page");
            screen.see(".go .main").click();
            screen.see("form.exercise textarea").sendKeys("<img src=x onerror=alert(1)> in my words");
            screen.driver().navigate().refresh();
            screen.see("form.exercise");
            until("the draft", () -> screen.see("form.exercise textarea")
                    .getDomProperty("value")
                    .contains("in my words"));
            until("both are kept", () -> screen.see(".sent").getText().contains("not sent yet: 2"));
            assertEquals(0, sent("P02").size());
            cut(screen, false);
            until("two entries", () -> sent("P02").size() == 2);
            screen.driver().navigate().refresh();
            until("all sent", () -> screen.see(".sent").getText().contains("All sent"));
        }
        JsonNode entries = sent("P02");
        assertEquals(2, entries.size());
        JsonNode rating = entries.get(0).path("kind").asText().equals("rating") ? entries.get(0) : entries.get(1);
        assertEquals(6, rating.at("/body/score/scores/pain").asInt(), rating.toString());
        Path table = lab.home().resolve("data/home/sub-P02/phenotype/nrs.tsv");
        assertTrue(java.nio.file.Files.readString(table).lines().skip(1).allMatch(l -> l.endsWith("\t6\t6")));
        operator.post("/home/end", JSON.createObjectNode().put("participant", "P02"));
        assertEquals(401, participant.get("/home/plan").status());
    }

    @Test
    void anAnswerFromHomeThatSomebodyHasToSeeStandsBeforeTheOperatorUntilItIsSeen() throws Exception {
        ObjectNode given = JSON.createObjectNode().put("participant", "P03");
        given.putObject("plan").putArray("ratings").add("phq-9");
        String code = operator.post("/home/codes", given).json().path("code").asText();
        Visitor participant = lab.visitor();
        assertEquals(200, participant.enter("join", "code", code).status());
        ObjectNode entry = JSON.createObjectNode()
                .put("id", "0123456789abcdef-home")
                .put("kind", "rating")
                .put("made", "2026-03-01T08:30:00Z");
        ObjectNode body = entry.putObject("body").put("instrument", "phq-9").put("version", "1");
        ObjectNode answers = body.putObject("answers");
        for (int item = 1; item <= 8; item++) {
            answers.put(String.valueOf(item), 0);
        }
        answers.put("9", 1);
        for (int time = 0; time < 2; time++) {
            Visitor.Answer said = participant.post("/home/entries", entry);
            assertTrue(said.json().path("ok").asBoolean(), said.text());
        }
        assertEquals(403, participant.get("/alerts").status());
        assertEquals(1, operator.get("/alerts").json().path("alerts").size());
        try (Screen screen = Screen.open(lab)) {
            screen.as(operator).go("/operator");
            screen.awaitText("P03 at home");
            screen.assertAccessible("an alert from home");
            screen.see(".alert button").click();
            until(
                    "it is seen",
                    () -> screen.driver().findElements(By.cssSelector(".alert")).isEmpty());
        }
        assertEquals(0, operator.get("/alerts").json().path("alerts").size());
        participant.post("/home/entries", entry);
        assertEquals(0, operator.get("/alerts").json().path("alerts").size());
    }

    private static JsonNode sent(String participant) throws Exception {
        return operator.get("/home/entries?participant=" + participant).json().path("entries");
    }

    private static String heading(Screen screen) {
        return screen.driver().findElements(By.cssSelector("h1")).stream()
                .findFirst()
                .map(e -> String.valueOf(screen.driver().executeScript("return arguments[0].textContent", e)))
                .orElse("");
    }

    private static void cut(Screen screen, boolean away) {
        screen.driver().executeCdpCommand("Network.enable", Map.of());
        screen.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", away, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }
}
