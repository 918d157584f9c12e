package org.anodyne.export.quantity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Regions of the scalp by the labels of the 10-20 system and its 10-10 extension, after the letter of each electrode. A region is what a
 * cap measures there, not what lies below it.
 */
final class Regions {
    private static final Map<String, List<String>> LABELS = Map.of(
            "frontal",
            List.of(
                    "fp1", "fpz", "fp2", "af7", "af3", "afz", "af4", "af8", "f7", "f5", "f3", "f1", "fz", "f2", "f4",
                    "f6", "f8"),
            "central",
            List.of("c5", "c3", "c1", "cz", "c2", "c4", "c6"),
            "parietal",
            List.of("p7", "p5", "p3", "p1", "pz", "p2", "p4", "p6", "p8", "t5", "t6"),
            "occipital",
            List.of("o1", "oz", "o2", "po7", "po3", "poz", "po4", "po8"),
            "temporal",
            List.of("t7", "t8", "t3", "t4", "ft7", "ft8", "tp7", "tp8"));

    private Regions() {}

    /** Whether this names a region. */
    static boolean named(String name) {
        return LABELS.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Positions of the channels that are wanted.
     *
     * @param wanted labels or names of regions; none for all channels. Of a region what is there counts; a label has to be there
     * @return empty when one that is named is not there, or a region has no channel
     */
    static int[] positions(List<String> wanted, List<String> labels) {
        List<Integer> found = new ArrayList<>();
        for (String want : wanted) {
            int before = found.size();
            List<String> any =
                    LABELS.getOrDefault(want.toLowerCase(Locale.ROOT), List.of(want.toLowerCase(Locale.ROOT)));
            for (int i = 0; i < labels.size(); i++) {
                if (any.contains(labels.get(i).toLowerCase(Locale.ROOT)) && !found.contains(i)) {
                    found.add(i);
                }
            }
            if (found.size() == before) {
                return new int[0];
            }
        }
        if (wanted.isEmpty()) {
            for (int i = 0; i < labels.size(); i++) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
