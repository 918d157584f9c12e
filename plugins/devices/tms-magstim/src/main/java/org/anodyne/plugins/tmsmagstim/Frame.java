package org.anodyne.plugins.tmsmagstim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What goes over the line to the stimulator: a command byte, ASCII data and a check byte; nothing ends it. */
final class Frame {
    private Frame() {}

    /**
     * A whole frame.
     *
     * @param text command and data, such as {@code EA} or {@code @050}; a command without data has {@code @} in its place
     */
    static byte[] of(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] frame = Arrays.copyOf(ascii, ascii.length + 1);
        frame[ascii.length] = (byte) check(ascii, ascii.length);
        return frame;
    }

    /** The check byte: the complement of the sum of all bytes before it. */
    static int check(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i] & 0xFF;
        }
        return ~sum & 0xFF;
    }
}
