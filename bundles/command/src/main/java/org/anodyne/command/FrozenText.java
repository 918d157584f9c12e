package org.anodyne.command;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Puts a model into the text of a protocol; everything else, comments and order, stays as it was written. */
final class FrozenText {
    private static final String PARAMETERS = "parameters";
    private static final String MODEL = "model";

    private FrozenText() {}

    /** @throws CommandFailure when the protocol has no such slot, or cannot be read */
    static String with(String protocol, String slot, String file, String sha256) {
        String value = "{file: '" + file.replace("'", "''") + "', sha256: " + sha256 + "}";
        Node root;
        try {
            root = new Compose(LoadSettings.builder().setUseMarks(true).build())
                    .composeString(protocol)
                    .orElseThrow(() -> bad("the protocol is empty"));
        } catch (YamlEngineException e) {
            throw bad("the protocol is no YAML: " + e.getMessage());
        }
        Node found = get(root, "slots")
                .flatMap(s -> get(s, slot))
                .orElseThrow(() -> bad("the protocol has no slot '" + slot + "'"));
        if (!(found instanceof MappingNode mapping)) {
            throw bad("slot '" + slot + "' holds no plug-in");
        }
        Optional<Node> parameters = get(found, PARAMETERS);
        if (parameters.isEmpty()) {
            return into(protocol, mapping, PARAMETERS + ": {" + MODEL + ": " + value + "}");
        }
        Optional<Node> model = get(parameters.get(), MODEL);
        if (model.isPresent()) {
            return replaced(protocol, model.get(), value);
        }
        if (!(parameters.get() instanceof MappingNode map)) {
            throw bad("'parameters' of slot '" + slot + "' is no mapping");
        }
        return into(protocol, map, MODEL + ": " + value);
    }

    private static String replaced(String text, Node node, String value) {
        int from = at(text, node.getStartMark().orElseThrow());
        int to = at(text, node.getEndMark().orElseThrow());
        // A block ends where the next token begins: its white space and comments stay.
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        boolean block = node instanceof MappingNode m && m.getFlowStyle() == FlowStyle.BLOCK;
        if (block) {
            throw bad("'model' is written in several lines; write it as {file: …, sha256: …} and freeze again");
        }
        return text.substring(0, from) + value + text.substring(to);
    }

    /** As the first entry of a mapping, in the style in which it is written. */
    private static String into(String text, MappingNode mapping, String entry) {
        int start = at(text, mapping.getStartMark().orElseThrow());
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            boolean empty = mapping.getValue().isEmpty();
            return text.substring(0, start + 1) + entry + (empty ? "" : ", ") + text.substring(start + 1);
        }
        int column = mapping.getStartMark().orElseThrow().getColumn();
        return text.substring(0, start) + entry + "\n" + " ".repeat(column) + text.substring(start);
    }

    /** Marks count code points. */
    private static int at(String text, Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static Optional<Node> get(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key)) {
                    return Optional.of(entry.getValueNode());
                }
            }
        }
        return Optional.empty();
    }

    private static CommandFailure bad(String why) {
        return new CommandFailure(CommandFailure.BAD_INPUT, why);
    }
}
