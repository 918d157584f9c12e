package org.anodyne.plugin.intervention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Event;

/**
 * What a participant is shown now, and what is asked. On the bus it is the event {@value #TYPE} of the intervention's slot: it
 * holds all that a screen needs, so that one which joins late or was reloaded shows the newest and nothing else.
 *
 * @param id unique in the session and reproducible: a replay gives the same
 * @param kind what the participant is to do with it
 * @param title heading
 * @param text CommonMark without HTML and pictures; may be empty
 * @param fields what is asked; only of an {@code EXERCISE}
 * @param prompts what is said one after the other; only of a {@code PRACTICE}
 * @param remembered what the participant wrote earlier in the session and has use of here; texts by label
 * @param guidance notes for whoever guides the participant, CommonMark; empty when nobody does. Not for the participant's
 *     screen
 * @param seconds how long it stays: the length of a practice, else how long an answer is waited for
 */
public record Activity(
        String id,
        Kind kind,
        String title,
        String text,
        List<ActivityField> fields,
        List<Prompt> prompts,
        Map<String, String> remembered,
        String guidance,
        double seconds) {
    /** The type of the event. */
    public static final String TYPE = "activity";

    /** The type of the event by which an intervention says that it has nothing more to show or to do in the phase. */
    public static final String FINISHED = "finished";

    /** What the participant is to do. */
    public enum Kind {
        /** Read, and answer without fields to go on. */
        PAGE,
        /** Follow the prompts; it ends by itself, or earlier by an answer. */
        PRACTICE,
        /** Fill in the fields, or skip. */
        EXERCISE
    }

    /**
     * One sentence of a practice, to be read by eyes or by a voice.
     *
     * @param say the sentence; empty for silence
     * @param seconds time until the next one, greater than 0
     */
    public record Prompt(String say, double seconds) {}

    public Activity {
        fields = List.copyOf(fields);
        prompts = List.copyOf(prompts);
        remembered = Map.copyOf(remembered);
    }

    /** Why an answer cannot be taken, for a person; empty when it can. */
    public String objection(ActivityAnswer answer) {
        if (!answer.activity().equals(id)) {
            return "activity '" + answer.activity() + "' is not shown any more; '" + id + "' is";
        }
        if (answer.skipped()) {
            return answer.fields().isEmpty() ? "" : "an activity that is skipped has no answers";
        }
        List<String> names = fields.stream().map(ActivityField::name).toList();
        for (String name : answer.fields().keySet()) {
            if (!names.contains(name)) {
                return "activity '" + id + "' has no field '" + name + "'; it has " + names;
            }
        }
        for (ActivityField field : fields) {
            String objection = field.objection(answer.fields().get(field.name()));
            if (!objection.isEmpty()) {
                return objection;
            }
        }
        return "";
    }

    /**
     * The activity as an event.
     *
     * @param timeNanos session time from which on it is shown
     */
    public Event event(long timeNanos) {
        Map<String, Object> a = new HashMap<>();
        a.put("activity", id);
        a.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
        a.put("title", title);
        a.put("text", text);
        a.put("fields", fields.stream().map(ActivityField::values).toList());
        a.put(
                "prompts",
                prompts.stream()
                        .map(p -> Map.<String, Object>of("say", p.say(), "seconds", p.seconds()))
                        .toList());
        a.put("remembered", remembered);
        a.put("guidance", guidance);
        a.put("seconds", seconds);
        return new Event(TYPE, timeNanos, a);
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException when it is no activity
     */
    public static Activity of(Event event) {
        Map<String, Object> a = event.attributes();
        if (!event.type().equals(TYPE)) {
            throw new IllegalArgumentException("an event '" + event.type() + "' is no activity");
        }
        List<ActivityField> fields = new ArrayList<>();
        maps(a.get("fields")).forEach(m -> fields.add(ActivityField.of(m)));
        List<Prompt> prompts = new ArrayList<>();
        maps(a.get("prompts")).forEach(m -> prompts.add(new Prompt(text(m, "say"), number(m, "seconds"))));
        Map<String, String> remembered = new HashMap<>();
        if (a.get("remembered") instanceof Map<?, ?> m) {
            m.forEach((label, text) -> remembered.put(String.valueOf(label), String.valueOf(text)));
        }
        return new Activity(
                text(a, "activity"),
                Kind.valueOf(text(a, "kind").toUpperCase(java.util.Locale.ROOT)),
                text(a, "title"),
                text(a, "text"),
                fields,
                prompts,
                remembered,
                text(a, "guidance"),
                number(a, "seconds"));
    }

    private static List<Map<?, ?>> maps(Object list) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (list instanceof List<?> l) {
            l.forEach(e -> {
                if (e instanceof Map<?, ?> m) {
                    all.add(m);
                }
            });
        }
        return all;
    }

    static String text(Map<?, ?> m, String name) {
        return m.get(name) instanceof String s ? s : "";
    }

    static double number(Map<?, ?> m, String name) {
        return m.get(name) instanceof Number n ? n.doubleValue() : 0;
    }
}
