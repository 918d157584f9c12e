package org.anodyne.programme;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.plugin.intervention.ActivityField.Type;
import org.anodyne.programme.Programme.Exercise;
import org.anodyne.programme.Programme.Frame;
import org.anodyne.programme.Programme.Homework;
import org.anodyne.programme.Programme.Lesson;
import org.anodyne.programme.Programme.Wording;

/** One thing that a participant is shown or asked in a session, one after the other. */
sealed interface Step {
    /** The page of a lesson. */
    record Page(Lesson lesson) implements Step {}

    /** A practice of a lesson. */
    record Practising(Lesson lesson, Programme.Practice practice) implements Step {}

    /**
     * An exercise.
     *
     * @param lesson id of its lesson; empty for the diary
     * @param guidance notes of the lesson
     */
    record Asking(String lesson, Exercise exercise, String guidance) implements Step {}

    /** Whether a piece of homework of the session before was done. */
    record Reporting(Homework homework, Exercise exercise) implements Step {}

    /** Homework until the next session, all on one page. */
    record Setting(String title, List<Setting.Piece> pieces) implements Step {
        /** One piece, with the lesson that it is from. */
        record Piece(String lesson, Homework homework) {}

        String text() {
            return pieces.stream()
                    .map(p -> "**" + p.homework().title() + "**\n\n"
                            + p.homework().text())
                    .collect(Collectors.joining("\n\n"));
        }
    }

    /** Names of the fields of a report. */
    String DONE = "done";

    String MINUTES = "minutes";
    String OBSTACLE = "obstacle";

    /**
     * The steps of a session.
     *
     * @param session from 1
     */
    static List<Step> of(Programme programme, Frame frame, int session) {
        List<Step> steps = new ArrayList<>();
        if (session > 1) {
            programme.diary().ifPresent(d -> steps.add(new Asking("", d, "")));
            homework(programme, frame, session - 1)
                    .forEach(p -> steps.add(new Reporting(p.homework(), report(p.homework(), programme.wording()))));
        }
        for (String id : frame.meetings().get(session - 1).lessons()) {
            Lesson lesson = programme.lessons().get(id);
            steps.add(new Page(lesson));
            lesson.practices().forEach(p -> steps.add(new Practising(lesson, p)));
            lesson.exercises().forEach(e -> steps.add(new Asking(id, e, lesson.guidance())));
        }
        List<Setting.Piece> pieces = homework(programme, frame, session);
        if (!pieces.isEmpty()) {
            steps.add(new Setting(programme.wording().homework(), pieces));
        }
        return steps;
    }

    private static List<Setting.Piece> homework(Programme programme, Frame frame, int session) {
        List<Setting.Piece> all = new ArrayList<>();
        frame.meetings()
                .get(session - 1)
                .lessons()
                .forEach(id -> programme.lessons().get(id).homework().forEach(h -> all.add(new Setting.Piece(id, h))));
        return all;
    }

    private static Exercise report(Homework homework, Wording w) {
        List<ActivityField> fields = List.of(
                field(DONE, w.done(), Type.CHOICE, true, 1, List.of(w.yes(), w.partly(), w.no())),
                field(MINUTES, w.minutes(), Type.NUMBER, false, 1, List.of()),
                field(OBSTACLE, w.obstacle(), Type.TEXT, false, 1000, List.of()));
        String text = "**" + homework.title() + "**\n\n" + homework.text();
        return new Exercise("homework-" + homework.id(), w.report(), text, "", fields, List.of());
    }

    private static ActivityField field(
            String name, String label, Type type, boolean required, int most, List<String> choices) {
        double maximum = type == Type.NUMBER ? MOST_MINUTES : 0;
        return new ActivityField(
                name,
                label,
                type,
                required,
                0,
                "",
                maximum,
                "",
                type == Type.NUMBER ? 1 : 0,
                "",
                most,
                choices,
                List.of(),
                List.of());
    }

    /** Minutes in four weeks. */
    double MOST_MINUTES = 4 * 7 * 24 * 60;
}
