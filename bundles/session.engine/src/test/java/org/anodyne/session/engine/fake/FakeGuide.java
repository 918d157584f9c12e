package org.anodyne.session.engine.fake;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.plugin.intervention.ActivityGuide;
import org.anodyne.plugin.intervention.Intervention;

/** Asks one thing, which it would show again at later visits, then shows one page, then is finished. */
final class FakeGuide implements Intervention, ActivityGuide {
    private final FakeSlot slot;
    private String shown = "";

    FakeGuide(FakeSlot slot) {
        this.slot = slot;
    }

    @Override
    public void enterPhase(Phase phase) {
        if (phase.active() && shown.isEmpty()) {
            ActivityField field = new ActivityField(
                    "much",
                    "How much?",
                    ActivityField.Type.SCALE,
                    true,
                    0,
                    "nothing",
                    10,
                    "everything",
                    1,
                    "",
                    1,
                    List.of(),
                    List.of(),
                    List.of());
            slot.event(new Event("programme-session", phase.startNanos(), Map.of("programme", "fake")));
            slot.event(new Event(
                    "exercise-asked",
                    phase.startNanos(),
                    Map.of(
                            "programme", "fake",
                            "exercise", "one",
                            "activity", "first",
                            "keeps", List.of("much"))));
            show("first", Activity.Kind.EXERCISE, List.of(field), phase.startNanos());
        }
    }

    private void show(String id, Activity.Kind kind, List<ActivityField> fields, long at) {
        shown = id;
        slot.event(new Activity(id, kind, "Title", "Some words.", fields, List.of(), Map.of(), "", 60).event(at));
    }

    @Override
    public void answered(ActivityAnswer answer) {
        if (answer.activity().equals(ActivityAnswer.RECOLLECTION)) {
            slot.event(new Event("recollected", answer.timeNanos(), answer.fields()));
        } else if (answer.activity().equals("first")) {
            show("second", Activity.Kind.PAGE, List.of(), answer.timeNanos());
        } else {
            slot.event(new Event(Activity.FINISHED, answer.timeNanos(), Map.of()));
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
