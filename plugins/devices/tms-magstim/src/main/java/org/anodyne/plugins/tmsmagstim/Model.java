package org.anodyne.plugins.tmsmagstim;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What stimulators can do. Between the powers of a table the frequency of the next higher power counts. */
enum Model {
    MAGSTIM_200("magstim-200"),
    BISTIM("bistim"),
    RAPID(
            "rapid",
            table(30, 50, 40, 37, 50, 30, 60, 25, 70, 20, 80, 18, 90, 17, 100, 15),
            table(30, 36, 40, 28, 50, 23, 60, 19, 70, 16, 80, 14, 90, 12, 100, 11)),
    SUPER_RAPID(
            "super-rapid",
            table(30, 100, 40, 75, 50, 50, 60, 45, 70, 40, 80, 35, 90, 30, 100, 25),
            table(37, 60, 40, 55, 50, 44, 60, 37, 70, 32, 80, 27, 90, 24, 100, 22)),
    SUPER_RAPID_PLUS1(
            "super-rapid-plus1",
            table(48, 100, 50, 97, 60, 80, 70, 68, 80, 57, 90, 49, 100, 41),
            table(49, 60, 50, 58, 60, 47, 70, 40, 80, 34, 90, 30, 100, 25));

    /** Mains that the higher table is for, in V. */
    static final int EUROPEAN_MAINS = 240;

    private static final long SECOND = 1_000_000_000L;

    private final String id;
    private final NavigableMap<Integer, Integer> at240;
    private final NavigableMap<Integer, Integer> at115;

    Model(String id) {
        this(id, table(), table());
    }

    Model(String id, NavigableMap<Integer, Integer> at240, NavigableMap<Integer, Integer> at115) {
        this.id = id;
        this.at240 = at240;
        this.at115 = at115;
    }

    private static NavigableMap<Integer, Integer> table(int... pairs) {
        NavigableMap<Integer, Integer> table = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            table.put(pairs[i], pairs[i + 1]);
        }
        return table;
    }

    /** The model that a protocol names; the schema permits no other. */
    static Model of(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model '" + id + "'"));
    }

    boolean rapid() {
        return !at240.isEmpty();
    }

    /** Highest frequency of a train in Hz at this power in %; 0 when no train may be given. */
    int highestFrequency(int power, int mains) {
        var entry = (mains == EUROPEAN_MAINS ? at240 : at115).ceilingEntry(power);
        return entry == null ? 0 : entry.getValue();
    }

    /** Least time from one single pulse to the next, nanoseconds; {@code power} is that of the pulse before. */
    long refractoryNanos(int power) {
        return switch (this) {
            case MAGSTIM_200 -> (power < 50 ? 2 : power < 80 ? 3 : 4) * SECOND;
            case BISTIM -> 4 * SECOND;
            case RAPID, SUPER_RAPID, SUPER_RAPID_PLUS1 -> (power > 100 ? 2 : 1) * SECOND;
        };
    }
}
