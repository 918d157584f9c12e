package org.anodyne.lsl.wire;

import org.anodyne.lsl.MalformedException;

/** Numbers in texts of strangers: bounded, and nothing but digits, sign, point and exponent. */
final class Numbers {
    private static final int MOST = 64;

    private Numbers() {}

    static double real(String text, String what) throws MalformedException {
        if (text.length() > MOST || !text.matches("[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]{1,4})?")) {
            throw new MalformedException(what + " is no number");
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new MalformedException(what + " is beyond all bounds");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new MalformedException(what + " is no number", e);
        }
    }

    static int whole(String text, String what) throws MalformedException {
        if (!text.matches("[+-]?[0-9]{1,10}")) {
            throw new MalformedException(what + " is no whole number");
        }
        long value = Long.parseLong(text.startsWith("+") ? text.substring(1) : text);
        if (value != (int) value) {
            throw new MalformedException(what + " is beyond all bounds");
        }
        return (int) value;
    }
}
