package org.anodyne.export.bids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tab-separated table; what is not there is {@code n/a}. */
public final class Table {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row; keys that are no column are refused. */
    public void row(Map<String, Object> values) {
        Map<String, Object> left = new LinkedHashMap<>(values);
        List<String> row = new ArrayList<>();
        for (String c : columns) {
            row.add(cell(left.remove(c)));
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("no such column: " + left.keySet());
        }
        rows.add(row);
    }

    static String cell(Object value) {
        if (value == null) {
            return "n/a";
        }
        if (value instanceof Double d) {
            return number(d);
        }
        String text = String.valueOf(value).replaceAll("[\\t\\r\\n]+", " ").strip();
        return text.isEmpty() ? "n/a" : text;
    }

    /** A number with every digit that tells it from its neighbours. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "n/a";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-6 || size >= 1e15)) {
            return Double.toString(value);
        }
        String text = BigDecimal.valueOf(value).toPlainString();
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    public void write(Path file) {
        StringBuilder s = new StringBuilder(String.join("\t", columns)).append('\n');
        rows.forEach(r -> s.append(String.join("\t", r)).append('\n'));
        try {
            Files.writeString(file, s);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
