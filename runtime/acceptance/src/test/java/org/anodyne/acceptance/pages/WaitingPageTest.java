package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's page of a session that waits to be begun, when what it is told is late or broken. */
@Tag("beside")
class WaitingPageTest {
    private static final String PROTOCOL = """
            anodyne: 1
            id: rest
            title: Rest
            slots:
              eeg: {plugin: synthetic, parameters: {channels: 2, rate: 250 Hz}}
            phases:
              - {id: rest, duration: 5 min, slots: [eeg]}
            """;

    /** Lets through what the console says of the session, but for a change to it until the page is told that it is over. */
    private static final String CHANGED = """
            {
              const plain = window.fetch;
              window.fetch = async (address, options) => {
                const answer = await plain(address, options);
                if (!String(address).startsWith('/api/session') || window.changeIsOver) return answer;
                const said = await answer.json();
                %s;
                return new Response(JSON.stringify(said), {status: answer.status, headers: {'Content-Type': 'application/json'}});
              };
            }
            """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open(home.resolve("lab"));
        lab.protocol("rest", PROTOCOL);
        operator = lab.account("Olu Operator", "operator");
        Visitor.Answer begun = operator.post(
                "/visits",
                JsonNodeFactory.instance.objectNode().put("protocol", "rest").put("participant", "P01"));
        assertEquals(200, begun.status(), begun.text());
        until(
                "the session is ready",
                () -> operator.get("/session").json().path("state").asText().equals("READY"));
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    private static Screen changed(String change) throws Exception {
        Screen screen = Screen.open(lab).as(operator);
        screen.driver()
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", CHANGED.formatted(change)));
        screen.size(1280, 900).go("/operator");
        return screen;
    }

    @Test
    void aSessionWhosePlanIsNotKnownYetIsNotReadyAndThenIs() throws Exception {
        try (Screen screen = changed("if (said.follow) said.follow = {}")) {
            assertFalse(screen.button("Start").isEnabled(), "what is not known is ready");
            assertFalse(screen.text().contains("slots are ready"), screen.text());
            screen.driver().executeScript("window.changeIsOver = true");
            until("the plan is known", () -> screen.text().contains("All 1 slots are ready"));
            until("it can be started", () -> screen.button("Start").isEnabled());
            screen.press(screen.button("Code for the participant’s screen"));
            screen.awaitMatch("[2-9A-Z]{4}-[2-9A-Z]{4}");
            screen.assertNothingRefused();
        }
    }

    @Test
    void theStopIsThereWhateverElseFails() throws Exception {
        try (Screen screen = changed("if (said.follow) said.follow.plan = {slots: 5}")) {
            screen.awaitText("This part of the page has failed");
            assertTrue(screen.see("button.stop").isEnabled());
            screen.assertAccessible("a part that failed");
        }
    }
}
