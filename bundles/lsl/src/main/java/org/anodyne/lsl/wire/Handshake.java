package org.anodyne.lsl.wire;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.StreamInfo;

/** The lines that a TCP connection begins with, from both ends. */
public final class Handshake {
    /** Protocol version that is spoken, times 100. */
    public static final int VERSION = 110;

    /** Most bytes of the lines before the data. */
    public static final int MOST_BYTES = 16_384;

    private static final String FEED = "LSL:streamfeed";

    /**
     * Sizes of a text that a client may name. The reference library compares it with the size of a string object in its own
     * memory, which depends on how it was built, and turns to version 1.00 where they differ.
     */
    public static final List<Integer> TEXT_SIZES = List.of(32, 8, 24, 0);

    private Handshake() {}

    /** What a client may want. */
    public sealed interface Request {
        /** The whole description. */
        record FullInfo() implements Request {}

        /** The short description, when the query is true of it. */
        record ShortInfo(String query) implements Request {}

        /**
         * The samples.
         *
         * @param version that the client speaks, times 100
         * @param uid of the outlet that it means; empty for any
         * @param order that the samples shall have
         * @param binary whether client and server write values alike, so that nothing has to be converted
         * @param buffer most samples that are kept for the client; 0 when it does not say
         */
        record Feed(int version, String uid, ByteOrder order, boolean binary, int buffer) implements Request {}
    }

    /**
     * The server's consent.
     *
     * @param order of what follows
     * @param version of what follows, times 100; only {@link #VERSION} can be read
     */
    public record Consent(String uid, ByteOrder order, int version) {}

    /** Whether the lines of a request are complete; what comes after belongs to nothing. */
    public static boolean complete(String text) {
        String first = text.strip();
        if (first.startsWith("LSL:fullinfo")) {
            return text.contains("\n");
        }
        if (first.startsWith("LSL:shortinfo") || first.matches("(?s)" + FEED + "\\s.*")) {
            return text.indexOf('\n', text.indexOf('\n') + 1) > 0;
        }
        return text.contains("\r\n\r\n") || text.contains("\n\n");
    }

    /**
     * Reads a request whose lines are complete.
     *
     * @throws MalformedException when it is none
     */
    public static Request request(String text, ChannelFormat format) throws MalformedException {
        String[] lines = text.split("\r?\n", -1);
        String method = lines[0].strip();
        if (method.equals("LSL:fullinfo")) {
            return new Request.FullInfo();
        }
        if (method.equals("LSL:shortinfo")) {
            return new Request.ShortInfo(lines.length > 1 ? lines[1].strip() : "");
        }
        if (method.equals(FEED)) {
            return new Request.Feed(100, "", ByteOrder.LITTLE_ENDIAN, false, 0);
        }
        if (!method.startsWith(FEED + "/")) {
            throw new MalformedException("a request for nothing known");
        }
        String[] words = method.substring(FEED.length() + 1).split("[ \t]+");
        int version = Numbers.whole(words[0], "the version of a request");
        Map<String, String> fields = fields(lines);
        boolean binary = !fields.getOrDefault("has-ieee754-floats", "1").equals("0");
        String size = fields.get("value-size");
        if (size != null && format != ChannelFormat.STRING) {
            binary &= Numbers.whole(size, "the size of a value") == format.bytes();
        }
        String dataVersion = fields.getOrDefault("data-protocol-version", fields.get("protocol-version"));
        if (dataVersion != null) {
            binary &= Numbers.whole(dataVersion, "the version of the data") >= VERSION;
        }
        ByteOrder order = order(fields.getOrDefault("native-byte-order", "1234"));
        int buffer = Numbers.whole(fields.getOrDefault("max-buffer-length", "0"), "the length of a buffer");
        return new Request.Feed(version, words.length > 1 ? words[1] : "", order, binary, Math.max(0, buffer));
    }

