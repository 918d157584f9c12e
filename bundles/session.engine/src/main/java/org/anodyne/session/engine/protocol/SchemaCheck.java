package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A JSON Schema 2020-12 whose faults are told in the words of a lab. It takes names and examples for them from the
 * schema itself ({@code title}, {@code examples}, {@code x-unit}). Thread: any.
 */
final class SchemaCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_VALUE = 60;

    /** 2020-12 with our own annotations. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keywords(List.of(
                    new NonValidationKeyword("x-unit"),
                    new NonValidationKeyword("x-change"),
                    new NonValidationKeyword("x-hazard")))
            .build();

    private final JsonNode text;
    private final Schema schema;

    private SchemaCheck(JsonNode text) {
        this.text = text;
        // Nothing outside the schema is read: a reference to another file or address is an error.
        SchemaRegistry registry = SchemaRegistry.withDialect(DIALECT, b -> b.schemaLoader(l -> l.block(iri -> true)));
        this.schema = registry.getSchema(text);
    }

    /** The published schema of protocol files. */
    static SchemaCheck ofProtocols() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("protocol.schema.json")) {
            return new SchemaCheck(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("protocol.schema.json is not in the bundle", e);
        }
    }

    /**
     * A schema given as text.
     *
     * @throws IllegalArgumentException when it is no JSON Schema
     */
    static SchemaCheck of(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            return new SchemaCheck(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (SchemaException e) {
            throw new IllegalArgumentException("it is no JSON Schema: " + e.getMessage(), e);
        }
    }

    /** The schema as JSON. */
    JsonNode json() {
        return text;
    }

    /** A fault at a path below the checked value; an empty path is the value itself. */
    record Wrong(List<Object> path, String message) {
        /** The path, appended to the path of the checked value. */
        String under(String base) {
            String where = base;
            for (Object step : path) {
                where = step instanceof Integer i ? Where.item(where, i) : Where.child(where, step.toString());
            }
            return where;
        }
    }

    /** All faults of a value. */
    List<Wrong> check(JsonNode value) {
        List<Wrong> wrong = new ArrayList<>();
        List<Error> errors;
        try {
            errors = schema.validate(value);
        } catch (SchemaException e) {
            return List.of(new Wrong(List.of(), "cannot be checked, its schema is broken: " + e.getMessage()));
        }
        for (Error error : errors) {
            // What may stand together is told by the checks that know more; alternatives only repeat themselves.
            String evaluation = error.getEvaluationPath().toString();
            if (evaluation.contains("oneOf")
                    || evaluation.contains("anyOf")
                    || error.getKeyword().equals("if")) {
                continue;
            }
            List<Object> path = new ArrayList<>();
            NodePath location = error.getInstanceLocation();
            for (int i = 0; i < location.getNameCount(); i++) {
                path.add(location.getElement(i));
            }
            wrong.add(words(error, path));
        }
        return wrong;
    }

    private Wrong words(Error error, List<Object> path) {
        JsonNode around = around(error);
        JsonNode value = error.getInstanceNode();
        JsonNode limit = around.path(error.getKeyword());
        String unit = around.path("x-unit").asText("");
        String inUnit = Quantity.dimensionless(unit) ? "" : " " + unit;
        String shown = shown(value) + inUnit;
        switch (error.getKeyword()) {
            case "required" -> {
                String name = error.getProperty();
                JsonNode property = resolve(around.path("properties").path(name));
                JsonNode here = around.path("properties").path(name);
                String title = here.path("title").asText(property.path("title").asText(name));
                String example = example(name, here, property);
                return new Wrong(path, "has no " + title + example);
            }
            case "additionalProperties", "unevaluatedProperties" -> {
                String name = error.getProperty();
                Set<String> known = new TreeSet<>();
                around.path("properties").fieldNames().forEachRemaining(known::add);
                List<Object> at = new ArrayList<>(path);
                at.add(name);
                return new Wrong(at, "'" + name + "' is not known here" + Nearest.hint(name, known));
            }
            case "type" -> {
                return new Wrong(path, "is " + kind(value) + " but must be " + types(limit) + hintOf(around));
            }
            case "enum" -> {
                List<String> choices = new ArrayList<>();
                limit.forEach(n -> choices.add(n.asText()));
                return new Wrong(path, "is " + shown + " but must be one of: " + String.join(", ", choices));
            }
            case "const" -> {
                return new Wrong(path, "is " + shown + " but must be " + limit);
            }
            case "minimum" -> {
                return new Wrong(path, "is " + shown + " but must be at least " + limit + inUnit);
            }
            case "maximum" -> {
                return new Wrong(path, "is " + shown + " but must be at most " + limit + inUnit);
            }
            case "exclusiveMinimum" -> {
                return new Wrong(path, "is " + shown + " but must be greater than " + limit + inUnit);
            }
            case "exclusiveMaximum" -> {
                return new Wrong(path, "is " + shown + " but must be less than " + limit + inUnit);
            }
            case "multipleOf" -> {
                return new Wrong(path, "is " + shown + " but must be a multiple of " + limit + inUnit);
            }
            case "minItems", "minProperties", "minLength" -> {
                return new Wrong(path, "has too few entries; at least " + limit + " needed" + hintOf(around));
            }
            case "maxItems", "maxProperties", "maxLength" -> {
                return new Wrong(path, "has too many entries or characters; at most " + limit + " may be given");
            }
            case "uniqueItems" -> {
                return new Wrong(path, "names the same thing twice");
            }
            case "pattern" -> {
                return new Wrong(path, shown + " cannot be used as a name here" + pattern(limit.asText(), around));
            }
            case "propertyNames" -> {
                return new Wrong(
                        path,
                        "'" + error.getProperty()
                                + "' cannot be a name: use letters, digits, '-' and '_', begin with a letter");
            }
            default -> {
                return new Wrong(path, "is not valid: " + error.getMessage());
            }
        }
    }

    private static String pattern(String pattern, JsonNode around) {
        boolean simple = pattern.startsWith("^[A-Za-z") || pattern.startsWith("^[a-z");
        String rule = simple
                ? "; use " + (pattern.contains("A-Z") ? "letters" : "small letters") + ", digits and '-'"
                : "; it must match " + pattern;
        return rule + hintOf(around);
    }

    private static String hintOf(JsonNode around) {
        JsonNode examples = around.path("examples");
        return examples.isEmpty() ? "" : "; e.g. " + examples.get(0).asText();
    }

    private static String example(String name, JsonNode here, JsonNode property) {
        JsonNode examples = here.has("examples") ? here.path("examples") : property.path("examples");
        String unit = property.path("x-unit").asText("");
        if (!examples.isEmpty()) {
            boolean bare = examples.get(0).isNumber() && !Quantity.dimensionless(unit);
            return "; write e.g. " + name + ": " + examples.get(0).asText() + (bare ? " " + unit : "");
        }
        return "; write " + name + ": …" + (Quantity.dimensionless(unit) ? "" : " " + unit);
    }

    /** The schema object that holds the keyword that was violated. */
    private JsonNode around(Error error) {
        NodePath fragment = error.getSchemaLocation().getFragment();
        JsonNode node = text;
        for (int i = 0; i < fragment.getNameCount() - 1; i++) {
            Object step = fragment.getElement(i);
            node = node.isArray() ? node.path(Integer.parseInt(step.toString())) : node.path(step.toString());
        }
        return node;
    }

    /** Follows a reference within the schema. */
    JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        for (int i = 0; i < 10 && at.path("$ref").asText("").startsWith("#/"); i++) {
            at = text.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }

    static String shown(JsonNode value) {
        String text = value == null ? "nothing" : value.isTextual() ? "'" + value.asText() + "'" : value.toString();
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "the text " + shown(value);
            case NUMBER -> "the number " + value;
            case BOOLEAN -> "'" + value + "'";
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "empty";
        };
    }

    private static String types(JsonNode types) {
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(t -> names.add(type(t.asText())));
        } else {
            names.add(type(types.asText()));
        }
        return names.stream().collect(Collectors.joining(" or "));
    }

    private static String type(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "number" -> "a number";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a mapping (name: value)";
            default -> type;
        };
    }
}
