package org.anodyne.plugins.instruments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One JSON object that is read field by field: what is missing, of another kind, or not known is noted with its place. Reading
 * goes on after a fault with a value that stands for the right one, so that all faults are told at once.
 */
final class Fields {
    private final JsonNode node;
    private final String path;
    private final List<String> faults;
    private final Set<String> read = new HashSet<>();

    Fields(JsonNode node, String path, List<String> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
        if (!node.isObject()) {
            faults.add((path.isEmpty() ? "the file" : path) + " should be an object");
        }
    }

    /** Notes what is wrong with a field. */
    void fault(String field, String what) {
        faults.add(at(field) + " " + what);
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private JsonNode take(String field) {
        read.add(field);
        return node.path(field);
    }

    boolean has(String field) {
        return node.has(field);
    }

    String text(String field) {
        JsonNode value = take(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            fault(field, "should be a text that is not empty");
            return "";
        }
        return value.asText();
    }

    String textOr(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    double number(String field) {
        JsonNode value = take(field);
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            fault(field, "should be a number");
            return 0;
        }
        return value.asDouble();
    }

    double numberOr(String field, double otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    int whole(String field) {
        double value = number(field);
        if (value != Math.rint(value)) {
            fault(field, "should be a whole number");
        }
        return (int) value;
    }

    boolean flagOr(String field, boolean otherwise) {
        return has(field) ? flag(field) : otherwise;
    }

    boolean flag(String field) {
        JsonNode value = take(field);
        if (!value.isBoolean()) {
            fault(field, "should be true or false");
        }
        return value.asBoolean();
    }

    /** A text out of a list. */
    String oneOf(String field, List<String> known) {
        String value = text(field);
        if (!value.isEmpty() && !known.contains(value)) {
            fault(field, "is '" + value + "'; there is " + String.join(", ", known));
        }
        return value;
    }

    List<String> texts(String field) {
        List<String> all = new ArrayList<>();
        for (JsonNode value : array(field)) {
            if (value.isTextual()) {
                all.add(value.asText());
            } else {
                fault(field, "should hold texts only");
            }
        }
        return all;
    }

    List<Double> numbers(String field) {
        List<Double> all = new ArrayList<>();
        for (JsonNode value : array(field)) {
            if (value.isNumber()) {
                all.add(value.asDouble());
            } else {
                fault(field, "should hold numbers only");
            }
        }
        return all;
    }

    private JsonNode array(String field) {
        JsonNode value = take(field);
        if (!value.isArray() && !value.isMissingNode()) {
            fault(field, "should be a list");
        }
        return value;
    }

    /** The objects of a list; none when it is absent. */
    List<Fields> objects(String field) {
        List<Fields> all = new ArrayList<>();
        int i = 0;
        for (JsonNode value : array(field)) {
            all.add(new Fields(value, at(field) + "[" + i++ + "]", faults));
        }
        return all;
    }

    Optional<Fields> object(String field) {
        return has(field) ? Optional.of(new Fields(take(field), at(field), faults)) : Optional.empty();
    }

    /** An object that has to be there. */
    Fields needed(String field) {
        if (!has(field)) {
            fault(field, "is missing");
            return new Fields(JsonNodeFactory.instance.objectNode(), at(field), new ArrayList<>());
        }
        return new Fields(take(field), at(field), faults);
    }

    /** Complains about fields that nobody asked for: a misspelt name must not be taken for an absent one. */
    void done() {
        node.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                faults.add(at(name) + " is not known here");
            }
        });
    }
}
