package org.anodyne.simulator.tdcs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.anodyne.simulator.kit.Frame;

/** The text of what the device says. */
final class Replies {
    static final String OK = "OK";

    private Replies() {}

    static String error(int number, String text) {
        return "ERR " + number + ",\"" + text + '"';
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The two digits that follow {@code *}: sum of the bytes before the space, modulo 256. */
    static String check(String text) {
        int sum = 0;
        for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
            sum += each & 0xFF;
        }
        return String.format(Locale.ROOT, "%02X", sum & 0xFF);
    }

    /** A line as it leaves. */
    static Frame frame(String text, boolean checked) {
        String line = checked ? text + " *" + check(text) : text;
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return Frame.checked(bytes, checked ? bytes.length - 2 : -1, json -> json.put("text", line));
    }
}
