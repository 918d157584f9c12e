package org.anodyne.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Aligned columns for people. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(head);
    }

    Table row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = cell(cells[i]);
        }
        rows.add(row);
        return this;
    }

    /** Name and value of every figure, nested ones with their names joined by a dot. */
    static Table of(Map<String, Object> figures) {
        Table t = new Table("figure", "value");
        t.add("", figures);
        return t;
    }

    private void add(String prefix, Map<?, ?> figures) {
        figures.forEach((name, value) -> {
            if (value instanceof Map<?, ?> m) {
                add(prefix + name + ".", m);
            } else {
                row(prefix + name, value);
            }
        });
    }

    private static String cell(Object value) {
        if (value instanceof Double d && !d.isNaN() && !d.isInfinite()) {
            double size = Math.abs(d);
            return size != 0 && (size >= 1e7 || size < 1e-3)
                    ? String.format(java.util.Locale.ROOT, "%.3e", d)
                    : String.format(java.util.Locale.ROOT, size >= 100 ? "%.1f" : "%.3f", d);
        }
        return String.valueOf(value);
    }

    @Override
    public String toString() {
        int columns = rows.get(0).length;
        int[] width = new int[columns];
        for (String[] row : rows) {
            for (int c = 0; c < columns; c++) {
                width[c] = Math.max(width[c], row[c].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                line.append(row[c]);
                if (c < columns - 1) {
                    line.append(" ".repeat(width[c] - row[c].length() + 2));
                }
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
