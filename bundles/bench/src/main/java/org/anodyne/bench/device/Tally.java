package org.anodyne.bench.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the faults, counted. One thread at a time. */
final class Tally {
    /** How long the output may last after the fault can be known. */
    static final double ALLOWED_MILLIS = 300;

    /** What came of the faults of one kind at one device. */
    private static final class Cell {
        private int count;
        private int late;
        private int noWatchdog;
        private double worstMillis = Double.NEGATIVE_INFINITY;
    }

    private final Map<String, Map<String, Cell>> cells = new TreeMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int faults;
    private int late;
    private int aboveLimit;
    private int unseen;
    private double worstMillis = Double.NEGATIVE_INFINITY;

    int faults() {
        return faults;
    }

    /**
     * The output went off, or, with an infinite time, did not.
     *
     * @param millis from when the fault could be known; negative when it was off before
     */
    void off(String fault, DeviceCase device, double millis) {
        Cell cell = cell(fault, device);
        cell.count++;
        faults++;
        cell.worstMillis = Math.max(cell.worstMillis, millis);
        worstMillis = Math.max(worstMillis, millis);
        if (millis > ALLOWED_MILLIS) {
            cell.late++;
            late++;
            remark(fault, device, Double.isInfinite(millis) ? "it was not off in time" : "off after " + millis + " ms");
        }
    }

    /** Nobody is left who could switch off a device that has no watchdog. */
    void withoutWatchdog(String fault, DeviceCase device) {
        Cell cell = cell(fault, device);
        cell.count++;
        cell.noWatchdog++;
        faults++;
    }

    /** A fault did no harm that anybody could see: a frame in pieces is a frame. */
    void harmless(String fault, DeviceCase device) {
        cell(fault, device).count++;
        faults++;
    }

    /** A fault that is to strike the next reply found none, so nobody could know of it: it does not count. */
    void unseen() {
        unseen++;
    }

    void aboveLimit(String fault, DeviceCase device, double value) {
        aboveLimit++;
        remark(fault, device, device.greatest() + " was " + value + ", the limit is " + device.most());
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
        all.put("byFault", byFault);
        all.put("remarks", List.copyOf(remarks));
        return all;
    }
}
