package org.anodyne.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.host.CommandGate.Sight;
import org.anodyne.host.CommandGate.Subject;
import org.anodyne.host.SessionInfo;
import org.anodyne.plugin.Parameters;
import org.anodyne.safety.screen.Checklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may be shown a world: in a headset only the screened, on a screen whoever nothing is known against. */
class WorldScreeningTest {
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

    private Optional<String> objection(String participant, Sight sight) {
        return h.gate.objectionToShowing(House.real("s1", participant, "display"), sight);
    }

    private void objects(Sight sight, String... words) {
        String said = objection("P01", sight).orElseThrow(() -> new AssertionError("it may be shown by " + sight));
        for (String w : words) {
            assertTrue(said.contains(w), said);
        }
    }

    private void answer(Map<String, Object> differently, Map<String, Object> decisions) {
        Map<String, Object> answers = new HashMap<>();
        Checklist.of("vr").orElseThrow().items().forEach(i -> answers.put(i.id(), i.yesIsFine()));
        answers.putAll(differently);
        Map<String, Object> said = h.desk.ask(
                "screen",
                Map.of("participant", "P01", "modality", "vr", "by", "A", "answers", answers, "decisions", decisions));
        assertEquals(true, said.get("ok"), said.toString());
    }

    @Test
    void aHeadsetNeedsAScreeningThatHolds() {
        objects(
                Sight.HEADSET,
                "participant P01 has no screening for virtual reality",
                "./anodyne screening vr --participant P01");
        h.screen("P01", "tens");
        objects(Sight.HEADSET, "no screening for virtual reality");
        h.screen("P01", "vr");
        assertEquals(Optional.empty(), objection("P01", Sight.HEADSET));
        assertTrue(objection("P02", Sight.HEADSET).isPresent());
        h.clock.plus(Duration.ofDays(31));
        objects(Sight.HEADSET, "it was valid until");
    }

    @Test
    void blockingAnswersBlockWhateverAnybodyDecides() {
        Map<String, Object> decision = Map.of("admitted", true, "name", "B", "reason", "long ago");
        answer(Map.of("seizure-by-light", true), Map.of("seizure-by-light", decision));
        objects(Sight.HEADSET, "'seizure-by-light' was answered yes", "no decision changes that");
        answer(Map.of("motion-sickness", true), Map.of());
        objects(Sight.HEADSET, "'motion-sickness'", "has to decide and sign");
        answer(Map.of("motion-sickness", true), Map.of("motion-sickness", decision));
        assertEquals(Optional.empty(), objection("P01", Sight.HEADSET));
    }

    @Test
    void onAScreenOnlyWhatIsKnownOfSeizuresCountsAndThatForGood() {
        assertEquals(Optional.empty(), objection("P01", Sight.SCREEN));
        answer(Map.of("motion-sickness", true, "balance", true), Map.of());
        assertEquals(Optional.empty(), objection("P01", Sight.SCREEN));
        answer(Map.of("seizure-by-light", true), Map.of());
        h.clock.plus(Duration.ofDays(400));
        objects(Sight.SCREEN, "speaks against moving pictures", "'seizure-by-light' was answered yes");
        assertEquals(Optional.empty(), objection("P01", Sight.NOTHING));
        answer(Map.of("epilepsy", true), Map.of());
        objects(Sight.SCREEN, "'epilepsy'", "has to decide and sign");
        answer(
                Map.of("epilepsy", true),
                Map.of("epilepsy", Map.of("admitted", true, "name", "B", "reason", "not by light")));
        assertEquals(Optional.empty(), objection("P01", Sight.SCREEN));
    }

    @Test
    void simulatedSessionsAreNotAskedAndNobodyIsNotScreened() {
        assertEquals(
                Optional.empty(),
                h.gate.objectionToShowing(House.simulated("s1", "P01", "display", ""), Sight.HEADSET));
        Subject nobody = new Subject(SessionInfo.nobody("s1"), "s", "display", "");
        assertTrue(
                h.gate.objectionToShowing(nobody, Sight.HEADSET).orElseThrow().contains("has no participant"));
        assertEquals(Optional.empty(), h.gate.objectionToShowing(nobody, Sight.SCREEN));
    }

    @Test
    void howLongAWorldMayBeSeenIsTheSitesPolicyToTell() throws Exception {
        Map<?, ?> limits = (Map<?, ?>) h.desk.ask("limits", Map.of()).get("limits");
        Map<?, ?> longest = (Map<?, ?>) limits.get("vr.continuous.minutes");
        assertEquals(30.0, longest.get("value"));
        assertTrue(String.valueOf(longest.get("source")).contains("unverified"), longest.toString());
        h.policy("limit vr.continuous.minutes = 20\n");
        limits = (Map<?, ?>) h.desk.ask("limits", Map.of()).get("limits");
        assertEquals(20.0, ((Map<?, ?>) limits.get("vr.continuous.minutes")).get("value"));
        h.policy("limit vr.continuous.minutes = 31\n");
        assertEquals(false, h.desk.ask("limits", Map.of()).get("ok"));
    }

    @Test
    void aDisplayThatDoesNotSayWhoSeesItCountsAsAHeadset() {
        assertEquals(Sight.HEADSET, Sight.of(new Parameters(Map.of())));
        assertEquals(Sight.HEADSET, Sight.of(new Parameters(Map.of("mode", "headset"))));
        assertEquals(Sight.HEADSET, Sight.of(new Parameters(Map.of("mode", "dome"))));
        assertEquals(Sight.SCREEN, Sight.of(new Parameters(Map.of("mode", "window"))));
        assertEquals(Sight.SCREEN, Sight.of(new Parameters(Map.of("mode", "borderless"))));
        assertEquals(Sight.NOTHING, Sight.of(new Parameters(Map.of("mode", "headless"))));
    }
}
