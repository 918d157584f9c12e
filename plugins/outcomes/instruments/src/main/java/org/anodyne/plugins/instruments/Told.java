package org.anodyne.plugins.instruments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param baseline by scale
     */
    static Map<String, Object> scored(
            Definition d, Map<String, Double> answers, Scored scored, Map<String, Double> baseline) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("instrument", d.id());
        told.put("version", d.version());
        told.put("language", d.language());
        told.put("answers", new LinkedHashMap<>(answers));
        told.put("missing", scored.missing());
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
