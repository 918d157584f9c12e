package org.anodyne.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value in a YAML text that knows its line, and adds what is wrong with it to a list of faults. Thread: one. */
final class YamlNode {
    private static final int MOST_ALIASES = 20;

    private final Node node;
    private final String file;
    private final int offset;
    private final List<Fault> faults;
    private final Map<String, YamlNode> entries = new LinkedHashMap<>();

    private YamlNode(Node node, String file, int offset, List<Fault> faults) {
        this.node = node;
        this.file = file;
        this.offset = offset;
        this.faults = faults;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple t : mapping.getValue()) {
                if (t.getKeyNode() instanceof ScalarNode key) {
                    YamlNode value = new YamlNode(t.getValueNode(), file, offset, faults);
                    if (entries.putIfAbsent(key.getValue(), value) != null) {
                        value.fault("'" + key.getValue() + "' stands here twice");
                    }
                }
            }
        }
    }

    /**
     * Reads a text.
     *
     * @param offset lines of the file before the text
     * @return its mapping; empty when it has none, which is among the faults then
     */
    static Optional<YamlNode> read(String text, String file, int offset, List<Fault> faults) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowRecursiveKeys(false)
                .setUseMarks(true)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode) {
                return Optional.of(new YamlNode(root.get(), file, offset, faults));
            }
            faults.add(new Fault(file, offset + 1, "here should be a mapping, lines like 'title: Goals'"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1 + offset).orElse(offset + 1);
            faults.add(new Fault(file, line, "this is no YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            faults.add(new Fault(file, offset + 1, "this is no YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    int line() {
        return node.getStartMark().map(m -> m.getLine() + 1 + offset).orElse(0);
    }

    void fault(String message) {
        faults.add(new Fault(file, line(), message));
    }

    String file() {
        return file;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Entries of a mapping, in order. */
    Map<String, YamlNode> entries() {
        return entries;
    }

    Optional<YamlNode> get(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Every other name is a fault. */
    void only(String... names) {
        if (!(node instanceof MappingNode)) {
            fault("here should be a mapping with " + String.join(", ", names));
            return;
        }
        Set<String> known = Set.of(names);
        entries.forEach((name, value) -> {
            if (!known.contains(name)) {
                value.fault("'" + name + "' is not known here; there is " + String.join(", ", names));
            }
        });
    }

    /** A text that has to be there. */
    String text(String name) {
        String text = text(name, "");
        if (text.isBlank() && !(has(name) && !(entries.get(name).node instanceof ScalarNode))) {
            fault("'" + name + "' is missing; write " + name + ": …");
        }
        return text;
    }

    String text(String name, String otherwise) {
        YamlNode value = entries.get(name);
        return value == null ? otherwise : value.text().orElse(otherwise);
    }

    /** The scalar as a text; else a fault. */
    Optional<String> text() {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue().strip());
        }
        fault("here should be a text");
        return Optional.empty();
    }

    /** An id: lower-case letters, digits and hyphens. */
    String id(String name) {
        String id = text(name);
        if (!id.isEmpty() && !id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            entries.get(name).fault("'" + id + "' is no name; use lower-case letters, digits and -");
        }
        return id;
    }

    double number(String name, double otherwise, double least, double most) {
        YamlNode value = entries.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            double n = Double.parseDouble(value.text().orElse("NaN"));
            if (n >= least && n <= most) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        value.fault("'" + name + "' should be a number from " + plain(least) + " to " + plain(most));
        return otherwise;
    }

    private static String plain(double n) {
        return n == Math.rint(n) ? Long.toString((long) n) : Double.toString(n);
    }

    boolean flag(String name, boolean otherwise) {
        YamlNode value = entries.get(name);
        if (value == null) {
            return otherwise;
        }
        String text = value.text().orElse("");
        if (!text.equals("true") && !text.equals("false")) {
            value.fault("'" + name + "' should be true or false");
        }
        return text.equals("true");
    }

    /** Entries of a list; none when it is absent. */
    List<YamlNode> list(String name) {
        YamlNode value = entries.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value.node instanceof SequenceNode sequence)) {
            value.fault("'" + name + "' should be a list");
            return List.of();
        }
        List<YamlNode> all = new ArrayList<>();
        sequence.getValue().forEach(n -> all.add(new YamlNode(n, file, offset, faults)));
        return all;
    }

    /** Texts of a list. */
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        list(name).forEach(n -> n.text().ifPresent(all::add));
        return all;
    }
}
