package org.anodyne.export.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a report needs of the protocol's text. Reads what it can and complains about nothing: the record was made with the
 * protocol as it is, whatever this reader knows of its format.
 */
public final class ProtocolText {
    private static final Pattern ID = Pattern.compile("(?m)^id:\\s*[\"']?([A-Za-z0-9_.-]+)");

    private final String id;
    private final String title;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, TriggerText> triggers = new LinkedHashMap<>();

    /**
     * A slot as the protocol has it.
     *
     * @param parameters as written, with units
     */
    public record Slot(String plugin, Map<String, Object> parameters, Map<String, Object> inputs) {}

    /**
     * A trigger as the protocol has it.
     *
     * @param feature {@code slot/feature}; empty when not known
     * @param rule the condition in words, e.g. {@code pain/probability above 0.7, held for 1 s}
     * @param above whether values above the threshold count
     * @param arguments of the action, as written, with units
     */
    public record TriggerText(String feature, String rule, boolean above, Map<String, Object> arguments) {}

    ProtocolText(String text) {
        Map<?, ?> root = Map.of();
        try {
            Object loaded = new Load(LoadSettings.builder()
                            .setLabel("protocol")
                            .setMaxAliasesForCollections(50)
                            .build())
                    .loadFromString(text);
            root = loaded instanceof Map<?, ?> m ? m : Map.of();
        } catch (YamlEngineException e) {
            // The text is kept in the record as it was; what it says is then known from the messages alone.
        }
        Matcher m = ID.matcher(text);
        this.id = root.get("id") instanceof String s ? s : m.find() ? m.group(1) : "session";
        this.title = root.get("title") instanceof String s ? s : "";
        if (root.get("slots") instanceof Map<?, ?> all) {
            all.forEach((name, slot) -> {
                if (slot instanceof Map<?, ?> s) {
                    slots.put(
                            String.valueOf(name),
                            new Slot(
                                    String.valueOf(s.get("plugin")),
                                    strings(s.get("parameters")),
                                    strings(s.get("inputs"))));
                }
            });
        }
        phases(root.get("phases"), 0);
    }

    private void phases(Object list, int depth) {
        if (!(list instanceof List<?> phases) || depth > 20) {
            return;
        }
        for (Object p : phases) {
            if (p instanceof Map<?, ?> phase) {
                if (phase.get("block") instanceof Map<?, ?> block) {
                    phases(block.get("phases"), depth + 1);
                }
                if (phase.get("triggers") instanceof List<?> list2) {
                    list2.forEach(this::trigger);
                }
            }
        }
    }

    private void trigger(Object written) {
        if (!(written instanceof Map<?, ?> t) || t.get("id") == null) {
            return;
        }
        boolean above = t.get("above") != null;
        Object limit = above ? t.get("above") : t.get("below");
        String feature = t.get("feature") instanceof String s ? s : "";
        List<String> rule = new ArrayList<>();
        rule.add(feature + (above ? " above " : " below ") + limit(limit));
        said(rule, t.get("hold"), "held for ");
        said(rule, t.get("refractory"), "refractory ");
        said(rule, t.get("perMinute"), "at most per minute ");
        said(rule, t.get("perPhase"), "at most per phase ");
        said(rule, t.get("perSession"), "at most per session ");
        said(rule, t.get("perDay"), "at most in 24 h ");
        // Of several actions the first is the one whose command has the decision's id.
        Object first = t.get("do") instanceof List<?> l && !l.isEmpty() ? l.get(0) : t.get("do");
        Map<String, Object> arguments = first instanceof Map<?, ?> d ? strings(d.get("with")) : Map.of();
        triggers.putIfAbsent(
                String.valueOf(t.get("id")), new TriggerText(feature, String.join(", ", rule), above, arguments));
    }

    private static String limit(Object limit) {
        if (limit instanceof Map<?, ?> m && m.get("falseTriggers") != null) {
            return "the limit of " + m.get("falseTriggers") + " false triggers";
        }
        if (limit instanceof Map<?, ?> m) {
            StringBuilder s = new StringBuilder();
            if (m.get("factor") != null) {
                s.append(m.get("factor")).append(" × ");
            }
            s.append("the mean");
            if (m.get("sd") != null) {
                s.append(" + ").append(m.get("sd")).append(" standard deviations");
            }
            return s.append(" of phase ").append(m.get("baseline")).toString();
        }
        return String.valueOf(limit);
    }

    private static void said(List<String> rule, Object value, String before) {
        if (value != null) {
            rule.add(before + value);
        }
    }

    private static Map<String, Object> strings(Object map) {
        Map<String, Object> m = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> x) {
            x.forEach((k, v) -> m.put(String.valueOf(k), v));
        }
        return m;
    }

    /** The protocol's id; {@code session} when it has none. */
    public String id() {
        return id;
    }

    /** The protocol's title; empty when it has none. */
    public String title() {
        return title;
    }

    public Map<String, Slot> slots() {
        return slots;
    }

    public Map<String, TriggerText> triggers() {
        return triggers;
    }
}
