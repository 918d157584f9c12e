package org.anodyne.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.programme.Programme.Exercise;
import org.anodyne.programme.Programme.Frame;
import org.anodyne.programme.Step.Asking;
import org.anodyne.programme.Step.Page;
import org.anodyne.programme.Step.Practising;
import org.anodyne.programme.Step.Reporting;

/**
 * All sessions of a programme at once, for a page that leads through them by itself where there is no platform: at home,
 * without a connection. The steps are those of the walk. Thread: any.
 */
public final class Outline {
    private Outline() {}

    /**
     * A session.
     *
     * @param number from 1
     */
    public record Session(int number, String title, List<Shown> steps) {}

    /**
     * One step.
     *
     * @param lesson id of its lesson; empty for diary, homework
     * @param name id of the practice or exercise; empty for a page
     * @param skill id of the skill that its time counts for; may be empty
     * @param recall labels by {@code exercise.field} of what was answered before and is to be shown with it
     * @param activity what is shown; its id is {@code SESSION-STEP}, both counted from 1
     */
    public record Shown(String lesson, String name, String skill, Map<String, String> recall, Activity activity) {}

    /** The sessions of a frame. */
    public static List<Session> of(Programme programme, Frame frame) {
        List<Session> sessions = new ArrayList<>();
        for (int number = 1; number <= frame.meetings().size(); number++) {
            List<Shown> steps = new ArrayList<>();
            for (Step step : Step.of(programme, frame, number)) {
                steps.add(shown(programme, step, number + "-" + (steps.size() + 1)));
            }
            sessions.add(new Session(number, frame.meetings().get(number - 1).title(), steps));
        }
        return sessions;
    }

    /** The programme's diary, if it has one; the activity's id is {@code diary}. */
    public static Optional<Shown> diary(Programme programme) {
        return programme.diary().map(d -> shown(programme, new Asking("", d, ""), "diary"));
    }

    private static Shown shown(Programme programme, Step step, String id) {
        double seconds = step instanceof Practising p ? p.practice().seconds() : 0;
        Activity activity = Showing.of(programme, step, id, false, Map.of(), seconds);
        if (step instanceof Page p) {
            Map<String, String> recall = recall(programme, p.lesson().recall());
            return new Shown(p.lesson().id(), "", p.lesson().skill(), recall, activity);
        } else if (step instanceof Practising p) {
            String own = p.practice().skill();
            return new Shown(
                    p.lesson().id(),
                    p.practice().id(),
                    own.isEmpty() ? p.lesson().skill() : own,
                    recall(programme, p.lesson().recall()),
                    activity);
        } else if (step instanceof Asking a) {
            Exercise e = a.exercise();
            return new Shown(a.lesson(), e.id(), e.skill(), recall(programme, e.recall()), activity);
        } else if (step instanceof Reporting r) {
            return new Shown("", r.exercise().id(), r.homework().skill(), Map.of(), activity);
        }
        return new Shown("", "", "", Map.of(), activity);
    }

    private static Map<String, String> recall(Programme programme, List<String> names) {
        Map<String, String> labels = new LinkedHashMap<>();
        names.forEach(name -> labels.put(name, Recall.label(programme, name)));
        return labels;
    }
}
