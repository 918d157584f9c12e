package org.anodyne.session.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.intervention.Activity;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.session.engine.plan.Timeline.Planned;

/**
 * Knows which activity each slot shows, and takes answers to it: one that fits goes over the bus to the intervention, and so
 * into the record; one that does not is refused with a reason. An activity is open until it is answered or until the slot
 * shows the next; while the session is paused, or a phase does not run the slot, answers have to wait. Thread: the session's lane.
 */
final class ActivityDesk {
    private final Stage stage;
    private final BooleanSupplier running;
    private final Recollections recollections;
    private final Map<String, Activity> shown = new HashMap<>();
    private List<String> slots = List.of();

    /** @param running whether the session runs: while it is paused no answer is taken */
    ActivityDesk(Stage stage, BooleanSupplier running, Groundwork with) {
        this.stage = stage;
        this.running = running;
        this.recollections =
                new Recollections(stage, with.recollections(), with.info().participant());
    }

    /** Listens; complete when the broker has confirmed it. The subscription is added to those to be ended. */
    CompletionStage<Void> open(List<Subscription> subscriptions) {
        return stage.bus()
                .subscribe(stage.filter("event/+/" + Activity.TYPE), m -> stage.lane()
                        .execute(() -> {
                            if (m.payload() instanceof Payload.Document d) {
                                shown(m.topic().slot(), d);
                            }
                        }))
                .thenAccept(subscriptions::add)
                .thenCompose(v -> recollections.open(subscriptions));
    }

    private void shown(String slot, Payload.Document d) {
        try {
            shown.put(slot, Activity.of(new Event(d.type(), d.timeNanos(), d.attributes())));
        } catch (IllegalArgumentException e) {
            shown.remove(slot);
            stage.problems().accept("slot '" + slot + "' shows an activity that cannot be read: " + e.getMessage());
        }
    }

    /** Whether answers to what a slot shows have to wait. */
    boolean waits(String slot) {
        return !running.getAsBoolean() || !slots.contains(slot);
    }

    /** Whether this activity is open. */
    boolean shows(String slot, String activity) {
        return shown.containsKey(slot) && shown.get(slot).id().equals(activity);
    }

    void entered(Planned phase) {
        slots = phase.plan().slots();
    }

    /**
     * Takes an answer.
     *
     * @return why it cannot be taken, for a person; empty when it was taken
     */
    String answer(String slot, ActivityAnswer answer) {
        Activity activity = shown.get(slot);
        if (activity == null) {
            return "slot '" + slot + "' asks nothing now";
        }
        if (waits(slot)) {
            return "the session is paused, or slot '" + slot + "' is no part of this phase; answer when it goes on";
        }
        String objection = activity.objection(answer);
        if (objection.isEmpty()) {
            shown.remove(slot);
            recollections.answered(slot, answer);
            Event event = answer.event();
            stage.voice().event(slot, event.type(), event.timeNanos(), event.attributes());
        }
        return objection;
    }
}
