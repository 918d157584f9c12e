package org.anodyne.session.engine.run;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.anodyne.plugin.intervention.ActivityAnswer;

/** What people say while a session runs: answers of the participant, notes of whoever is there. Thread: any. */
public final class Said {
    private final Stage stage;
    private final Voice voice;
    private final RatingDesk ratings;
    private final ActivityDesk activities;

    Said(Stage stage, Voice voice, RatingDesk ratings, ActivityDesk activities) {
        this.stage = stage;
        this.voice = voice;
        this.ratings = ratings;
        this.activities = activities;
    }

    /** Puts what a person has to say into the record, at the present session time. */
    public void note(String text, String by) {
        told("note", Map.of("text", text, "by", by));
    }

    /** Puts an adverse event into the record, at the present session time. */
    public void adverseEvent(Map<String, Object> attributes) {
        told("adverse-event", attributes);
    }

    private void told(String type, Map<String, Object> attributes) {
        stage.lane().execute(() -> voice.event(Voice.SESSION, type, stage.time().nowNanos(), attributes));
    }

    /** Takes an answer to an item, Double or String; the stage gives why it was refused, or an empty text. */
    public CompletionStage<String> answer(String slot, String item, Object given) {
        return CompletableFuture.supplyAsync(
                () -> ratings.answer(slot, item, given, stage.time().nowNanos()), stage.lane());
    }

    /** Takes it that the participant declines an item; the stage gives why it was refused, or an empty text. */
    public CompletionStage<String> decline(String slot, String item) {
        return CompletableFuture.supplyAsync(
                () -> ratings.decline(slot, item, stage.time().nowNanos()), stage.lane());
    }

    /** Takes an answer to an activity; the stage gives why it was refused, or an empty text. */
    public CompletionStage<String> answer(String slot, String activity, boolean skipped, Map<String, Object> fields) {
        return CompletableFuture.supplyAsync(
                () -> activities.answer(
                        slot, new ActivityAnswer(activity, stage.time().nowNanos(), skipped, fields)),
                stage.lane());
    }
}
