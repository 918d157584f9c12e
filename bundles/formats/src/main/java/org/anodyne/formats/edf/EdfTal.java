package org.anodyne.formats.edf;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Time-stamped annotation lists of EDF+: onset, 0x15 duration, then texts each ended by 0x14, then 0. */
final class EdfTal {
    private static final int END_OF_TEXT = 0x14;
    private static final int DURATION = 0x15;

    /** The lists of one data record. */
    record Parsed(double recordOnset, List<EdfAnnotation> annotations, boolean sound) {}

    private EdfTal() {}

    /**
     * Parses the annotation bytes of a record.
     *
     * @param timekeeping whether the first list tells the onset of the record (true for the first annotation signal)
     */
    static Parsed parse(byte[] bytes, int from, int to, boolean timekeeping) {
        double onset = Double.NaN;
        List<EdfAnnotation> found = new ArrayList<>();
        boolean sound = true;
        int at = from;
        boolean first = true;
        while (at < to) {
            if (bytes[at] == 0) {
                at++;
                continue;
            }
            int end = at;
            while (end < to && bytes[end] != 0) {
                end++;
            }
            Double time = list(bytes, at, end, found, first && timekeeping);
            sound &= time != null;
            if (first && timekeeping && time != null) {
                onset = time;
            }
            first = false;
            at = end + 1;
        }
        return new Parsed(onset, found, sound && !(timekeeping && Double.isNaN(onset)));
    }

    /** One list; its onset, or null when it is none. */
    private static Double list(byte[] bytes, int from, int to, List<EdfAnnotation> found, boolean timekeeping) {
        int at = find(bytes, from, to, END_OF_TEXT);
        if (at == to || (bytes[from] != '+' && bytes[from] != '-')) {
            return null;
        }
        int split = find(bytes, from, at, DURATION);
        double onset;
        double duration;
        try {
            onset = Double.parseDouble(text(bytes, from, split));
            duration = split == at ? -1 : Double.parseDouble(text(bytes, split + 1, at));
        } catch (NumberFormatException e) {
            return null;
        }
        boolean first = true;
        for (int start = at + 1; start < to; ) {
            int end = find(bytes, start, to, END_OF_TEXT);
            String text = text(bytes, start, end);
            if (!(text.isEmpty() && (first && timekeeping)) && end > start) {
                found.add(new EdfAnnotation(onset, duration, text));
            }
            first = false;
            start = end + 1;
        }
        return onset;
    }

    private static int find(byte[] bytes, int from, int to, int wanted) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The list that tells when a record begins. */
    static byte[] timekeeping(double onset) {
        return bytes(onset, -1, "");
    }

    static byte[] bytes(double onset, double duration, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, (onset < 0 ? "-" : "+") + seconds(Math.abs(onset)));
        if (duration >= 0) {
            out.write(DURATION);
            ascii(out, seconds(duration));
        }
        out.write(END_OF_TEXT);
        out.writeBytes(printable(text).getBytes(StandardCharsets.UTF_8));
        out.write(END_OF_TEXT);
        out.write(0);
        return out.toByteArray();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Microseconds are as fine as all readers understand; no exponent, no trailing zeros. */
    private static String seconds(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(c < 0x20 || (c >= 0xD800 && c <= 0xDFFF) ? ' ' : c));
        return out.toString();
    }
}
