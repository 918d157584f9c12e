package org.anodyne.safety.ledger;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * One line of the ledger: {@code CRC kind name=value …}, values URL-encoded. The CRC-32 runs over the CRC of the line
 * before and the line itself, so that a line that was changed, lost or moved shows.
 *
 * @param kind what happened
 * @param fields by name
 */
record Line(String kind, Map<String, String> fields) {
    private static final int CRC_DIGITS = 8;

    /** What the first line's CRC runs over. */
    static final String BEGINNING = "00000000";

    Line {
        fields = new LinkedHashMap<>(fields);
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Amounts stand in fields whose names begin with {@code +}. */
    Map<String, Double> amounts() {
        Map<String, Double> amounts = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("+")) {
                amounts.put(name.substring(1), Double.parseDouble(value));
            }
        });
        return amounts;
    }

    /** Written out, without the end of the line. */
    String write(String crcBefore) {
        StringBuilder s = new StringBuilder(kind);
        fields.forEach((name, value) ->
                s.append(' ').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return crc(crcBefore, s.toString()) + " " + s;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    static Line read(String crcBefore, String written) {
        if (written.length() < CRC_DIGITS + 2 || written.charAt(CRC_DIGITS) != ' ') {
            throw new IllegalArgumentException("it is no line of a ledger");
        }
        String body = written.substring(CRC_DIGITS + 1);
        if (!crc(crcBefore, body).equals(written.substring(0, CRC_DIGITS))) {
            throw new IllegalArgumentException(
                    "its checksum does not fit: it was changed, or a line before it is gone");
        }
        String[] parts = body.split(" ", -1);
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + parts[i] + "' is no field");
            }
            fields.put(
                    parts[i].substring(0, equals),
                    URLDecoder.decode(parts[i].substring(equals + 1), StandardCharsets.UTF_8));
        }
        Line line = new Line(parts[0], fields);
        line.amounts(); // numbers that are none show here
        return line;
    }

    static String crcOf(String written) {
        return written.substring(0, CRC_DIGITS);
    }

    private static String crc(String before, String body) {
        CRC32 crc = new CRC32();
        crc.update(before.getBytes(StandardCharsets.US_ASCII));
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
