package org.anodyne.plugin.tck;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A plug-in's parameter schema as far as its tests need it. */
public final class Schema {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private static final String NAME = "parameters.schema.json";

    private final JsonNode root;

    private Schema(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads {@code parameters.schema.json} from where a plug-in's factory comes from; another plug-in on the class path has one
     * of the same name.
     *
     * @throws IllegalStateException when there is none
     */
    public static Schema of(Class<?> factory) {
        try {
            String home =
                    factory.getProtectionDomain().getCodeSource().getLocation().toString();
            for (URL found : Collections.list(factory.getClassLoader().getResources(NAME))) {
                if (found.toString().contains(home)) {
                    try (InputStream in = found.openStream()) {
                        return new Schema(JSON.readTree(in));
                    }
                }
            }
            throw new IllegalStateException("the plug-in of " + factory.getName()
                    + " has no parameters.schema.json at the root of its resources; write one");
        } catch (IOException e) {
            throw new UncheckedIOException("parameters.schema.json cannot be read", e);
        }
    }

    /** The document. */
    public JsonNode root() {
        return root;
    }

    /** The defaults of the top level, with some values replaced or added. */
    public Map<String, Object> defaultsWith(Map<String, Object> values) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : root.path("properties").properties()) {
            defaultOf(property.getValue()).ifPresent(value -> merged.put(property.getKey(), value));
        }
        merged.putAll(values);
        return merged;
    }

    private static Optional<Object> defaultOf(JsonNode property) {
        return property.has("default")
                ? Optional.of(JSON.convertValue(property.get("default"), Object.class))
                : Optional.empty();
    }
}
