package org.anodyne.session.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.bus.Payload;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.intervention.ActivityAnswer;

/**
 * Keeps for a participant's later visits what a programme will show them again, and hands it in at the beginning of those. It is
 * handed in as an answer over the bus, so that it is in the record with all other words of the participant, and a replay needs no
 * shelf. Thread: the session's lane.
 */
final class Recollections {
    private static final String BEGUN = "programme-session";
    private static final String ASKED = "exercise-asked";
    /** After what is shown first, so that nothing depends on which of the two is heard first. */
    private static final long SOON_NANOS = 1_000_000;

    private final Stage stage;
    private final Optional<RecollectionShelf> shelf;
    private final String participant;
    private final Map<String, Asked> asked = new HashMap<>();
    private final Set<String> handed = new HashSet<>();

    /** An exercise that is open. */
    private record Asked(String activity, String programme, String exercise, List<?> keeps) {}

    /** @param shelf absent where nothing is kept: nobody is asked, or there is no place for it */
    Recollections(Stage stage, Optional<RecollectionShelf> shelf, String participant) {
        this.stage = stage;
        this.shelf = shelf;
        this.participant = participant;
    }

    /** Listens; the subscriptions are added to those to be ended. */
    CompletionStage<Void> open(List<Subscription> subscriptions) {
        return listen(BEGUN, this::begun)
                .thenAccept(subscriptions::add)
                .thenCompose(v -> listen(ASKED, this::asked))
                .thenAccept(subscriptions::add);
    }

    private CompletionStage<Subscription> listen(String type, BiConsumer<String, Payload.Document> heard) {
        return stage.bus()
                .subscribe(stage.filter("event/+/" + type), m -> stage.lane().execute(() -> {
                    if (m.payload() instanceof Payload.Document d) {
                        heard.accept(m.topic().slot(), d);
                    }
                }));
    }

    private void begun(String slot, Payload.Document d) {
        if (shelf.isEmpty()
                || !(d.attributes().get("programme") instanceof String programme)
                || !handed.add(slot + "/" + programme)) {
            return;
        }
        Map<String, Object> before = shelf.get().of(participant, programme, stage.problems());
        if (before.isEmpty()) {
            return;
        }
        long at = d.timeNanos() + SOON_NANOS;
        stage.at(at, () -> {
            Event event = new ActivityAnswer(ActivityAnswer.RECOLLECTION, at, false, before).event();
            stage.voice().event(slot, event.type(), at, event.attributes());
        });
    }

    private void asked(String slot, Payload.Document d) {
        Map<String, Object> a = d.attributes();
        if (a.get("activity") instanceof String activity
                && a.get("programme") instanceof String programme
                && a.get("exercise") instanceof String exercise) {
            List<?> keeps = a.get("keeps") instanceof List<?> l ? l : List.of();
            asked.put(slot, new Asked(activity, programme, exercise, keeps));
        }
    }

    /** An answer was taken. */
    void answered(String slot, ActivityAnswer answer) {
        Asked exercise = asked.get(slot);
        if (shelf.isEmpty() || exercise == null || !exercise.activity().equals(answer.activity()) || answer.skipped()) {
            return;
        }
        Map<String, Object> kept = new HashMap<>();
        for (Object field : exercise.keeps()) {
            Object value = answer.fields().get(String.valueOf(field));
            if (value != null) {
                kept.put(exercise.exercise() + "." + field, value);
            }
        }
        if (!kept.isEmpty()) {
            shelf.get().keep(participant, exercise.programme(), kept, stage.problems());
        }
    }
}
