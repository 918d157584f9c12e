package org.anodyne.plugin.intervention;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.plugin.Event;

/**
 * What a participant did with an {@link Activity}. On the bus it is the event {@value #TYPE} of the activity's slot, so that it
 * is in the record and comes again in a replay.
 *
 * @param activity id of the activity
 * @param timeNanos session time of the answer
 * @param skipped whether the participant went on without an answer; {@code fields} is empty then
 * @param fields values by field name, in the shapes of {@link ActivityField.Type}; fields left empty are absent
 */
public record ActivityAnswer(String activity, long timeNanos, boolean skipped, Map<String, Object> fields) {
    /** The type of the event. */
    public static final String TYPE = "activity-answer";

    /**
     * In place of an activity's id: what the participant answered at earlier visits in the same programme, from the platform.
     * {@code fields} are values by {@code exercise.field}.
     */
    public static final String RECOLLECTION = "recollection";

    public ActivityAnswer {
        fields = Map.copyOf(fields);
    }

    /** The answer as an event. */
    public Event event() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("activity", activity);
        attributes.put("skipped", skipped);
        attributes.put("fields", fields);
        return new Event(TYPE, timeNanos, attributes);
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException when it is no answer to an activity
     */
    public static ActivityAnswer of(Event event) {
        Map<String, Object> a = event.attributes();
        if (!event.type().equals(TYPE) || !(a.get("activity") instanceof String id)) {
            throw new IllegalArgumentException(
                    "an event '" + event.type() + "' without an activity is no answer to one");
        }
        Map<String, Object> fields = new HashMap<>();
        if (a.get("fields") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return new ActivityAnswer(id, event.timeNanos(), Boolean.TRUE.equals(a.get("skipped")), fields);
    }
}
