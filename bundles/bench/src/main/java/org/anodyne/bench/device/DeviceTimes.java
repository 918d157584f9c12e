package org.anodyne.bench.device;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.bench.measure.Percentiles;

/** What is measured of one device, by line and over all lines. One thread at a time. */
final class DeviceTimes {
    /** The figures there are, by name; all in milliseconds. */
    enum Figure {
        ROUND_TRIP("roundTripMs"),
        COMMAND_TO_BYTE("commandToByteMs"),
        COMMAND_TO_ACKNOWLEDGEMENT("commandToAcknowledgementMs"),
        MARKER_TO_BYTE("commandToMarkerByteMs"),
        SIGNAL_TO_BUS("signalToBusMs"),
        STOP_TO_BYTE("stopToByteMs");

        private final String label;

        Figure(String label) {
            this.label = label;
        }
    }

    private final Map<LineKind, Map<Figure, Percentiles>> byLine = new EnumMap<>(LineKind.class);
    private final Map<Figure, Percentiles> all = new EnumMap<>(Figure.class);
    private int stops;
    private int missing;

    void add(LineKind line, Figure figure, long nanos) {
        byLine.computeIfAbsent(line, l -> new EnumMap<>(Figure.class))
                .computeIfAbsent(figure, f -> new Percentiles())
                .add(nanos);
        all.computeIfAbsent(figure, f -> new Percentiles()).add(nanos);
    }

    /** How many values there are of this. */
    int count(LineKind line, Figure figure) {
        Percentiles found = byLine.getOrDefault(line, Map.of()).get(figure);
        return found == null ? 0 : found.count();
    }

    /** Stop was pressed, and the byte that ends all output came so much later. */
    void stopped(LineKind line, long nanos) {
        stops++;
        add(line, Figure.STOP_TO_BYTE, nanos);
    }

    /** Stop was pressed and no such byte came. */
    void neverStopped() {
        stops++;
        missing++;
    }

    /** For JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(millis(all));
        if (stops > 0) {
            figures.put("stops", stops);
            figures.put("missing", missing);
        }
        byLine.forEach((line, own) -> figures.put(line.label(), millis(own)));
        return figures;
    }

    private static Map<String, Object> millis(Map<Figure, Percentiles> values) {
        Map<String, Object> millis = new LinkedHashMap<>();
        values.forEach((figure, percentiles) -> millis.put(figure.label, percentiles.millis()));
        return millis;
    }

    /** A row for each adapter and line in Markdown. */
    static List<String> table(Map<String, Object> figures) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| adapter | line | round trip | command to first byte | to acknowledgement | signal or marker | stop to byte |");
        lines.add("|---|---|---|---|---|---|---|");
        figures.forEach((plugin, value) -> {
            if (value instanceof Map<?, ?> of) {
                for (LineKind line : LineKind.values()) {
                    if (of.get(line.label()) instanceof Map<?, ?> own) {
                        lines.add(row(plugin, line, own));
                    }
                }
                if (of.get("stops") instanceof Integer stops) {
                    lines.add("| " + plugin + " | both |  |  |  |  | " + cell(of.get(Figure.STOP_TO_BYTE.label)) + "; "
                            + stops + " stops, " + of.get("missing") + " missing |");
                }
            }
        });
        lines.add("");
        lines.add("Median / p99 in ms (× how often).");
        figures.forEach((name, value) -> {
            if (!(value instanceof Map<?, ?>)) {
                lines.add(name + ": " + value);
            }
        });
        return lines;
    }

    private static String row(String plugin, LineKind line, Map<?, ?> own) {
        Object signal = own.get(Figure.SIGNAL_TO_BUS.label);
        return "| " + plugin + " | " + line.label() + " | " + cell(own.get(Figure.ROUND_TRIP.label)) + " | "
                + cell(own.get(Figure.COMMAND_TO_BYTE.label)) + " | "
                + cell(own.get(Figure.COMMAND_TO_ACKNOWLEDGEMENT.label)) + " | "
                + cell(signal == null ? own.get(Figure.MARKER_TO_BYTE.label) : signal) + " | "
                + cell(own.get(Figure.STOP_TO_BYTE.label)) + " |";
    }

    private static String cell(Object millis) {
        return millis instanceof Map<?, ?> m
                ? String.format(
                        Locale.ROOT, "%.1f / %.1f (×%d)", (Double) m.get("p50"), (Double) m.get("p99"), (Integer)
                                m.get("count"))
                : "";
    }
}
