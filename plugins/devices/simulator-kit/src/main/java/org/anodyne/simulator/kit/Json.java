package org.anodyne.simulator.kit;

import java.util.List;
import java.util.Locale;

/** One object of JSON on one line, field by field in the order in which they are put. Not thread-safe. */
public final class Json {

    private final StringBuilder text = new StringBuilder("{");

    /** A text field. */
    public Json put(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    /** A whole number. */
    public Json put(String name, long value) {
        key(name).append(value);
        return this;
    }

    /** A truth value. */
    public Json put(String name, boolean value) {
        key(name).append(value);
        return this;
    }

    /** A number with so many decimals; one that is not finite becomes null. */
    public Json put(String name, double value, int decimals) {
        key(name).append(Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "null");
        return this;
    }

    /** A number of thousandths, written with three decimals: nanocoulombs as microcoulombs. */
    public Json putThousandths(String name, long thousandths) {
        key(name).append(String.format(Locale.ROOT, "%d.%03d", thousandths / 1000, thousandths % 1000));
        return this;
    }

    /** A list of texts. */
    public Json put(String name, List<String> values) {
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

    /** A list of objects. */
    public Json putObjects(String name, List<Json> objects) {
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
