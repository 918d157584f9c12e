package org.anodyne.safety;

import static org.anodyne.safety.House.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.host.SessionInfo;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginPorts.ActionInfo;
import org.anodyne.plugin.PluginPorts.ArgumentInfo;
import org.anodyne.safety.limit.SitePolicy;
import org.anodyne.safety.screen.Checklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyAndScreeningTest {
    private static final Subject TENS = real("s1", "P01", "tens-rehastim");

    @TempDir
    private Path folder;

    private House h;

    @BeforeEach
    void open() {
        h = new House(folder);
    }

    @AfterEach
    void close() {
        h.close();
    }

    private Command burst(double milliampere) {
        return h.command("burst", "amplitude", milliampere, "pulseWidth", 500, "frequency", 10, "duration", 1);
    }

    private void refused(Acknowledgement a, String... words) {
        assertEquals(Outcome.REFUSED, a.outcome(), a.toString());
        for (String w : words) {
            assertTrue(a.reason().contains(w), a.reason());
        }
    }

    @Test
    void aSiteMayLowerALimitAndItIsTold() throws Exception {
        h.screen("P01", "tens");
        h.policy("# ours\nlimit tens.charge.microcoulombPerPhase = 20 # lower\n");
        refused(h.pass(TENS, burst(50)), "25 uC", "the limit is 20 uC", "policy of this site");
        assertEquals(Outcome.EXECUTED, h.pass(TENS, burst(40)).outcome());
        Map<?, ?> policy =
                (Map<?, ?>) h.gate.begin(new SessionInfo("s1", "P01", false)).get("policy");
        assertEquals(64, String.valueOf(policy.get("sha256")).length());
        assertTrue(String.valueOf(policy.get("text")).contains("# ours"));
        assertEquals(20.0, ((Map<?, ?>) policy.get("limits")).get("tens.charge.microcoulombPerPhase"));
    }

    @Test
    void raisingNeedsANamedApprovalAndEndsWithIt() throws Exception {
        h.screen("P01", "tens");
        h.policy(
                "raise tens.charge.microcoulombPerPhase = 40 by \"Head\" on 2026-11-01 until 2026-11-03 because \"x\"");
        assertEquals(Outcome.EXECUTED, h.pass(TENS, burst(70)).outcome());
        refused(h.pass(TENS, burst(90)), "the limit is 40 uC", "raised for this site by Head until 2026-11-03");
        h.clock.plus(Duration.ofDays(2));
        refused(h.pass(TENS, burst(70)), "the limit is 30 uC");
    }

    @Test
    void aPolicyWithFaultsPermitsNothingAndNamesLines() throws Exception {
        h.screen("P01", "tens");
        h.policy("\nlimit tens.charge.microcoulombPerPhase = 31\n");
        refused(h.pass(TENS, burst(1)), "nothing is actuated", "line 2: ", "needs an approval");
        SitePolicy p = SitePolicy.parse(String.join(
                "\n",
                "limit tens.charge = 1",
                "limit tes.current.milliampere = NaN",
                "limit tes.ramp.seconds = 3",
                "raise tes.current.milliampere = 5 by \"A\" on 2026-01-01 until 2026-02-01 because \"x\"",
                "raise tes.density.milliamperePerSquareCentimetre = 0.1 by \" \" on 2026-01-01 until 2026-02-01 because \"x\"",
                "raise tes.ramp.seconds = 5 by \"A\" on 2026-13-01 until 2026-02-01 because \"x\"",
                "modality x = laser",
                "nonsense",
                "limit tes.current.milliampere = 2",
                "limit tes.current.milliampere = 3"));
        assertEquals(9, p.faults().size(), p.faults().toString());
        List<String> words = List.of(
                "line 1: no limit is called",
                "line 2: 'NaN' is no number",
                "line 3: tes.ramp.seconds = 3 permits more",
                "line 4: tes.current.milliampere = 5 goes beyond 4",
                "line 5: an approval names who",
                "line 6: '2026-13-01' is no date",
                "line 7: 'laser' is no kind",
                "line 8: 'nonsense' is no statement",
                "line 10: tes.current.milliampere is limited twice");
        for (int i = 0; i < words.size(); i++) {
            assertTrue(p.faults().get(i).startsWith(words.get(i)), p.faults().get(i));
        }
    }

    private Map<String, Object> enter(Map<String, Object> differently, Map<String, Object> decisions) {
        Map<String, Object> answers = new HashMap<>();
        Checklist.of("tens").orElseThrow().items().forEach(i -> answers.put(i.id(), i.yesIsFine()));
        answers.putAll(differently);
        return h.desk.ask(
                "screen",
                Map.of(
                        "participant",
                        "P01",
                        "modality",
                        "tens",
                        "by",
                        "A",
                        "answers",
                        answers,
                        "decisions",
                        decisions));
    }

    @Test
    void blockingAnswersBlockWhateverAnybodyDecides() {
        enter(Map.of("pacemaker", true), Map.of("pacemaker", Map.of("admitted", true, "name", "B", "reason", "fine")));
        refused(h.pass(TENS, burst(10)), "'pacemaker' was answered yes", "no decision changes that");
    }

    @Test
    void otherAnswersNeedASignedDecision() {
        enter(Map.of("epilepsy", true), Map.of());
        refused(h.pass(TENS, burst(10)), "'epilepsy'", "physician or the principal investigator has to decide");
        enter(Map.of("epilepsy", true), Map.of("epilepsy", Map.of("admitted", false, "name", "B", "reason", "no")));
        refused(h.pass(TENS, burst(10)), "B decided against it: no");
        assertEquals(
                false,
                enter(Map.of("epilepsy", true), Map.of("epilepsy", Map.of("admitted", true, "name", " ")))
                        .get("ok"));
        enter(Map.of("epilepsy", true), Map.of("epilepsy", Map.of("admitted", true, "name", "B", "reason", "far off")));
        assertEquals(Outcome.EXECUTED, h.pass(TENS, burst(10)).outcome());
    }

    @Test
    void aScreeningEndsAndMustBeWhole() {
        h.screen("P01", "tens");
        h.clock.plus(Duration.ofDays(31));
        refused(h.pass(TENS, burst(10)), "it was valid until");
        Map<String, Object> said = h.desk.ask(
                "screen",
                Map.of(
                        "participant",
                        "P01",
                        "modality",
                        "tens",
                        "by",
                        "A",
                        "answers",
                        Map.of("pacemaker", false, "x", true)));
        assertEquals(false, said.get("ok"));
        assertTrue(said.get("message").toString().contains("no question 'x'"), said.toString());
        assertTrue(said.get("message").toString().contains("'epilepsy' is not answered"), said.toString());
    }

    @Test
    void everyChecklistCanBeAnswered() {
        for (String modality : Checklist.MODALITIES) {
            h.screen("P01", modality);
            Map<String, Object> said = h.desk.ask("checklist", Map.of("modality", modality));
            assertTrue(said.get("note").toString().contains("unverified"), modality);
        }
        assertEquals(
                5,
                ((List<?>) h.desk.ask("screenings", Map.of("participant", "P01"))
                                .get("screenings"))
                        .size());
    }

    @Test
    void whatWouldBeRefusedWhateverIsCommandedIsKnownBeforehand() throws Exception {
        List<ActionInfo> burst = List.of(new ActionInfo("burst", List.of(new ArgumentInfo("amplitude", "mA", 0, 130))));
        ActionInfo count = new ActionInfo("count", List.of(new ArgumentInfo("value", "1", 0, 255)));
        String objection = h.gate.objectionToActing(TENS, burst).orElseThrow();
        assertTrue(objection.contains("participant P01 has no screening for"), objection);
        assertTrue(objection.contains("./anodyne screening tens --participant P01"), objection);
        // The command says the same, armed or not.
        refused(h.gate.pass(TENS, burst(10), h.time, false, true, h.device), objection);
        // Something that stimulates nobody may pass.
        assertTrue(h.gate.objectionToActing(TENS, List.of(burst.get(0), count)).isEmpty());
        assertTrue(h.gate.objectionToActing(new Subject(new SessionInfo("s1", "P01", true), "tens", "tens", ""), burst)
                .isEmpty());
        h.screen("P01", "tens");
        assertTrue(h.gate.objectionToActing(TENS, burst).isEmpty());
        h.policy("nonsense");
        assertTrue(h.gate.objectionToActing(TENS, burst).orElseThrow().contains("has faults"));
    }

    @Test
    void aStopIsLatchedAndOutlivesTheProcess() {
        h.screen("P01", "tens");
        h.safety.stop().set("the participant said stop");
        refused(h.pass(TENS, burst(10)), "emergency stop is latched", "the participant said stop", "./anodyne reset");
        try (House again = new House(folder, h.clock)) {
            assertTrue(again.gate.objectionToArming(TENS).isPresent());
            assertEquals(false, again.desk.ask("reset", Map.of("by", "A")).get("ok"));
            assertEquals(
                    true,
                    again.desk
                            .ask("reset", Map.of("by", "A", "reason", "all well"))
                            .get("ok"));
        }
        assertEquals(Outcome.EXECUTED, h.pass(TENS, burst(10)).outcome());
    }
}
