package org.anodyne.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.console.account.Browser;

/** A request that somebody may make. Thread: the request's. */
public final class Call {
    /** Longer bodies are refused. */
    static final int LONGEST = 1 << 20;

    private static final int MOST_WORDS = 2000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServletRequest request;
    private final Browser browser;
    private final Map<String, String> parts;
    private JsonNode body;

    Call(HttpServletRequest request, Browser browser, Map<String, String> parts) {
        this.request = request;
        this.browser = browser;
        this.parts = parts;
    }

    /** Who asks. */
    public Browser browser() {
        return browser;
    }

    /** A part of the path. */
    public String part(String name) {
        return parts.get(name);
    }

    /** A parameter behind the question mark; empty when there is none. */
    public String query(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Name of the server as the browser knows it, without port. */
    public String server() {
        return request.getServerName();
    }

    /** Whether the connection is encrypted. */
    public boolean secure() {
        return request.isSecure();
    }

    /**
     * The body.
     *
     * @throws Refusal when it is no JSON object or too long
     */
    public JsonNode body() {
        if (body == null) {
            body = read(request);
        }
        return body;
    }

    static JsonNode read(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(415, "the body has to be JSON (Content-Type: application/json)");
        }
        try {
            byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new Refusal(413, "the body is longer than " + LONGEST / 1024 + " KiB");
            }
            JsonNode read = JSON.readTree(bytes);
            if (read == null || !read.isObject()) {
                throw new Refusal(400, "the body has to be a JSON object");
            }
            whole(read);
            return read;
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "the body is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Refusal(400, "the body could not be read: " + e.getMessage());
        }
    }

    /** Texts that no encoding can hold, halves of characters, would be refused deeper down without a word for people. */
    private static void whole(JsonNode node) {
        if (node.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw new Refusal(400, "a text of the body holds half a character");
        }
        node.forEach(Call::whole);
    }

    /**
     * Words of a person that are kept as they are: a text of at most 2,000 characters, without control characters but tabs and
     * ends of lines.
     *
     * @param object of the body; what it lacks is not looked at
     * @throws Refusal when it is something else
     */
    public static void words(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isTextual()) {
            throw new Refusal(400, "'" + field + "' has to be a text");
        }
        String text = value.textValue();
        if (text.length() > MOST_WORDS) {
            throw new Refusal(400, "'" + field + "' has " + text.length() + " characters; it may have " + MOST_WORDS);
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw new Refusal(400, "'" + field + "' holds control characters");
        }
    }

    /**
     * A text of the body.
     *
     * @throws Refusal when it is missing, blank or no text
     */
    public String text(String field) {
        String text = text(field, "");
        if (text.isBlank()) {
            throw new Refusal(400, "'" + field + "' is missing");
        }
        return text;
    }

    /** A text of the body, or what holds when it is missing. */
    public String text(String field, String otherwise) {
        return text(body(), field, otherwise);
    }

    static String text(JsonNode body, String field, String otherwise) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw new Refusal(400, "'" + field + "' has to be a text");
        }
        return value.textValue();
    }

    /** A yes or no of the body; no when it is missing. */
    public boolean yes(String field) {
        JsonNode value = body().get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new Refusal(400, "'" + field + "' has to be true or false");
        }
        return value.booleanValue();
    }

    /** A mapping of the body from name to text; empty when it is missing. */
    public Map<String, String> texts(String field) {
        Map<String, String> texts = new java.util.LinkedHashMap<>();
        map(field).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    /** A mapping of the body; empty when it is missing. */
    public Map<String, Object> map(String field) {
        JsonNode value = body().get(field);
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw new Refusal(400, "'" + field + "' has to be an object");
        }
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        value.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
        return map;
    }

    /** A JSON value as {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code List} or {@code Map}. */
    public static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new java.util.LinkedHashMap<>();
            node.properties().forEach(e -> {
                if (!e.getValue().isNull()) {
                    map.put(e.getKey(), plain(e.getValue()));
                }
            });
            return map;
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(n -> list.add(plain(n)));
            return list;
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return node.isNumber()
                ? (Object) node.doubleValue()
                : node.isBoolean() ? (Object) node.booleanValue() : node.asText();
    }
}
