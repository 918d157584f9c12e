package org.anodyne.programme;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.programme.Step.Asking;
import org.anodyne.programme.Step.Page;
import org.anodyne.programme.Step.Practising;
import org.anodyne.programme.Step.Reporting;
import org.anodyne.programme.Step.Setting;

/** Makes of a step what a participant is shown. */
final class Showing {
    private Showing() {}

    /**
     * What is shown.
     *
     * @param id id of the activity
     * @param guided whether whoever guides is shown the lesson's notes
     * @param remembered what was answered before, by {@code exercise.field}
     * @param seconds how long it stays
     */
    static Activity of(
            Programme programme, Step step, String id, boolean guided, Map<String, String> remembered, double seconds) {
        if (step instanceof Page p) {
            Programme.Lesson l = p.lesson();
            Map<String, String> recalled = Recall.shown(programme, l.recall(), remembered);
            return page(id, l.title(), l.text(), recalled, guided ? l.guidance() : "", seconds);
        } else if (step instanceof Practising p) {
            return new Activity(
                    id,
                    Activity.Kind.PRACTICE,
                    p.practice().title(),
                    p.practice().text(),
                    List.of(),
                    p.practice().prompts(),
                    Recall.shown(programme, p.lesson().recall(), remembered),
                    guided ? p.lesson().guidance() : "",
                    seconds);
        } else if (step instanceof Asking a) {
            return exercise(programme, id, a.exercise(), guided ? a.guidance() : "", remembered, seconds);
        } else if (step instanceof Reporting r) {
            return exercise(programme, id, r.exercise(), "", remembered, seconds);
        }
        Setting s = (Setting) step;
        return page(id, s.title(), s.text(), Map.of(), "", seconds);
    }

    private static Activity page(
            String id, String title, String text, Map<String, String> recalled, String guidance, double seconds) {
        return new Activity(id, Activity.Kind.PAGE, title, text, List.of(), List.of(), recalled, guidance, seconds);
    }

    static Activity exercise(
            Programme programme,
            String id,
            Programme.Exercise e,
            String guidance,
            Map<String, String> remembered,
            double seconds) {
        Map<String, String> recalled = Recall.shown(programme, e.recall(), remembered);
        return new Activity(
                id, Activity.Kind.EXERCISE, e.title(), e.text(), e.fields(), List.of(), recalled, guidance, seconds);
    }
}
