package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each role tries requests, pages and topics of the others, while a session waits to be begun. */
@Tag("beside")
class RolesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL = """
            anodyne: 1
            id: rest
            title: Rest with a rating
            seed: 3
            slots:
              eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz}}
              nrs: {plugin: ratings}
            phases:
              - id: rest
                duration: 5 min
                slots: [eeg, nrs]
                ratings:
                  - {slot: nrs, item: pain, at: start, within: 4 min}
            """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;
    private static Visitor assessor;
    private static Visitor participant;
    private static String session;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("rest", PROTOCOL);
        operator = lab.account("Olu Operator", "operator");
        assessor = lab.account("Asa Assessor", "assessor");
        Visitor.Answer begun = operator.post("/visits", node("protocol", "rest", "participant", "P01"));
        assertEquals(200, begun.status(), begun.text());
        session = begun.json().path("session").asText();
        participant = lab.joined(operator);
    }

    private static ObjectNode node(String... fields) {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < fields.length; i += 2) {
            node.put(fields[i], fields[i + 1]);
        }
        return node;
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    /** Requests and who may make them; those that may are not all made: some would end the session. */
    private static Map<String, Set<String>> requests() {
        Set<String> operators = Set.of("administrator", "operator");
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (String request : List.of(
                "GET /session",
                "GET /visits",
                "GET /visits/x/report.html",
                "GET /protocols",
                "GET /protocols/rest",
                "GET /plugins",
                "GET /participants",
                "GET /participants/P01",
                "GET /safety",
                "GET /safety/checklists",
                "POST /visits",
                "POST /check",
                "POST /stop",
                "POST /session/pause",
                "POST /session/abort",
                "POST /session/code",
                "POST /session/swap",
                "POST /safety/screen",
                "POST /safety/reset",
                "PUT /protocols/x",
                "DELETE /protocols/x")) {
            all.put(request, operators);
        }
        for (String request : List.of("GET /accounts", "POST /accounts", "POST /accounts/x", "GET /audit")) {
            all.put(request, Set.of("administrator"));
        }
        all.put("GET /participant/now", Set.of("participant"));
        all.put("POST /participant/answers", Set.of("participant"));
        all.put("GET /live", Set.of("administrator", "operator", "participant"));
        return all;
    }

    @Test
    void eachRoleIsRefusedWhatIsNotItsOwn() throws Exception {
        Map<String, Visitor> visitors = Map.of(
                "stranger", lab.visitor(), "operator", operator, "assessor", assessor, "participant", participant);
        for (Map.Entry<String, Set<String>> request : requests().entrySet()) {
            String[] parts = request.getKey().split(" ");
            for (Map.Entry<String, Visitor> who : visitors.entrySet()) {
                if (request.getValue().contains(who.getKey())) {
                    continue;
                }
                Visitor.Answer answer =
                        who.getValue().send(parts[0], "/api" + parts[1], parts[0].equals("GET") ? null : "{}");
                int wanted = who.getKey().equals("stranger") ? 401 : 403;
                assertEquals(wanted, answer.status(), who.getKey() + " asks " + request.getKey());
            }
        }
        assertEquals("READY", ready(), "the session was touched");
    }

    private static String ready() throws Exception {
        until("the session is ready", () -> state().equals("READY"));
        return state();
    }

    private static String state() throws Exception {
        return operator.get("/session").json().path("state").asText();
    }

    @Test
    void aParticipantLearnsNothingButWhatIsAsked() throws Exception {
        String now = participant.get("/participant/now").text();
        assertEquals("waiting", JSON.readTree(now).path("state").asText(), now);
        assertFalse(now.contains("synthetic") || now.contains("rest") || now.contains("eeg"), now);
        String me = assessor.get("/me").text();
        assertFalse(me.contains(session), me);
    }

    @Test
    void aCodeOpensOneSessionOnlyAndWrongOnesAreSlowed() throws Exception {
        assertEquals(session, participant.get("/me").json().path("session").asText());
        Visitor guesser = lab.visitor();
        int refused = 0;
        for (int i = 0; i < 6; i++) {
            int status = guesser.enter("join", "code", "AAAA-AAA" + (i + 2)).status();
            assertTrue(status == 403 || status == 429, "status " + status);
            refused += status == 429 ? 1 : 0;
        }
        assertTrue(refused > 0, "guessing was not slowed");
    }

    @Test
    void eachRoleThatOpensAPageOfOthersFindsItselfOnItsOwn() throws Exception {
        Map<String, Set<String>> own = Map.of(
                "operator", Set.of("/operator", "/workshop", "/accounts"),
                "assessor", Set.of("/assessor", "/accounts"),
                "participant", Set.of("/participant"));
        Map<String, Visitor> visitors = Map.of("operator", operator, "assessor", assessor, "participant", participant);
        try (Screen screen = Screen.open(lab)) {
            for (Map.Entry<String, Visitor> who : visitors.entrySet()) {
                screen.as(who.getValue());
                for (String page : List.of("/operator", "/workshop", "/accounts", "/assessor", "/participant")) {
                    screen.go(page).see("main");
                    String path = URI.create(screen.driver().getCurrentUrl()).getPath();
                    String wanted = own.get(who.getKey()).contains(page) ? page : "/" + who.getKey();
                    assertEquals(wanted, path, who.getKey() + " opens " + page);
                }
            }
        }
    }

    @Test
    void eachRoleHearsOnlyItsTopics() throws Exception {
        try (Screen screen = Screen.open(lab)) {
            screen.as(participant).go("/participant");
            assertEquals(
                    List.of(
                            "anodyne/1/lab/" + session + "/event/+/ask: ok",
                            "anodyne/1/lab/another/event/+/ask: refused",
                            "anodyne/1/lab/+/event/+/ask: refused",
                            "anodyne/1/lab/" + session + "/event/session/plan: refused",
                            "anodyne/1/lab/" + session + "/state/session: refused",
                            "anodyne/1/lab/control/reply: refused"),
                    heard(
                            screen,
                            session + "/event/+/ask",
                            "another/event/+/ask",
                            "+/event/+/ask",
                            session + "/event/session/plan",
                            session + "/state/session",
                            "control/reply"));
            screen.as(operator).go("/operator");
            assertEquals(
                    List.of(
                            "anodyne/1/lab/+/sample/#: ok",
                            "anodyne/1/lab/control/#: refused",
                            "anodyne/1/lab/#: refused"),
                    heard(screen, "+/sample/#", "control/#", "#"));
        }
    }

    /** What the bus says to each subscription, asked with the page's own identity. */
    private static Object heard(Screen screen, String... filters) {
        return screen.driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1], filters = arguments[0];
                (async () => {
                  const {default: mqtt} = await import('mqtt');
                  const where = await (await fetch('/api/live')).json();
                  const client = mqtt.connect(where.url, {protocolVersion: 5, username: where.username, password: where.password, clientId: `page-${where.username}-1`, timerVariant: 'native'});
                  client.on('error', e => done('error: ' + e));
                  client.on('connect', async () => {
                    const said = [];
                    for (const rest of filters) {
                      const filter = `anodyne/1/${where.site}/${rest}`;
                      await new Promise(next => client.subscribe(filter, {qos: 1}, e => { said.push(filter + (e ? ': refused' : ': ok')); next(); }));
                    }
                    client.end(true);
                    done(said);
                  });
                })().catch(e => done('failed: ' + e));
                """, List.of(filters));
    }
}
