package org.anodyne.session.engine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML file as a JSON tree that still knows its lines. Limits keep small files from growing into big trees: text of at
 * most 1 Mi characters, nesting of at most 40, 20 aliases, 20,000 nodes after aliases are expanded.
 *
 * @param root the tree; strings, whole numbers as {@code long}, other numbers as {@code double}
 * @param lines line (from 1) by path
 */
record YamlText(JsonNode root, Map<String, Integer> lines) {
    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 40;
    static final int MAX_ALIASES = 20;
    static final int MAX_NODES = 20_000;

    /**
     * Reads a text.
     *
     * @throws ProtocolException when it is no YAML, exceeds a limit, or says something twice
     */
    static YamlText read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw fault(0, "the file has " + text.length() + " characters; a protocol may have " + MAX_CHARACTERS);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("protocol")
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowRecursiveKeys(false)
                .setUseMarks(true)
                .build();
        try {
            checkLimits(settings, text);
            Optional<Node> node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                throw fault(0, "the file is empty; a protocol begins with 'anodyne: 1'");
            }
            return new Walk().tree(node.get());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            throw fault(line, "this is not YAML: " + e.getProblem() + "; check indentation, colons and quotes");
        } catch (YamlEngineException e) {
            throw fault(0, "this is not YAML: " + e.getMessage());
        }
    }

    /** Looks at the events first: they are read without recursion, so no nesting can exhaust the stack. */
    private static void checkLimits(LoadSettings settings, String text) {
        int depth = 0;
        int aliases = 0;
        int nodes = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            int line = event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias -> aliases++;
                default -> nodes++;
            }
            if (depth > MAX_DEPTH) {
                throw fault(line, "nested more than " + MAX_DEPTH + " deep; no protocol needs that");
            }
            if (aliases > MAX_ALIASES) {
                throw fault(line, "more than " + MAX_ALIASES + " aliases (*name); write the repeated parts out");
            }
            if (nodes > MAX_NODES) {
                throw fault(line, "more than " + MAX_NODES + " values; no protocol needs that");
            }
        }
    }

    private static ProtocolException fault(int line, String message) {
        return new ProtocolException(List.of(new Fault(line, "", message)));
    }

    /** Turns nodes into JSON, expanding aliases within the limit. */
    private static final class Walk {
        private final Map<String, Integer> lines = new HashMap<>();
        private final List<Fault> faults = new ArrayList<>();
        private final Set<Node> open = new HashSet<>();
        private int nodes;

        YamlText tree(Node root) {
            lines.put("", 1);
            JsonNode tree = convert(root, "");
            if (!faults.isEmpty()) {
                throw new ProtocolException(faults);
            }
            return new YamlText(tree, Map.copyOf(lines));
        }

        private JsonNode convert(Node node, String path) {
            if (++nodes > MAX_NODES) {
                throw fault(line(node), "its aliases expand to more than " + MAX_NODES + " values");
            }
            lines.putIfAbsent(path, line(node));
            if (node instanceof ScalarNode scalar) {
                return scalar(scalar, path);
            }
            if (!open.add(node)) {
                throw fault(line(node), "an alias refers to what it is itself a part of");
            }
            try {
                return switch (node.getNodeType()) {
                    case MAPPING -> mapping((MappingNode) node, path);
                    case SEQUENCE -> sequence((SequenceNode) node, path);
                    default -> throw fault(line(node), "only values, lists and mappings are understood here");
                };
            } finally {
                open.remove(node);
            }
        }

        private JsonNode mapping(MappingNode node, String path) {
            checkTag(node, Tag.MAP, path);
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Map<String, Integer> seen = new HashMap<>();
            for (NodeTuple tuple : node.getValue()) {
                int line = line(tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    faults.add(new Fault(line, path, "a list or mapping cannot be a name here"));
                    continue;
                }
                String name = key.getValue();
                String child = Where.child(path, name);
                Integer before = seen.putIfAbsent(name, line);
                if (before != null) {
                    faults.add(new Fault(line, child, "'" + name + "' stands here twice, first in line " + before));
                    continue;
                }
                lines.putIfAbsent(child, line);
                object.set(name, convert(tuple.getValueNode(), child));
            }
            return object;
        }

        private JsonNode sequence(SequenceNode node, String path) {
            checkTag(node, Tag.SEQ, path);
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            int index = 0;
            for (Node item : node.getValue()) {
                array.add(convert(item, Where.item(path, index++)));
            }
            return array;
        }

        private JsonNode scalar(ScalarNode node, String path) {
            JsonNodeFactory json = JsonNodeFactory.instance;
            String text = node.getValue();
            Tag tag = node.getTag();
            try {
                if (tag.equals(Tag.NULL)) {
                    return json.nullNode();
                } else if (tag.equals(Tag.BOOL)) {
                    return json.booleanNode(Boolean.parseBoolean(text));
                } else if (tag.equals(Tag.INT)) {
                    return json.numberNode(Long.parseLong(text));
                } else if (tag.equals(Tag.FLOAT)) {
                    double value = new BigDecimal(text).doubleValue();
                    if (Double.isInfinite(value)) {
                        throw new NumberFormatException(text);
                    }
                    return json.numberNode(value);
                }
            } catch (NumberFormatException e) {
                faults.add(new Fault(line(node), path, "'" + text + "' is no number that can be used here"));
                return json.nullNode();
            }
            checkTag(node, Tag.STR, path);
            return json.textNode(text);
        }

        private void checkTag(Node node, Tag usual, String path) {
            if (!node.getTag().equals(usual)) {
                faults.add(new Fault(
                        line(node), path, "the tag " + node.getTag().getValue() + " is not understood; leave it out"));
            }
        }

        private static int line(Node node) {
            return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        }
    }
}
