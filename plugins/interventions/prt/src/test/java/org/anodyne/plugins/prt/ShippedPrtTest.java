package org.anodyne.plugins.prt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.tck.ActivityScript;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.programme.Programme;
import org.anodyne.programme.ProgrammeReader;
import org.anodyne.programme.Reading;
import org.junit.jupiter.api.Test;

/** What holds for the programme that comes along: it has no fault (reading it refuses any), and a patient can use it. */
class ShippedPrtTest {
    /** As the folder of a lab, so that a lesson which is not listed is a fault, too. */
    private static final Programme PROGRAMME =
            ProgrammeReader.read(Path.of("src/main/resources/programmes/pain-reprocessing"));

    private static final int LEAST_WORDS = 150;
    private static final int MOST_WORDS = 350;
    private static final double HARDEST_GRADE = 8;

    @Test
    void everyFrameHasItsNumberOfSessions() {
        Map<String, Integer> sessions = PROGRAMME.frames().stream()
                .collect(Collectors.toMap(Programme.Frame::id, f -> f.meetings().size()));
        assertEquals(Map.of("9", 9), sessions);
        assertEquals(10, PROGRAMME.lessons().size());
    }

    @Test
    void everyLessonIsShortAndPlain() {
        List<String> hard = new ArrayList<>();
        PROGRAMME.lessons().values().forEach(l -> {
            double grade = Reading.grade(l.text());
            if (l.words() < LEAST_WORDS || l.words() > MOST_WORDS || !(grade <= HARDEST_GRADE)) {
                hard.add(l.id() + ": " + l.words() + " words, grade " + grade);
            }
            assertFalse(l.guidance().isBlank(), l.id() + " has no notes for whoever guides");
            assertFalse(l.exercises().isEmpty(), l.id() + " has nothing to do");
        });
        assertEquals(List.of(), hard);
    }

    @Test
    void everySkillIsPractisedSomewhere() {
        List<String> practised = PROGRAMME.lessons().values().stream()
                .flatMap(l -> java.util.stream.Stream.concat(
                        l.exercises().stream().map(Programme.Exercise::skill),
                        l.practices().stream().map(Programme.Practice::skill)))
                .distinct()
                .toList();
        PROGRAMME.skills().keySet().forEach(s -> assertTrue(practised.contains(s), s + " is never practised"));
    }

    /** Every session of every frame, each activity with the least answer that it takes. */
    @Test
    void everyExerciseOfEverySessionCanBeAnswered() throws Exception {
        for (Programme.Frame frame : PROGRAMME.frames()) {
            for (int session = 1; session <= frame.meetings().size(); session++) {
                FakeContext context = FakeContext.of(Schema.of(PrtFactory.class)
                        .defaultsWith(Map.of("frame", frame.id(), "session", (long) session)));
                try (PluginInstance walk = new PrtFactory().create(context)) {
                    walk.prepare(Inputs.NONE, Deadline.in(java.time.Duration.ofSeconds(10)));
                    walk.start();
                    walk.enterPhase(Phases.active("all", 0, 0, 36_000));
                    int shown = 0;
                    while (context.published().events(Activity.FINISHED).isEmpty()) {
                        var events = context.published().events(Activity.TYPE);
                        assertTrue(
                                events.size() > shown, "session " + session + " of frame " + frame.id() + " is stuck");
                        shown = events.size();
                        long at = events.get(shown - 1).timeNanos() + Phases.nanos(30);
                        context.lane().advanceTo(at);
                        ((org.anodyne.plugin.intervention.ActivityGuide) walk)
                                .answered(ActivityScript.answer(Activity.of(events.get(shown - 1)), at, false));
                    }
                    var end =
                            context.published().events(Activity.FINISHED).get(0).attributes();
                    assertEquals(end.get("asked"), end.get("answered"));
                }
            }
        }
    }

    @Test
    void sessionsAndFramesThatAreNotThereAreRefusedBeforeAnythingBegins() {
        Map<String, Object> late = Schema.of(PrtFactory.class).defaultsWith(Map.of("session", 14L));
        var refusal = assertThrows(PluginException.class, () -> new PrtFactory().check(new Parameters(late)));
        assertTrue(refusal.getMessage().contains("no session 14"), refusal.getMessage());
        Map<String, Object> frame = Schema.of(PrtFactory.class).defaultsWith(Map.of("frame", "99"));
        refusal = assertThrows(PluginException.class, () -> new PrtFactory().check(new Parameters(frame)));
        assertTrue(refusal.getMessage().contains("no frame '99'"), refusal.getMessage());
    }
}
