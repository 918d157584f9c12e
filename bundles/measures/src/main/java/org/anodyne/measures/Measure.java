package org.anodyne.measures;

import java.math.BigDecimal;
import java.util.Map;

/**
 * One row of a table, without fault.
 *
 * @param line line of the table that it stands in, from 1
 * @param cells what stands in each column that has something, by name: numbers and codes as given, names of known analytes as
 *     they are usually written, times with seconds and offset
 * @param value what came out; null where it is below the limit of detection
 */
public record Measure(Kind kind, long line, Map<String, String> cells, BigDecimal value) {
    public Measure {
        cells = Map.copyOf(cells);
    }

    /** What stands in a column; empty when nothing does. */
    public String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    /** When: a day, or a time with its offset, as in ISO 8601. */
    public String at() {
        return cell(kind == Kind.ASSAY ? "sampled" : "acquired");
    }

    /** Whether the amount is below the limit of detection. */
    public boolean belowDetection() {
        return cell("below_detection").equals("yes");
    }

    /** What tells it from other measures: two of one key are the same measure. */
    public String key() {
        StringBuilder key = new StringBuilder(kind.word());
        for (Kind.Column column : kind.columns()) {
            switch (column.name()) {
                case "value", "unit", "below_detection", "detection_limit", "comment" -> {
                    // what was found, not what was looked for
                }
                default -> key.append('|').append(cell(column.name()));
            }
        }
        return key.toString();
    }

    /** Whether another measure says the same; 2.10 is 2.1. */
    public boolean says(Measure other) {
        return same(value, other.value)
                && cell("unit").equals(other.cell("unit"))
                && belowDetection() == other.belowDetection()
                && same(detectionLimit(), other.detectionLimit());
    }

    private static boolean same(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }

    /** The limit of detection, in the unit of the value; null when none was given. */
    public BigDecimal detectionLimit() {
        return cells.containsKey("detection_limit") ? new BigDecimal(cell("detection_limit")) : null;
    }

    /** The value for people. */
    public String shown() {
        String unit = cell("unit").equals("1") ? "" : " " + cell("unit");
        return value == null ? "below " + cell("detection_limit") + unit : value.toPlainString() + unit;
    }
}
