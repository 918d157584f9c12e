package org.anodyne.simulator.tdcs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes to lines, in whatever pieces they come. Not thread-safe. */
final class LineReader {
    /** Longest line with its end. */
    static final int LONGEST = 128;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /** One line without its end. A line too long, or with a byte that is no printable ASCII, is not legible. */
    record Line(String text, boolean legible) {}

    List<Line> read(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        for (byte each : bytes) {
            if (each == '\n') {
                lines.add(line());
                pending.reset();
            } else if (pending.size() < LONGEST + 1) {
                // One more than fits is kept, so that a line that is too long shows.
                pending.write(each);
            }
        }
        return lines;
    }

    void reset() {
        pending.reset();
    }

    private Line line() {
        byte[] raw = pending.toByteArray();
        int length = raw.length > 0 && raw[raw.length - 1] == '\r' ? raw.length - 1 : raw.length;
        boolean legible = raw.length < LONGEST;
        for (int i = 0; i < length; i++) {
            legible &= raw[i] >= 0x20 && raw[i] < 0x7F;
        }
        return new Line(new String(raw, 0, length, StandardCharsets.ISO_8859_1), legible);
    }
}
