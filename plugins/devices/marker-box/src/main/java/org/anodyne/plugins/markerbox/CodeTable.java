package org.anodyne.plugins.markerbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which happening has which code. Names are {@code phase/ID}, {@code trigger/ID}, {@code stimulus/SLOT}, {@code refused/SLOT}, {@code event/SLOT/TYPE},
 * {@code session/start} and {@code session/end}; {@code *} in place of the last part stands for all that have no own code.
 */
record CodeTable(Map<String, Integer> codes) {
    private static final String FORM = "(phase|trigger|stimulus|refused|event)/.+|session/(start|end)";

    /** @throws IllegalArgumentException when a name or code cannot be; the message is for a person */
    static CodeTable of(Map<String, Object> table, int greatest) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        table.forEach((name, value) -> {
            if (!name.matches(FORM)) {
                throw new IllegalArgumentException(
                        "'" + name + "' names nothing that happens in a session; write phase/ID,"
                                + " trigger/ID, stimulus/SLOT, refused/SLOT, event/SLOT/TYPE, session/start or session/end");
            }
            int code = value instanceof Number n ? n.intValue() : 0;
            if (code < 1 || code > greatest) {
                throw new IllegalArgumentException(
                        "'" + name + "' has the code " + value + ", but this box shows 1 to " + greatest);
            }
            codes.put(name, code);
        });
        return new CodeTable(codes);
    }

    /** The code of {@code kind/name}, if it has one. */
    OptionalInt of(String kind, String name) {
        Integer own = codes.get(kind + "/" + name);
        Integer any = own == null ? codes.get(kind + "/*") : own;
        return any == null ? OptionalInt.empty() : OptionalInt.of(any);
    }
}
