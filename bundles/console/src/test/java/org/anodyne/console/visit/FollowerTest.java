package org.anodyne.console.visit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page that is opened in the middle of a session is told of it. */
class FollowerTest {
    private static final String SESSION = "s1";

    private final List<Consumer<Message>> heard = new ArrayList<>();
    private final List<String> planned = new ArrayList<>();
    private Follower follower;

    @BeforeEach
    void follow() {
        follower = new Follower(bus(), (session, plan) -> planned.add(session));
        event(
                "session",
                "plan",
                0,
                Map.of("slots", List.of(Map.of("slot", "nrs", "parameters", Map.of("arm", "sham")))));
    }

    /** Takes subscriptions and nothing else. */
    @SuppressWarnings("unchecked")
    private MessageBus bus() {
        return (MessageBus) Proxy.newProxyInstance(
                MessageBus.class.getClassLoader(),
                new Class<?>[] {MessageBus.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "site" -> "lab";
                    case "subscribe" -> {
                        if (arguments[0].toString().endsWith("/event/#")) {
                            heard.add((Consumer<Message>) arguments[1]);
                        }
                        yield CompletableFuture.completedFuture((MessageBus.Subscription) () -> {});
                    }
                    default -> throw new AssertionError(method + " is not expected");
                });
    }

    private void event(String slot, String type, long nanos, Map<String, Object> attributes) {
        Message m = new Message(
                Topic.of("lab", SESSION, Topic.Kind.EVENT, slot, type),
                new Envelope(1, "test", heard.size(), nanos, nanos),
                new Payload.Document(type, nanos, attributes),
                nanos);
        heard.forEach(h -> h.accept(m));
    }

    private void ask(String item, long nanos) {
        event("nrs", "ask", nanos, Map.of("item", item, "text", "How strong is your pain?"));
    }

    private List<?> asks() {
        return (List<?>) follower.forParticipant(SESSION).get("asks");
    }

    @Test
    void aQuestionIsOpenUntilItIsAnswered() {
        ask("pain", 5);
        assertTrue(follower.asks("nrs", "pain", 5));
        assertFalse(follower.asks("nrs", "pain", 4), "another time is another question");
        assertEquals(1, asks().size());
        event("nrs", "answer", 6, Map.of("item", "pain", "value", 4.0));
        assertFalse(follower.asks("nrs", "pain", 5));
        assertFalse(follower.closedUnanswered("nrs", "pain", 5), "it was answered");
        assertEquals(List.of(), asks());
    }

    @Test
    void aQuestionThatNobodyAnsweredInTimeIsKnownAsSuch() {
        ask("pain", 5);
        event("nrs", "answer", 65, Map.of("item", "pain", "missing", true, "reason", "no answer within 60 s"));
        assertTrue(follower.closedUnanswered("nrs", "pain", 5));
        ask("pain", 100);
        assertTrue(follower.asks("nrs", "pain", 100));
        assertFalse(follower.closedUnanswered("nrs", "pain", 100));
        assertTrue(follower.closedUnanswered("nrs", "pain", 5), "forgotten when it was asked again");
    }

    @Test
    void notesForWhoeverGuidesAreForTheOperatorAlone() {
        event("nrs", "activity", 5, Map.of("activity", "first", "title", "A page", "guidance", "ask how it was"));
        assertTrue(follower.forOperator(SESSION).get("activities").toString().contains("ask how it was"));
        List<?> shown = (List<?>) follower.forParticipant(SESSION).get("activities");
        assertEquals(1, shown.size());
        assertFalse(shown.toString().contains("ask how it was"), shown.toString());
    }

    @Test
    void aDeclinedQuestionIsNotKnownAsOneThatWasLate() {
        ask("pain", 5);
        event("nrs", "answer", 6, Map.of("item", "pain", "missing", true, "declined", true));
        assertFalse(follower.asks("nrs", "pain", 5));
        assertFalse(follower.closedUnanswered("nrs", "pain", 5));
    }

    @Test
    void sicknessAndFlashesAreAlerts() {
        for (String type : List.of("fms-pause", "fms-stop", "flash-limit")) {
            event("display", type, 7, Map.of("limit", 7));
        }
        assertEquals(3, ((List<?>) follower.forOperator(SESSION).get("alerts")).size());
    }

    @Test
    void nothingOfOneSessionIsToldOfAnother() {
        ask("pain", 5);
        assertEquals(List.of(SESSION), planned);
        assertEquals(List.of(), follower.forParticipant("s2").get("asks"));
        assertEquals(Map.of(), follower.forOperator("s2"));
    }

    @Test
    void parametersThatMayTellAnArmStayOutOfThePlan() {
        assertFalse(follower.forOperator(SESSION).toString().contains("sham"));
    }
}
