package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.session.engine.protocol.Quantity.UnitException;

/**
 * Reads the parameters of one plug-in: converts quantities to the schema's units, fills defaults in, and validates what
 * comes out by the plug-in's schema. Thread: one.
 */
final class ParameterReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 50;

    /** Format of a text that names a phase of the protocol. */
    private static final String PHASE_ID = "phase-id";

    private final SchemaCheck schema;
    private final String plugin;
    private final Faults faults;
    private final Set<String> phases;
    private final Path folder;

    /**
     * @param folder that files named in parameters are relative to
     * @param plugin id of the plug-in, for messages
     * @param phases ids of the protocol's phases
     * @throws IllegalArgumentException when the schema is none
     */
    ParameterReader(String plugin, String schemaText, Faults faults, Set<String> phases, Path folder) {
        this.folder = folder;
        this.phases = phases;
        this.schema = SchemaCheck.of(schemaText);
        this.plugin = plugin;
        this.faults = faults;
    }

    /**
     * Reads all parameters.
     *
     * @param given what the protocol says; may be missing
     * @return the values as in {@code Parameters}; empty when there were faults, which are then in the list
     */
    Optional<Map<String, Object>> read(JsonNode given, String path) {
        int before = faults.count();
        JsonNode object = given.isObject() ? given : JSON.objectNode();
        unknown(object, path);
        ObjectNode converted = (ObjectNode) convert(object, root(), path, 0);
        validate(converted, path);
        return faults.count() > before ? Optional.empty() : Optional.of(values(converted));
    }

    /**
     * Reads what a phase overrides.
     *
     * @param base the parameters that hold otherwise
     * @return the overridden values alone
     */
    Optional<Map<String, Object>> override(JsonNode given, Map<String, Object> base, String path) {
        int before = faults.count();
        unknown(given, path);
        given.fieldNames().forEachRemaining(name -> {
            JsonNode property = schema.resolve(root().path("properties").path(name));
            String change = property.path("x-change").asText("never");
            if (!property.isMissingNode() && change.equals("never")) {
                faults.add(
                        Where.child(path, name),
                        "'" + name + "' of plug-in '" + plugin
                                + "' cannot change while a session runs; set it in the slot's parameters");
            }
        });
        Map<String, JsonNode> over = new HashMap<>();
        ObjectNode merged = (ObjectNode) node(base);
        given.properties().forEach(e -> {
            JsonNode property = schema.resolve(root().path("properties").path(e.getKey()));
            JsonNode value = convert(e.getValue(), property, Where.child(path, e.getKey()), 0);
            over.put(e.getKey(), value);
            merged.set(e.getKey(), value);
        });
        validate(merged, path);
        if (faults.count() > before) {
            return Optional.empty();
        }
        Map<String, Object> values = new HashMap<>();
        over.forEach((name, value) -> values.put(name, value(value)));
        return Optional.of(values);
    }

    /**
     * Reads what is put over parameters before a session begins.
     *
     * @param over by the path at which they stand, in the order in which they are put over each other
     * @param base the parameters that they are put over
     * @return all parameters
     */
    Optional<Map<String, Object>> choose(Map<String, JsonNode> over, Map<String, Object> base) {
        int before = faults.count();
        ObjectNode merged = (ObjectNode) node(base);
        Map<String, String> paths = new HashMap<>();
        over.forEach((path, given) -> {
            unknown(given, path);
            given.properties().forEach(e -> {
                JsonNode property = schema.resolve(root().path("properties").path(e.getKey()));
                merged.set(e.getKey(), convert(e.getValue(), property, Where.child(path, e.getKey()), 0));
                paths.put(e.getKey(), path);
            });
        });
        String last = List.copyOf(over.keySet()).get(over.size() - 1);
        validate(
                merged,
                wrong -> wrong.path().isEmpty()
                        ? last
                        : paths.getOrDefault(wrong.path().get(0).toString(), last));
        return faults.count() > before ? Optional.empty() : Optional.of(values(merged));
    }

    private JsonNode root() {
        return schema.resolve(schema.json());
    }

    private void unknown(JsonNode given, String path) {
        JsonNode root = root();
        if (root.has("patternProperties") || root.path("additionalProperties").isObject()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        root.path("properties").fieldNames().forEachRemaining(known::add);
        given.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String none = known.isEmpty() ? "; it takes none" : Nearest.hint(name, known);
                faults.add(Where.child(path, name), "plug-in '" + plugin + "' has no parameter '" + name + "'" + none);
            }
        });
    }

    private void validate(ObjectNode converted, String path) {
        validate(converted, wrong -> path);
    }

    /** @param base path of the parameters in which a fault is */
    private void validate(ObjectNode converted, Function<SchemaCheck.Wrong, String> base) {
        for (SchemaCheck.Wrong wrong : schema.check(converted)) {
            String where = wrong.under(base.apply(wrong));
            // A quantity that could not be converted has been told already.
            if (!faults.at(where)) {
                String name = wrong.path().isEmpty() ? "plug-in '" + plugin + "'" : "'" + Where.last(where) + "'";
                faults.add(where, wrong.message().startsWith("'") ? wrong.message() : name + " " + wrong.message());
            }
        }
    }

    private JsonNode convert(JsonNode value, JsonNode rawSchema, String path, int depth) {
        JsonNode at = schema.resolve(rawSchema);
        if (depth > MAX_DEPTH) {
            return value;
        }
        if (value.isObject()) {
            ObjectNode out = JSON.objectNode();
            value.properties().forEach(e -> {
                if (!e.getValue().isNull()) {
                    out.set(
                            e.getKey(),
                            convert(e.getValue(), property(at, e.getKey()), Where.child(path, e.getKey()), depth + 1));
                }
            });
            at.path("properties").properties().forEach(e -> {
                JsonNode fallback = schema.resolve(e.getValue()).path("default");
                if (!out.has(e.getKey()) && !fallback.isMissingNode() && !fallback.isNull()) {
                    out.set(e.getKey(), fallback(fallback, e.getValue(), Where.child(path, e.getKey()), depth + 1));
                }
            });
            if (at.path("x-frozen").asBoolean()) {
                freeze(out, path);
            }
            return out;
        }
        if (value.isArray()) {
            ArrayNode out = JSON.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                JsonNode items =
                        at.path("prefixItems").has(i) ? at.path("prefixItems").get(i) : at.path("items");
                out.add(convert(value.get(i), items, Where.item(path, i), depth + 1));
            }
            return out;
        }
        return scalar(value, at, path);
    }

    /**
     * A parameter whose schema says {@code x-frozen} names a {@code file} and its {@code sha256}; what the file holds becomes
     * its {@code text}, so that it is part of the plan and of the record.
     */
    private void freeze(ObjectNode out, String path) {
        String file = out.path("file").asText("");
        String sha256 = out.path("sha256").asText("");
        if (out.has("text")) {
            faults.add(path + ".text", "'text' is what the platform reads from the file; leave it out");
        } else if (!file.isEmpty() && !sha256.isEmpty()) {
            try {
                Path at = folder.resolve(file);
                if (Files.size(at) > DecoderModel.LARGEST) {
                    faults.add(path + ".file", "the file " + file + " is too large to be a model");
                    return;
                }
                String text = Files.readString(at);
                String is = DecoderModel.sha256(text);
                if (is.equals(sha256)) {
                    out.put("text", text);
                } else {
                    faults.add(
                            path + ".sha256",
                            "the file " + file + " is not the one that was frozen: its SHA-256 is " + is
                                    + "; put the frozen file back, or freeze this one ('./anodyne freeze')");
                }
            } catch (NoSuchFileException e) {
                faults.add(path + ".file", "there is no file " + folder.resolve(file));
            } catch (IOException | InvalidPathException e) {
                faults.add(path + ".file", "the file " + file + " cannot be read: " + e);
            }
        }
    }

    /** Defaults are written in the schema's own unit, with or without it. */
    private JsonNode fallback(JsonNode fallback, JsonNode property, String path, int depth) {
        return fallback.isNumber()
                ? number(fallback, schema.resolve(property))
                : convert(fallback, property, path, depth);
    }

    private JsonNode scalar(JsonNode value, JsonNode at, String path) {
        String unit = at.path("x-unit").asText("");
        boolean numeric = accepts(at, "number") || accepts(at, "integer");
        if (!Quantity.dimensionless(unit) && numeric && (value.isTextual() || value.isNumber())) {
            try {
                Quantity quantity =
                        value.isTextual() ? Quantity.parse(value.asText()) : new Quantity(value.decimalValue(), "");
                return number(JSON.numberNode(quantity.in(unit)), at);
            } catch (UnitException e) {
                faults.add(path, "'" + Where.last(path) + "': " + e.getMessage());
                return value;
            }
        }
        if (value.isTextual() && at.path("format").asText("").equals(PHASE_ID) && !phases.contains(value.asText())) {
            faults.add(
                    path,
                    "'" + Where.last(path) + "' of plug-in '" + plugin + "': there is no phase '" + value.asText() + "'"
                            + Nearest.hint(value.asText(), phases));
        }
        return value.isNumber() ? number(value, at) : value;
    }

    /** 1 stays a whole number only where the schema asks for one. */
    private static JsonNode number(JsonNode value, JsonNode at) {
        if (accepts(at, "integer") && !accepts(at, "number")) {
            double d = value.doubleValue();
            return d == Math.rint(d) && Math.abs(d) < 9e15 ? JSON.numberNode((long) d) : value;
        }
        return accepts(at, "number") ? JSON.numberNode(value.doubleValue()) : value;
    }

    /** A list of choices without a type has the type of its choices. */
    private static boolean accepts(JsonNode at, String type) {
        JsonNode types = at.path("type");
        if (types.isMissingNode()) {
            JsonNode first = at.path("enum").path(0);
            return first.isNumber() && type.equals(first.isIntegralNumber() ? "integer" : "number");
        }
        if (types.isArray()) {
            for (JsonNode t : types) {
                if (t.asText().equals(type)) {
                    return true;
                }
            }
        }
        return types.asText().equals(type);
    }

    private static JsonNode property(JsonNode at, String name) {
        JsonNode property = at.path("properties").path(name);
        return property.isMissingNode() ? at.path("additionalProperties") : property;
    }

    /** JSON as plain values: {@code Long}, {@code Double}, {@code String}, {@code Boolean}, {@code List}, {@code Map}. */
    static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> values(node);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.forEach(n -> list.add(value(n)));
                yield List.copyOf(list);
            }
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            default -> node.asText();
        };
    }

    /** In the order in which they are written: what is summed up in this order gives the same bits each time. */
    private static Map<String, Object> values(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(e -> {
            if (!e.getValue().isNull()) {
                map.put(e.getKey(), value(e.getValue()));
            }
        });
        return Collections.unmodifiableMap(map);
    }

    /** Plain values as JSON. */
    static JsonNode node(Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((k, v) -> object.set(k.toString(), node(v)));
            return object;
        } else if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(v -> array.add(node(v)));
            return array;
        } else if (value instanceof Boolean b) {
            return JSON.booleanNode(b);
        } else if (value instanceof Double d) {
            return JSON.numberNode(d);
        } else if (value instanceof Number n) {
            return JSON.numberNode(n.longValue());
        }
        return JSON.textNode(String.valueOf(value));
    }
}
