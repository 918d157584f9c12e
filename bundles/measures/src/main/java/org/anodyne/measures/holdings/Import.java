package org.anodyne.measures.holdings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.measures.Kind;

/**
 * A table that was taken in.
 *
 * @param file name of the file as it came
 * @param sha256 of its bytes, 64 hexadecimal digits; its copy is called by it
 * @param measures how many it holds
 * @param added how many of them were new
 * @param corrected how many took the place of one that said something else
 * @param by who took it in
 * @param at when, ISO 8601 in UTC
 * @param reason why it may say something else than tables before it; empty where it does not
 */
record Import(
        Kind kind,
        String file,
        String sha256,
        int measures,
        int added,
        int corrected,
        String by,
        String at,
        String reason) {

    Map<String, Object> values() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("kind", kind.word());
        m.put("file", file);
        m.put("sha256", sha256);
        m.put("measures", measures);
        m.put("added", added);
        m.put("corrected", corrected);
        m.put("by", by);
        m.put("at", at);
        m.put("reason", reason);
        return m;
    }

    static Import of(Map<?, ?> m) {
        return new Import(
                Kind.valueOf(text(m, "kind").toUpperCase(java.util.Locale.ROOT)),
                text(m, "file"),
                text(m, "sha256"),
                ((Number) m.get("measures")).intValue(),
                ((Number) m.get("added")).intValue(),
                ((Number) m.get("corrected")).intValue(),
                text(m, "by"),
                text(m, "at"),
                text(m, "reason"));
    }

    private static String text(Map<?, ?> m, String name) {
        if (m.get(name) instanceof String s) {
            return s;
        }
        throw new IllegalArgumentException("'" + name + "' is missing");
    }

    /** Name of the copy of the table, without folder. */
    String copy() {
        return sha256 + ".csv";
    }
}
