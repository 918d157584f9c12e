package org.anodyne.plugin.intervention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that an {@link Activity} asks for.
 *
 * @param name name within the activity: lower-case letters, digits, {@code -}
 * @param label wording as the participant sees it
 * @param type what kind of answer it takes
 * @param required whether an answer without it is refused
 * @param minimum least number ({@code NUMBER}, {@code SCALE})
 * @param minimumAnchor what the least number stands for; may be empty
 * @param maximum greatest number ({@code NUMBER}, {@code SCALE})
 * @param maximumAnchor what the greatest number stands for; may be empty
 * @param step difference between neighbouring numbers; 0 for any number
 * @param unit of numbers, for people; may be empty
 * @param most greatest number of characters ({@code TEXT}), of choices or of entries ({@code CHOICE}, {@code LIST})
 * @param choices what may be chosen ({@code CHOICE})
 * @param rows names of the rows ({@code GRID})
 * @param columns names of the columns ({@code GRID})
 */
public record ActivityField(
        String name,
        String label,
        Type type,
        boolean required,
        double minimum,
        String minimumAnchor,
        double maximum,
        String maximumAnchor,
        double step,
        String unit,
        int most,
        List<String> choices,
        List<String> rows,
        List<String> columns) {
    /** Longest entry of a list and longest cell of a grid, characters; a text says its own limit. */
    public static final int LONGEST_ENTRY = 500;

    /** Kinds of answer, each with the JSON value that it has on the bus. */
    public enum Type {
        /** {@code String}. */
        TEXT,
        /** {@code Long} or {@code Double}. */
        NUMBER,
        /** {@code String}, one of the choices; a {@code List} of them where {@code most} is above 1. */
        CHOICE,
        /** {@code Long} or {@code Double}, a step of the scale. */
        SCALE,
        /** {@code List} of {@code String}. */
        LIST,
        /** {@code List} with a {@code List} of {@code String} per row, one per column; empty cells are empty texts. */
        GRID
    }

    public ActivityField {
        choices = List.copyOf(choices);
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }

    /**
     * Why a value cannot be taken, for a person; empty when it can.
     *
     * @param value null when there is none
     */
    public String objection(Object value) {
        if (value == null) {
            return required ? "'" + label + "' needs an answer" : "";
        }
        return switch (type) {
            case TEXT -> text(value, most);
            case NUMBER, SCALE -> number(value);
            case CHOICE -> choice(value);
            case LIST -> list(value);
            case GRID -> grid(value);
        };
    }

    private String text(Object value, int longest) {
        if (!(value instanceof String s)) {
            return "'" + label + "' takes a text";
        }
        if (s.length() > longest) {
            return "'" + label + "' takes " + longest + " characters, not " + s.length();
        }
        return required && s.isBlank() ? "'" + label + "' needs an answer" : "";
    }

    private String number(Object value) {
        if (!(value instanceof Number n) || !Double.isFinite(n.doubleValue())) {
            return "'" + label + "' takes a number";
        }
        double v = n.doubleValue();
        if (v < minimum || v > maximum) {
            return "'" + label + "' takes a number from " + minimum + " to " + maximum + ", not " + v;
        }
        double steps = step == 0 ? 0 : (v - minimum) / step;
        return Math.abs(steps - Math.rint(steps)) > 1e-9
                ? "'" + label + "' goes from " + minimum + " in steps of " + step + ", which " + v + " is none of"
                : "";
    }

    private String choice(Object value) {
        if (most == 1) {
            return value instanceof String s && choices.contains(s) ? "" : "'" + label + "' takes one of " + choices;
        }
        if (!(value instanceof List<?> chosen) || !choices.containsAll(chosen)) {
            return "'" + label + "' takes a list of some of " + choices;
        }
        if (chosen.stream().distinct().count() != chosen.size() || chosen.size() > most) {
            return "'" + label + "' takes up to " + most + ", each once";
        }
        return required && chosen.isEmpty() ? "'" + label + "' needs an answer" : "";
    }

    private String list(Object value) {
        if (!(value instanceof List<?> entries) || !allTexts(entries)) {
            return "'" + label + "' takes a list of texts of up to " + LONGEST_ENTRY + " characters";
        }
        if (entries.size() > most) {
            return "'" + label + "' takes up to " + most + " entries, not " + entries.size();
        }
        return required && allBlank(entries) ? "'" + label + "' needs an answer" : "";
    }

    private String grid(Object value) {
        boolean whole = value instanceof List<?> lines
                && lines.size() == rows.size()
                && lines.stream().allMatch(l -> l instanceof List<?> r && r.size() == columns.size() && allTexts(r));
        if (!whole) {
            return "'" + label + "' takes " + rows.size() + " rows of " + columns.size() + " texts of up to "
                    + LONGEST_ENTRY + " characters";
        }
        boolean blank = ((List<?>) value).stream().allMatch(l -> allBlank((List<?>) l));
        return required && blank ? "'" + label + "' needs an answer" : "";
    }

    private static boolean allTexts(List<?> entries) {
        return entries.stream().allMatch(e -> e instanceof String s && s.length() <= LONGEST_ENTRY);
    }

    private static boolean allBlank(List<?> entries) {
        return entries.stream().allMatch(e -> String.valueOf(e).isBlank());
    }

    /** As JSON values, for the activity's event. */
    Map<String, Object> values() {
        Map<String, Object> m = new HashMap<>();
        m.put("name", name);
        m.put("label", label);
        m.put("type", type.name().toLowerCase(java.util.Locale.ROOT));
        m.put("required", required);
        m.put("minimum", minimum);
        m.put("minimumAnchor", minimumAnchor);
        m.put("maximum", maximum);
        m.put("maximumAnchor", maximumAnchor);
        m.put("step", step);
        m.put("unit", unit);
        m.put("most", (long) most);
        m.put("choices", choices);
        m.put("rows", rows);
        m.put("columns", columns);
        return m;
    }

    static ActivityField of(Map<?, ?> m) {
        return new ActivityField(
                Activity.text(m, "name"),
                Activity.text(m, "label"),
                Type.valueOf(Activity.text(m, "type").toUpperCase(java.util.Locale.ROOT)),
                Boolean.TRUE.equals(m.get("required")),
                Activity.number(m, "minimum"),
                Activity.text(m, "minimumAnchor"),
                Activity.number(m, "maximum"),
                Activity.text(m, "maximumAnchor"),
                Activity.number(m, "step"),
                Activity.text(m, "unit"),
                (int) Activity.number(m, "most"),
                texts(m.get("choices")),
                texts(m.get("rows")),
                texts(m.get("columns")));
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> l ? l.stream().map(String::valueOf).toList() : List.of();
    }
}
