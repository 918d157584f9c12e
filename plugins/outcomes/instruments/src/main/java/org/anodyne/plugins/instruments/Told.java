package org.anodyne.plugins.instruments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.Scale;
import org.anodyne.plugins.instruments.scoring.Improvement;
import org.anodyne.plugins.instruments.scoring.Scoring.Scored;

/** Attributes of the events {@code instrument} and {@code score}; what they are is documented with the topics of the bus. */
final class Told {
    private Told() {}

    /** The whole instrument as it is asked. */
    static Map<String, Object> instrument(JsonNode document) {
        return object(document);
    }

    /**
     * What came of an instrument.
     *
     * @param answers by item, as they were given
     * @param written items that were answered in words; the words stand in the answers' own events
     * @param baseline by scale
     */
    static Map<String, Object> scored(
            Definition d,
            Map<String, Double> answers,
            Set<String> written,
            Scored scored,
            Map<String, Double> baseline) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("instrument", d.id());
        told.put("version", d.version());
        told.put("language", d.language());
        told.put("answers", new LinkedHashMap<>(answers));
        told.put("written", List.copyOf(written));
        told.put("missing", missing(d, written, scored));
        told.put("scores", scored.scores());
        told.put("notScored", scored.notScored());
        told.put("bands", scored.bands());
        Map<String, Object> changes = new LinkedHashMap<>();
        for (Scale scale : d.scales()) {
            Double now = scored.scores().get(scale.id());
            Double before = baseline.get(scale.id());
            if (now != null && before != null) {
                Improvement.of(scale, before, now).ifPresent(i -> changes.put(scale.id(), change(before, i)));
            }
        }
        told.put("change", changes);
        told.put("unverified", d.unverified());
        return told;
    }

    /** What somebody has to be told at once: attributes of the event {@code safety-alert}, when this answer is to raise one. */
    static Optional<Map<String, Object>> alert(Definition d, Definition.Item item, String itemId, double value) {
        return item.alert().filter(a -> value > a.above()).map(a -> {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("instrument", d.id());
            told.put("item", itemId);
            told.put("value", value);
            told.put("text", d.title() + ", item " + item.id() + ": " + a.text());
            return told;
        });
    }

    private static List<String> missing(Definition d, Set<String> written, Scored scored) {
        return d.items().stream()
                .filter(i -> i.inWords()
                        ? !i.optional() && !written.contains(i.id())
                        : scored.missing().contains(i.id()))
                .map(Definition.Item::id)
                .toList();
    }

    private static Map<String, Object> change(double baseline, Improvement i) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("baseline", baseline);
        change.put("improvement", i.points());
        i.percent().ifPresent(p -> change.put("improvementPercent", p));
        change.put("reached", i.reached());
        return change;
    }

    private static Map<String, Object> object(JsonNode node) {
        Map<String, Object> all = new LinkedHashMap<>();
        node.properties().forEach(e -> all.put(e.getKey(), value(e.getValue())));
        return all;
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            List<Object> all = new ArrayList<>();
            node.forEach(n -> all.add(value(n)));
            return all;
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        if (node.isNumber()) {
            return node.asDouble();
        }
        return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }
}
