package org.anodyne.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.bus.LiveGate.Grant;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Role;
import org.junit.jupiter.api.Test;

class LiveAdmissionTest {
    private boolean gone;
    private final LiveAdmission admission = new LiveAdmission("lab", b -> !gone);

    private static Browser browser(Role role, String session) {
        return new Browser(
                "id-" + role,
                "cookie",
                "csrf",
                role,
                "X",
                session,
                Instant.now().plusSeconds(60));
    }

    @Test
    void whatEachRoleMayHear() {
        Grant participant = admission.grant(browser(Role.PARTICIPANT, "s1"));
        assertTrue(
                participant.hear().stream().allMatch(f -> f.startsWith("anodyne/1/lab/s1/event/")),
                participant.toString());
        assertEquals(List.of(), participant.say());
        assertEquals(new Grant(List.of(), List.of()), admission.grant(browser(Role.PARTICIPANT, "")));
        assertEquals(new Grant(List.of(), List.of()), admission.grant(browser(Role.ASSESSOR, "")));
        Grant operator = admission.grant(browser(Role.OPERATOR, ""));
        // Requests go through the console, which knows who asks.
        assertTrue(operator.hear().stream().noneMatch(f -> f.contains("control") || f.contains("lease")));
        assertEquals(List.of("anodyne/1/lab/stop"), operator.say());
        assertTrue(
                operator.hear().stream().noneMatch(f -> f.contains("/feature/") || f.contains("mirror")),
                "of no session, before its plan is known: " + operator.hear());
    }

    private static Map<String, Object> slot(String name, String kind, String code, String... features) {
        return Map.of(
                "slot",
                name,
                "kind",
                kind,
                "parameters",
                code.isEmpty() ? Map.of() : Map.of("allocation", code),
                "features",
                Map.of("in", List.of(features)));
    }

    private static Map<String, Object> plan(String code) {
        return Map.of(
                "slots",
                List.of(
                        slot("eeg", "SOURCE", ""),
                        slot("alpha", "PROCESSOR", ""),
                        slot("feedback", "PROCESSOR", code, "alpha/power"),
                        slot("garden", "SCENE", "", "feedback/level"),
                        slot("loop", "INTERVENTION", "", "feedback/level.level"),
                        slot("display", "DISPLAY", "")));
    }

    @Test
    void anOperatorHearsAllOfAnOpenSession() {
        admission.planned("s1", plan(""));
        List<String> hear = admission.grant(browser(Role.OPERATOR, "")).hear();
        for (String rest : List.of("s1/feature/#", "s1/event/#", "mirror/s1")) {
            assertTrue(hear.contains("anodyne/1/lab/" + rest), hear.toString());
        }
    }

    @Test
    void whatWouldTellASealedArmIsNotHeard() {
        admission.planned("s1", plan("AAAA-AAAA-AAAA-AAAA-AAAA"));
        admission.planned("s2", plan(""));
        for (String topic : List.of(
                "s1/feature/alpha/power",
                "s1/event/eeg/gap",
                "s1/event/session/phase",
                "s1/event/feedback/swap",
                "s1/event/display/display-lost",
                "s1/sample/eeg/eeg",
                "s2/feature/feedback/level",
                "s2/event/display/dial",
                "mirror/s2")) {
            assertTrue(heard(topic), topic);
        }
        for (String topic : List.of(
                "s1/feature/feedback/level",
                "s1/feature/feedback/reward",
                "s1/feature/garden/hits",
                "s1/event/display/dial",
                "s1/event/display/driven",
                "s1/event/display/scene-shown",
                "s1/event/display/chime",
                "s1/event/loop/decision",
                "s3/feature/alpha/power",
                "mirror/s1")) {
            assertTrue(!heard(topic), topic);
        }
    }

    /** Whether an operator may hear a topic. */
    private boolean heard(String topic) {
        String[] t = ("anodyne/1/lab/" + topic).split("/");
        return admission.grant(browser(Role.OPERATOR, "")).hear().stream().anyMatch(filter -> {
            String[] f = filter.split("/");
            for (int i = 0; i < f.length; i++) {
                if (f[i].equals("#")) {
                    return true;
                }
                if (i >= t.length || !f[i].equals("+") && !f[i].equals(t[i])) {
                    return false;
                }
            }
            return f.length == t.length;
        });
    }

    @Test
    void aTokenIsOfUseToItsBrowserUntilItIsWithdrawn() {
        Browser b = browser(Role.OPERATOR, "");
        String token = admission.token(b);
        assertEquals(token, admission.token(b));
        assertNotEquals(b.token(), token);
        assertTrue(admission.admit(b.id(), token).isPresent());
        assertEquals(Optional.empty(), admission.admit(b.id(), "x"));
        assertEquals(Optional.empty(), admission.admit("another", token));
        gone = true;
        assertEquals(Optional.empty(), admission.admit(b.id(), token), "an account that was closed meanwhile");
        gone = false;
        admission.withdraw(b.id());
        assertEquals(Optional.empty(), admission.admit(b.id(), token));
    }
}
