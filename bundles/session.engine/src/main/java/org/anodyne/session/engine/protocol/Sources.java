package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.session.SessionEngine.NumberSource;

/**
 * Reads {@code sources}: where a protocol's numbers are from. A path is written as faults are told, with entries of lists by their {@code id}:
 * {@code phases[training].duration}; it counts for everything below it. Thread: one.
 */
final class Sources {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([^\\[\\]]+)\\]");

    private final JsonNode root;
    private final Faults faults;

    Sources(JsonNode root, Faults faults) {
        this.root = root;
        this.faults = faults;
    }

    /** Those of a file, each path by itself. */
    static List<NumberSource> of(JsonNode root) {
        List<NumberSource> all = new ArrayList<>();
        for (JsonNode entry : root.path("sources")) {
            for (String path : SlotReader.texts(entry.path("path"))) {
                all.add(new NumberSource(
                        path,
                        entry.path("source").asText(),
                        entry.path("verified").asBoolean()));
            }
        }
        return all;
    }

    /** Tells paths that lead nowhere, and those that stand there twice. */
    void check() {
        Map<String, Integer> seen = new HashMap<>();
        int entry = 0;
        for (JsonNode source : root.path("sources")) {
            String at = Where.child(Where.item("sources", entry), "path");
            for (String path : SlotReader.texts(source.path("path"))) {
                if (at(root, path).isMissingNode()) {
                    faults.add(
                            at, "'" + path + "' names nothing in this protocol; it may have been renamed or removed");
                } else if (seen.putIfAbsent(path, entry) != null) {
                    faults.add(at, "'" + path + "' has a source already");
                }
            }
            entry++;
        }
    }

    static JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (end < path.length() && step.find(end) && step.start() == end) {
            end = step.end();
            node = step.group(1) != null ? node.path(step.group(1)) : entry(node, step.group(2));
        }
        return end < path.length() || path.isEmpty() ? MissingNode.getInstance() : node;
    }

    private static JsonNode entry(JsonNode list, String name) {
        if (name.chars().allMatch(Character::isDigit)) {
            return list.path(Integer.parseInt(name));
        }
        for (JsonNode one : list) {
            if (one.path("id").asText().equals(name)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }
}
