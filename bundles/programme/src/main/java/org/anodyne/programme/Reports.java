package org.anodyne.programme;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.programme.Programme.Exercise;
import org.anodyne.programme.Programme.Frame;
import org.anodyne.programme.Programme.Homework;
import org.anodyne.programme.Programme.Lesson;

/**
 * Publishes what happened in a walk, for the record. What a participant wrote is not among it: that stands in the
 * answer itself, and nowhere else. Thread: the lane.
 */
final class Reports {
    private final Outlet outlet;
    private final Programme programme;

    Reports(Outlet outlet, Programme programme) {
        this.outlet = outlet;
        this.programme = programme;
    }

    private void say(String type, long at, Map<String, Object> attributes) {
        outlet.event(new Event(type, at, attributes));
    }

    void begun(Frame frame, int session, String delivery, long at) {
        Map<String, Object> a = new HashMap<>();
        a.put("programme", programme.id());
        a.put("title", programme.title());
        a.put("language", programme.language());
        a.put("fingerprint", programme.fingerprint());
        a.put("frame", frame.id());
        a.put("session", (long) session);
        a.put("sessions", (long) frame.meetings().size());
        a.put("topic", frame.meetings().get(session - 1).title());
        a.put("delivery", delivery);
        a.put("skills", new HashMap<>(programme.skills()));
        say("programme-session", at, a);
    }

    void shown(Lesson lesson, String activity, long at) {
        say(
                "lesson-shown",
                at,
                Map.of(
                        "lesson",
                        lesson.id(),
                        "title",
                        lesson.title(),
                        "skill",
                        lesson.skill(),
                        "words",
                        (long) lesson.words(),
                        "activity",
                        activity));
    }

    void read(Lesson lesson, String activity, double seconds, boolean read, long at) {
        say("lesson-left", at, Map.of("lesson", lesson.id(), "activity", activity, "seconds", seconds, "read", read));
    }

    /** With the fields whose answers are shown again later, so that the platform keeps them for later visits. */
    void asked(Exercise exercise, String lesson, String activity, long at) {
        Map<String, Object> a = new HashMap<>(
                Map.of("exercise", exercise.id(), "lesson", lesson, "activity", activity, "programme", programme.id()));
        List<String> keeps = Recall.kept(programme, exercise);
        if (!keeps.isEmpty()) {
            a.put("keeps", keeps);
        }
        say("exercise-asked", at, a);
    }

    /** With numbers and choices; words stay in the answer. */
    void answered(Exercise exercise, String lesson, String activity, ActivityAnswer answer, double seconds, long at) {
        Map<String, Object> values = new HashMap<>();
        for (ActivityField field : exercise.fields()) {
            Object value = answer.fields().get(field.name());
            if (value == null) {
                continue;
            }
            switch (field.type()) {
                case NUMBER, SCALE, CHOICE -> values.put(field.name(), value);
                case TEXT, LIST, GRID -> {}
            }
        }
        Map<String, Object> a = new HashMap<>();
        a.put("exercise", exercise.id());
        a.put("lesson", lesson);
        a.put("activity", activity);
        a.put("answered", true);
        a.put("seconds", seconds);
        a.put("values", values);
        say("exercise-answered", at, a);
    }

    void unanswered(String exercise, String lesson, String activity, String reason, long at) {
        Map<String, Object> a = new HashMap<>();
        a.put("exercise", exercise);
        a.put("lesson", lesson);
        a.put("activity", activity);
        a.put("answered", false);
        a.put("reason", reason);
        say("exercise-answered", at, a);
    }

    /** @param by {@code exercise}, or the practice's id */
    void practised(String skill, String lesson, double minutes, boolean whole, String by, long at) {
        say(
                "skill-practised",
                at,
                Map.of("skill", skill, "lesson", lesson, "minutes", minutes, "whole", whole, "by", by));
    }

    void set(Step.Setting.Piece piece, long at) {
        Homework h = piece.homework();
        say(
                "homework-set",
                at,
                Map.of(
                        "homework",
                        h.id(),
                        "title",
                        h.title(),
                        "lesson",
                        piece.lesson(),
                        "skill",
                        h.skill(),
                        "minutesPerDay",
                        h.minutes()));
    }

    void reported(Homework homework, Map<String, Object> fields, long at) {
        Map<String, Object> a = new HashMap<>();
        a.put("homework", homework.id());
        a.put("skill", homework.skill());
        Object done = fields.get(Step.DONE);
        Programme.Wording w = programme.wording();
        a.put("done", w.yes().equals(done) ? "yes" : w.partly().equals(done) ? "partly" : "no");
        if (fields.get(Step.MINUTES) instanceof Number minutes) {
            a.put("minutes", minutes.doubleValue());
        }
        say("homework-reported", at, a);
    }

    void finished(WalkState state, Frame frame, long at) {
        Map<String, Object> a = new HashMap<>();
        a.put("programme", programme.id());
        a.put("frame", frame.id());
        a.put("session", (long) state.session);
        a.put("asked", state.asked);
        a.put("answered", state.answered);
        a.put("minutes", new TreeMap<>(state.minutes));
        say(Activity.FINISHED, at, a);
    }
}
