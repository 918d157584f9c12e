package org.anodyne.plugins.tdcsreference;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Lines of text with their check: {@code TEXT *HH}, where HH is the sum of TEXT's bytes modulo 256. Not thread-safe. */
final class Lines {
    private static final int LONGEST = 128;
    private static final int SUFFIX = 4;

    private final StringBuilder pending = new StringBuilder();

    /** What came in. */
    sealed interface Received {
        /** A line whose check was right, without it. */
        record Whole(String text) implements Received {}

        /** Anything else. */
        record Damaged(String reason) implements Received {}
    }

    /** Takes one byte; gives what it completes. */
    Optional<Received> next(byte value) {
        if (value == '\n') {
            String line = pending.toString();
            pending.setLength(0);
            return line.isEmpty() ? Optional.empty() : Optional.of(read(line));
        }
        pending.append((char) (value & 0xFF));
        if (pending.length() >= LONGEST) {
            pending.setLength(0);
            return Optional.of(new Received.Damaged("more than " + (LONGEST - 1) + " bytes without the end of a line"));
        }
        return Optional.empty();
    }

    void reset() {
        pending.setLength(0);
    }

    private static Received read(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < 0x20 || line.charAt(i) > 0x7E) {
                return new Received.Damaged("a byte that is no text");
            }
        }
        int mark = line.length() - SUFFIX;
        if (mark < 1 || !line.startsWith(" *", mark)) {
            return new Received.Damaged("a line without its check");
        }
        String text = line.substring(0, mark);
        return check(text).equals(line.substring(mark + 2))
                ? new Received.Whole(text)
                : new Received.Damaged("a line with a wrong check");
    }

    /** The bytes of a line with its check and its end. */
    static byte[] encoded(String text) {
        return (text + " *" + check(text) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String check(String text) {
        int sum = text.chars().sum() & 0xFF;
        return String.format(Locale.ROOT, "%02X", sum);
    }
}
