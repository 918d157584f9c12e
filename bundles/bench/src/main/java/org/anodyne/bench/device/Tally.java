package org.anodyne.bench.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the faults, counted. One thread at a time. */
final class Tally {
    /** How long the output may last after the fault can be known. */
    static final double ALLOWED_MILLIS = 300;

    /** What came of the faults of one kind at one device. */
    private static final class Cell {
        private int count;
        private int late;
        private int noWatchdog;
        private int stuck;
        private double worstMillis = Double.NEGATIVE_INFINITY;
    }

    private final Map<String, Map<String, Cell>> cells = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int faults;
    private int late;
    private int aboveLimit;
    private int unseen;
    private long collections;
    private long collectionMillis;
    private double worstMillis = Double.NEGATIVE_INFINITY;

    int faults() {
        return faults;
    }

    int late() {
        return late;
    }

    void add(String fault, DeviceCase device, Verdict verdict) {
        if (verdict instanceof Verdict.Unseen) {
            unseen++; // it does not count
            return;
        }
        Cell cell = cell(fault, device);
        cell.count++;
        faults++;
        if (verdict instanceof Verdict.WithoutWatchdog) {
            cell.noWatchdog++;
        } else if (verdict instanceof Verdict.Off off) {
            took(fault, device, cell, off.millis(), "off");
        } else if (verdict instanceof Verdict.Ordered ordered) {
            cell.stuck++;
            took(fault, device, cell, ordered.millis(), "told to be off");
        }
    }

    /** What did not happen took at least as long as it was looked at. */
    private void took(String fault, DeviceCase device, Cell cell, double judged, String what) {
        double millis = Math.min(judged, FaultsBenchmark.WATCHED_MILLIS);
        cell.worstMillis = Math.max(cell.worstMillis, millis);
        worstMillis = Math.max(worstMillis, millis);
        if (millis > ALLOWED_MILLIS) {
            cell.late++;
            late++;
            remark(
                    fault,
                    device,
                    Double.isInfinite(judged) ? "it was not " + what + " in time" : what + " after " + millis + " ms");
        }
    }

    void aboveLimit(String fault, DeviceCase device, String field, double value, double limit) {
        aboveLimit++;
        remark(fault, device, field + " was " + value + ", the limit is " + limit);
    }

    /** So many collections happened while the garbage storm lasted, and they took so long together. */
    void collected(long collections, long millis) {
        this.collections += collections;
        this.collectionMillis += millis;
    }

    private void remark(String fault, DeviceCase device, String what) {
        remarks.add(fault + ", " + device.plugin() + ": " + what);
    }

    private Cell cell(String fault, DeviceCase device) {
        return cells.computeIfAbsent(fault, f -> new TreeMap<>()).computeIfAbsent(device.plugin(), d -> new Cell());
    }

    Map<String, Object> figures() {
        Map<String, Object> byFault = new LinkedHashMap<>();
        cells.forEach((fault, devices) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            devices.forEach((device, cell) -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("count", cell.count);
                one.put("late", cell.late);
                if (cell.noWatchdog > 0) {
                    one.put("withoutWatchdog", cell.noWatchdog);
                }
                if (cell.stuck > 0) {
                    one.put("stuck", cell.stuck);
                }
                if (cell.worstMillis > Double.NEGATIVE_INFINITY) {
                    one.put("worstMs", Math.round(cell.worstMillis));
                }
                row.put(device, one);
            });
            byFault.put(fault, row);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("faults", faults);
        all.put("late", late);
        all.put("aboveLimit", aboveLimit);
        all.put("worstMs", worstMillis);
        all.put("allowedMs", ALLOWED_MILLIS);
        all.put("unseen", unseen);
        all.put("collections", collections);
        all.put("collectionMs", collectionMillis);
        all.put("byFault", byFault);
        all.put("remarks", List.copyOf(remarks));
        return all;
    }

    /** The worst times as a table in Markdown, a row per fault, a column per device; then what is to be said in words. */
    static List<String> table(Map<String, Object> figures) {
        Map<?, ?> byFault = (Map<?, ?>) figures.get("byFault");
        List<String> devices = DeviceCase.ALL.stream().map(DeviceCase::plugin).toList();
        List<String> lines = new ArrayList<>();
        lines.add("| fault | " + String.join(" | ", devices) + " |");
        lines.add("|---" + "|---".repeat(devices.size()) + "|");
        byFault.forEach((fault, row) -> lines.add("| " + fault + " | "
                + devices.stream()
                        .map(d -> text((Map<?, ?>) ((Map<?, ?>) row).get(d)))
                        .collect(Collectors.joining(" | "))
                + " |"));
        lines.add("");
        lines.add(
                "Worst time from when the fault could be known until the output was off, ms (× how often); negative: off"
                        + " before; told: a stuck output, until the command that was to end it.");
        for (String name : List.of(
                "faults", "late", "aboveLimit", "worstMs", "allowedMs", "unseen", "collections", "collectionMs")) {
            lines.add(name + ": " + figures.get(name));
        }
        ((List<?>) figures.get("remarks")).forEach(r -> lines.add("- " + r));
        return lines;
    }

    private static String text(Map<?, ?> cell) {
        if (cell == null) {
            return "";
        }
        String what = cell.containsKey("withoutWatchdog")
                ? "no watchdog"
                : cell.containsKey("worstMs") ? cell.get("worstMs").toString() : "no harm";
        return (cell.containsKey("stuck") ? "told " : "") + what + " (×" + cell.get("count") + ")";
    }
}
