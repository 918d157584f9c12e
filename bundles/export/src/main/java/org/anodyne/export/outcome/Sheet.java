package org.anodyne.export.outcome;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.export.facts.Facts;
import org.anodyne.export.facts.SessionFacts;

/**
 * One questionnaire as it was filled in, with the instrument that the record holds. Both are taken as they stand there: what
 * is missing in them is missing here.
 *
 * @param number how often this instrument was filled in by then, from 1
 * @param timeNanos session time of the last answer, or when the last one was given up
 * @param instrument attributes of the event {@code instrument}
 * @param score attributes of the event {@code score}
 */
public record Sheet(
        String slot, int number, long timeNanos, Map<String, Object> instrument, Map<String, Object> score) {

    /** All of a session, in order. */
    public static List<Sheet> of(SessionFacts facts) {
        Map<String, Map<String, Object>> instruments = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Sheet> sheets = new ArrayList<>();
        for (Facts.Happening h : facts.happenings()) {
            if (h.type().equals("instrument")) {
                instruments.put(h.slot() + "/" + h.text("id"), h.attributes());
            } else if (h.type().equals("score")) {
                String id = h.text("instrument");
                Map<String, Object> instrument = instruments.get(h.slot() + "/" + id);
                if (instrument != null) {
                    sheets.add(new Sheet(
                            h.slot(), numbers.merge(id, 1, Integer::sum), h.timeNanos(), instrument, h.attributes()));
                }
            }
        }
        return sheets;
    }

    /** The instrument's id. */
    public String id() {
        return text(instrument, "id");
    }

    public String title() {
        return text(instrument, "title");
    }

    /** The items of the instrument. */
    public List<Map<?, ?>> items() {
        return maps(instrument, "items");
    }

    /** Whether an item is answered in words, which stay in the record. */
    public static boolean inWords(Map<?, ?> item) {
        return item.containsKey("longest");
    }

    /** The scales of the instrument. */
    public List<Map<?, ?>> scales() {
        return maps(instrument, "scales");
    }

    /** The answer to an item; empty when it has none. */
    public Optional<Double> answer(String item) {
        return number("answers", item);
    }

    /** Whether an item was answered in words. */
    public boolean written(String item) {
        return score.get("written") instanceof List<?> all && all.contains(item);
    }

    /** The score of a scale; empty when there is none. */
    public Optional<Double> score(String scale) {
        return number("scores", scale);
    }

    /** The range that the score of a scale lies in; empty when it has none. */
    public String band(String scale) {
        return score.get("bands") instanceof Map<?, ?> m && m.get(scale) instanceof String s ? s : "";
    }

    /** What a score is compared with its baseline; empty when it is not. */
    public Map<?, ?> change(String scale) {
        return score.get("change") instanceof Map<?, ?> m && m.get(scale) instanceof Map<?, ?> c ? c : Map.of();
    }

    /** The answers that an item has with a wording or a code; empty where any number in its range is one. */
    public List<Map<?, ?>> choices(Map<?, ?> item) {
        for (Map<?, ?> list : maps(instrument, "answers")) {
            if (text(list, "id").equals(text(item, "answers"))) {
                return maps(list, "list");
            }
        }
        return List.of();
    }

    /** Whether the wording may be handed on: that of a lab's licence stays with the lab. */
    public boolean shareable() {
        return licence().get("shipText") instanceof Boolean b && b;
    }

    /** What may be done with the instrument. */
    public Map<?, ?> licence() {
        return instrument.get("licence") instanceof Map<?, ?> m ? m : Map.of();
    }

    /** The wording of an item, or which it is where its wording may not be handed on. */
    public String wording(Map<?, ?> item) {
        return shareable() ? text(item, "text") : "Item " + text(item, "id") + " of " + title();
    }

    private Optional<Double> number(String of, String name) {
        return score.get(of) instanceof Map<?, ?> m && m.get(name) instanceof Number n
                ? Optional.of(n.doubleValue())
                : Optional.empty();
    }

    /** A text in a map of a record; empty when there is none. */
    public static String text(Map<?, ?> map, String name) {
        return map.get(name) instanceof String s ? s : "";
    }

    private static List<Map<?, ?>> maps(Map<?, ?> map, String name) {
        List<Map<?, ?>> all = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            list.forEach(o -> {
                if (o instanceof Map<?, ?> m) {
                    all.add(m);
                }
            });
        }
        return all;
    }
}
