package org.anodyne.simulator.rehastim;

import java.util.List;
import java.util.Locale;

/** One line of JSON, field by field. */
final class Json {

    private final StringBuilder text = new StringBuilder("{");

    Json put(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    Json put(String name, long value) {
        key(name).append(value);
        return this;
    }

    Json put(String name, boolean value) {
        key(name).append(value);
        return this;
    }

    /** A number of thousandths, written with three decimals: nanocoulombs as microcoulombs. */
    Json putThousandths(String name, long thousandths) {
        key(name).append(String.format(Locale.ROOT, "%d.%03d", thousandths / 1000, thousandths % 1000));
        return this;
    }

    Json put(String name, List<String> values) {
        key(name).append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    Json putObjects(String name, List<Json> objects) {
        key(name).append('[');
        for (int i = 0; i < objects.size(); i++) {
            text.append(i > 0 ? "," : "").append(objects.get(i));
        }
        text.append(']');
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }

    private StringBuilder key(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        return text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
