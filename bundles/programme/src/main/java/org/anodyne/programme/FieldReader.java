package org.anodyne.programme;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.plugin.intervention.ActivityField.Type;

/** Reads the fields of an exercise. Thread: one. */
final class FieldReader {
    /** Characters of a text, where the field does not say. */
    private static final int TEXT = 2000;

    private static final int LONGEST_TEXT = 10_000;
    private static final int LIST = 12;
    private static final int LONGEST_LIST = 50;

    private FieldReader() {}

    static List<ActivityField> read(List<YamlNode> fields) {
        List<ActivityField> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode node : fields) {
            one(node).ifPresent(f -> {
                if (!names.add(f.name())) {
                    node.fault("there are two fields '" + f.name() + "' in this exercise; give one another name");
                }
                all.add(f);
            });
        }
        return all;
    }

    private static Optional<ActivityField> one(YamlNode node) {
        node.only(
                "name",
                "label",
                "type",
                "required",
                "minimum",
                "minimumAnchor",
                "maximum",
                "maximumAnchor",
                "step",
                "unit",
                "most",
                "choices",
                "rows",
                "columns");
        String name = node.id("name");
        String label = node.text("label");
        String written = node.text("type");
        if (name.isEmpty() || label.isEmpty() || written.isEmpty()) {
            return Optional.empty();
        }
        Type type;
        try {
            type = Type.valueOf(written.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            node.get("type")
                    .orElse(node)
                    .fault("'" + written + "' is no type of field; there is text, number, choice, scale, list, grid");
            return Optional.empty();
        }
        double most = node.number("most", otherwise(type), 1, type == Type.TEXT ? LONGEST_TEXT : LONGEST_LIST);
        ActivityField field = new ActivityField(
                name,
                label,
                type,
                node.flag("required", false),
                node.number("minimum", 0, -1e9, 1e9),
                node.text("minimumAnchor", ""),
                node.number("maximum", type == Type.SCALE ? 10 : 1e9, -1e9, 1e9),
                node.text("maximumAnchor", ""),
                node.number("step", type == Type.SCALE ? 1 : 0, 0, 1e9),
                node.text("unit", ""),
                (int) most,
                node.texts("choices"),
                node.texts("rows"),
                node.texts("columns"));
        check(node, field);
        return Optional.of(field);
    }

    private static int otherwise(Type type) {
        return switch (type) {
            case TEXT -> TEXT;
            case LIST -> LIST;
            case NUMBER, SCALE, CHOICE, GRID -> 1;
        };
    }

    /** What a person could not answer. */
    private static void check(YamlNode node, ActivityField f) {
        switch (f.type()) {
            case TEXT, LIST -> {}
            case NUMBER -> range(node, f);
            case SCALE -> {
                range(node, f);
                double steps = (f.maximum() - f.minimum()) / f.step();
                if (!(f.step() > 0) || Math.abs(steps - Math.rint(steps)) > 1e-9) {
                    node.fault("the scale '" + f.name() + "' does not come out: from " + f.minimum() + " to "
                            + f.maximum() + " in steps of " + f.step());
                }
            }
            case CHOICE -> {
                if (new HashSet<>(f.choices()).size() < 2 || f.choices().size() != new HashSet<>(f.choices()).size()) {
                    node.fault("the choice '" + f.name() + "' needs two or more different 'choices'");
                }
                if (f.most() > f.choices().size()) {
                    node.fault("the choice '" + f.name() + "' lets choose " + f.most() + " of "
                            + f.choices().size());
                }
            }
            case GRID -> {
                if (f.rows().isEmpty() || f.columns().isEmpty()) {
                    node.fault("the grid '" + f.name() + "' needs 'rows' and 'columns'");
                }
            }
        }
    }

    private static void range(YamlNode node, ActivityField f) {
        if (!(f.minimum() < f.maximum())) {
            node.fault("'" + f.name() + "' goes from " + f.minimum() + " to " + f.maximum()
                    + "; the maximum must be greater");
        }
    }
}