    private static ByteOrder order(String text) {
        // The mixed order of a few old machines is served as little-endian; they convert it themselves.
        return text.equals("4321") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static Map<String, String> fields(String[] lines) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < lines.length && !lines[i].isBlank(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String value = lines[i].substring(colon + 1);
                int comment = value.indexOf(';');
                fields.put(
                        lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        (comment < 0 ? value : value.substring(0, comment)).strip());
            }
        }
        return fields;
    }

    /** Asks for the samples of a stream; the size of a text is one of {@link #TEXT_SIZES} and only counts for texts. */
    public static byte[] feed(StreamInfo info, int bufferSamples, int textSize) {
        int size =
                info.format() == ChannelFormat.STRING ? textSize : info.format().bytes();
        return bytes(FEED + "/" + VERSION + " " + info.uid() + "\r\n"
                + "Native-Byte-Order: " + (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 4321 : 1234) + "\r\n"
                + "Endian-Performance: 0\r\n"
                + "Has-IEEE754-Floats: 1\r\n"
                + "Supports-Subnormals: 1\r\n"
                + "Value-Size: " + size + "\r\n"
                + "Data-Protocol-Version: " + VERSION + "\r\n"
                + "Max-Buffer-Length: " + bufferSamples + "\r\n"
                + "Max-Chunk-Length: 0\r\n"
                + "Hostname: " + oneLine(info.hostname()) + "\r\n"
                + "Source-Id: " + oneLine(info.sourceId()) + "\r\n"
                + "Session-Id: " + oneLine(info.sessionId()) + "\r\n"
                + "\r\n");
    }

    /** Asks for the whole description. */
    public static byte[] fullInfo() {
        return bytes("LSL:fullinfo\r\n");
    }

    /** The server's consent. */
    public static byte[] consent(String uid, ByteOrder order) {
        return bytes("LSL/" + VERSION + " 200 OK\r\n"
                + "UID: " + uid + "\r\n"
                + "Byte-Order: " + (order == ByteOrder.BIG_ENDIAN ? 4321 : 1234) + "\r\n"
                + "Suppress-Subnormals: 0\r\n"
                + "Data-Protocol-Version: " + VERSION + "\r\n"
                + "\r\n");
    }

    /** The client means another outlet. */
    public static byte[] notFound() {
        return bytes("LSL/" + VERSION + " 404 Not found\r\n\r\n");
    }

    /** The client speaks another version. */
    public static byte[] notSupported() {
        return bytes("LSL/" + VERSION + " 505 Version not supported\r\n\r\n");
    }

    /**
     * Reads the server's answer to {@link #feed}, whose lines are complete.
     *
     * @throws MalformedException when it is no consent; the message says why
     */
    public static Consent consent(String text, String uid) throws MalformedException {
        String[] lines = text.split("\r?\n", -1);
        String[] words = lines[0].strip().split(" +", 3);
        if (words.length < 2 || !words[0].startsWith("LSL/")) {
            throw new MalformedException("the other end answers in another language than LSL");
        }
        int version = Numbers.whole(words[0].substring(4), "the version of the answer");
        int status = Numbers.whole(words[1], "the status of the answer");
        if (version / 100 > VERSION / 100) {
            throw new MalformedException("the other end speaks version " + version / 100.0 + " of the protocol");
        }
        switch (status) {
            case 200 -> {
                // What was asked for.
            }
            case 404 -> throw new MalformedException("the other end no longer has this stream (404)");
            case 505 -> throw new MalformedException("the other end does not speak version 1.10 of the protocol (505)");
            default -> throw new MalformedException("the other end refuses the stream (" + status + ")");
        }
        Map<String, String> fields = fields(lines);
        String theirs = fields.getOrDefault("uid", uid);
        if (!theirs.equalsIgnoreCase(uid)) {
            throw new MalformedException("the other end has another stream by now");
        }
        int data = Numbers.whole(fields.getOrDefault("data-protocol-version", "100"), "the version of the data");
        if (data > VERSION) {
            throw new MalformedException("the other end sends data of a later version than was asked for");
        }
        String order = fields.getOrDefault("byte-order", "1234");
        return switch (order) {
            // 0 is said by a server that has nothing to swap.
            case "1234", "0" -> new Consent(theirs, ByteOrder.LITTLE_ENDIAN, data);
            case "4321" -> new Consent(theirs, ByteOrder.BIG_ENDIAN, data);
            default -> throw new MalformedException("the other end sends bytes in an order that is not known");
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n;]", " ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
