package org.anodyne.programme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgrammeWalkTest {
    @TempDir
    Path folder;

    private FakeContext context;
    private ProgrammeWalk walk;

    @BeforeEach
    void begin() throws Exception {
        SmallProgramme.write(folder);
        context = FakeContext.of(parameters(Map.of()));
        walk = new ProgrammeWalk(context, new ShippedProgrammes(ProgrammeWalkTest.class, "none"));
        walk.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(5)));
        walk.start();
    }

    private Map<String, Object> parameters(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "programme", folder.toString(), "frame", "", "session", 1L, "delivery", "alone", "patience", 600.0));
        all.putAll(more);
        return all;
    }

    private static Phase phase(int index, double from, boolean active, Map<String, Object> parameters) {
        return new Phase(
                "p" + index, index, 0, Phases.nanos(from), OptionalLong.empty(), active, parameters, List.of());
    }

    private void at(double seconds) {
        context.lane().advanceTo(Phases.nanos(seconds));
    }

    private Activity shown() {
        List<Event> all = context.published().events(Activity.TYPE);
        return Activity.of(all.get(all.size() - 1));
    }

    private void answer(double seconds, Map<String, Object> fields) {
        at(seconds);
        ActivityAnswer answer = new ActivityAnswer(shown().id(), Phases.nanos(seconds), false, fields);
        assertEquals("", shown().objection(answer));
        walk.answered(answer);
    }

    private void skip(double seconds) {
        at(seconds);
        walk.answered(new ActivityAnswer(shown().id(), Phases.nanos(seconds), true, Map.of()));
    }

    @Test
    void whatWasWrittenAtAnEarlierVisitStandsBesideTheLaterPage() {
        walk.enterPhase(phase(0, 0, true, Map.of("session", 2L)));
        walk.answered(new ActivityAnswer(
                ActivityAnswer.RECOLLECTION,
                Phases.nanos(0.001),
                false,
                Map.of("one.thing", "my garden", "one.much", "no number", "gone.away", "of an older programme")));
        while (shown().kind() != Activity.Kind.PAGE) {
            skip(10);
        }
        assertEquals(Map.of("What is it?", "my garden"), shown().remembered());
        skip(20);
        assertEquals(Map.of("What is it?", "my garden"), shown().remembered());
    }

    @Test
    void thePlatformIsToldWhatToKeepForLaterVisits() {
        walk.enterPhase(phase(0, 0, true, Map.of("session", 1L)));
        skip(1);
        skip(2);
        Map<String, Object> asked = last("exercise-asked").attributes();
        assertEquals(List.of("thing"), asked.get("keeps"));
        assertEquals("small", asked.get("programme"));
    }

    private Event last(String type) {
        List<Event> all = context.published().events(type);
        return all.get(all.size() - 1);
    }

    @Test
    void aSessionIsWalkedThroughAndItsMinutesAreCounted() {
        walk.enterPhase(phase(0, 0, true, Map.of()));
        assertEquals(Activity.Kind.PAGE, shown().kind());
        assertEquals("", shown().guidance(), "nobody guides");
        answer(30, Map.of());
        assertEquals(Activity.Kind.PRACTICE, shown().kind());
        assertEquals(4, shown().prompts().size());
        at(50); // the practice ends by itself
        assertEquals(Phases.nanos(50), last("skill-practised").timeNanos());
        assertEquals(20 / 60.0, last("skill-practised").attributes().get("minutes"));
        assertEquals(true, last("skill-practised").attributes().get("whole"));
        answer(110, Map.of("thing", "the sea", "much", 7L));
        assertEquals(Map.of("much", 7L), last("exercise-answered").attributes().get("values"), "no words are told");
        assertEquals("Until next time", shown().title());
        assertEquals("breathe", last("homework-set").attributes().get("homework"));
        answer(120, Map.of());
        Event end = last(Activity.FINISHED);
        assertEquals(Phases.nanos(120), end.timeNanos());
        assertEquals(1L, end.attributes().get("asked"));
        assertEquals(1L, end.attributes().get("answered"));
        assertEquals(80 / 60.0, walk.minutes().get("calm"), 1e-9);
    }

    @Test
    void theNextSessionAsksForHomeworkAndRemembers() {
        walk.enterPhase(phase(0, 0, true, Map.of()));
        answer(10, Map.of());
        skip(15); // stops the practice
        assertEquals(5 / 60.0, last("skill-practised").attributes().get("minutes"));
        assertEquals(false, last("skill-practised").attributes().get("whole"));
        answer(20, Map.of("thing", "the sea"));
        answer(30, Map.of());
        at(60);
        walk.enterPhase(phase(1, 60, true, Map.of("session", 2L)));
        assertEquals("How did it go?", shown().title());
        answer(70, Map.of("done", "partly", "minutes", 12L));
        assertEquals("partly", last("homework-reported").attributes().get("done"));
        assertEquals(12.0, last("homework-reported").attributes().get("minutes"));
        answer(80, Map.of());
        assertEquals(Map.of("What is it?", "the sea"), shown().remembered());
        skip(90);
        assertEquals("skipped", last("exercise-answered").attributes().get("reason"));
        assertEquals(2L, last(Activity.FINISHED).attributes().get("asked"));
        assertEquals(1L, last(Activity.FINISHED).attributes().get("answered"));
    }

    @Test
    void nobodyWhoAnswersIsWaitedForOnlySoLong() {
        walk.enterPhase(phase(0, 0, true, Map.of()));
        at(2000);
        assertEquals(false, last("lesson-left").attributes().get("read"));
        assertEquals("no answer in time", last("exercise-answered").attributes().get("reason"));
        assertEquals(Phases.nanos(600 + 20 + 600 + 600), last(Activity.FINISHED).timeNanos());
    }

    @Test
    void whileItStandsStillNoTimePasses() {
        walk.enterPhase(phase(0, 0, true, Map.of()));
        answer(10, Map.of());
        at(15);
        walk.pause();
        walk.enterPhase(phase(1, 15, false, Map.of()));
        at(1015);
        walk.enterPhase(phase(2, 1015, true, Map.of()));
        walk.resume();
        assertTrue(context.published().events("skill-practised").isEmpty());
        at(1030);
        assertEquals(Phases.nanos(1030), last("skill-practised").timeNanos());
        assertEquals(20 / 60.0, last("skill-practised").attributes().get("minutes"));
    }

    @Test
    void anAnswerToAnEarlierActivityIsPassedOver() {
        walk.enterPhase(phase(0, 0, true, Map.of()));
        String first = shown().id();
        answer(10, Map.of());
        int before = context.published().outputs().size();
        walk.answered(new ActivityAnswer(first, Phases.nanos(11), false, Map.of()));
        assertEquals(before, context.published().outputs().size());
    }

    @Test
    void whoGuidesSeesNotes() throws Exception {
        FakeContext guided = FakeContext.of(parameters(Map.of("delivery", "guided")));
        ProgrammeWalk other = new ProgrammeWalk(guided, new ShippedProgrammes(ProgrammeWalkTest.class, "none"));
        other.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(5)));
        other.start();
        other.enterPhase(phase(0, 0, true, Map.of()));
        assertEquals(
                "Be kind.",
                Activity.of(guided.published().events(Activity.TYPE).get(0)).guidance());
    }

    @Test
    void aProgrammeWithFaultsIsRefusedWithAllOfThem() throws IOException {
        java.nio.file.Files.delete(folder.resolve("lessons/two.md"));
        ProgrammeWalk other = new ProgrammeWalk(
                FakeContext.of(parameters(Map.of())), new ShippedProgrammes(ProgrammeWalkTest.class, "none"));
        PluginException e = assertThrows(
                PluginException.class, () -> other.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(5))));
        assertTrue(e.getMessage().contains("programme.yaml:6"), e.getMessage());
        assertFalse(e.getMessage().isBlank());
    }
}
