package org.anodyne.plugins.brainvisionrda;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts what a recorder sends into messages, in whatever pieces it comes. A stream over TCP has no place to begin anew: what
 * does not follow the protocol ends the connection. Thread: one.
 */
final class MessageParser {
    private static final byte[] GUID = HexFormat.of().parseHex("8e45584396c9864caf4a98bbf6c91450");
    private static final int HEADER = 24;
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_CHANNELS = 4096;
    /** No amplifier is faster; a damaged interval would ask for blocks without end. */
    private static final double SHORTEST_MICROS = 1;

    private static final double LONGEST_MICROS = 1e9;
    private static final int MOST_MARKERS = 100_000;
    private static final int MARKER = 16;

    private final Consumer<Message> messages;
    private byte[] kept = new byte[0];
    private int channels;

    MessageParser(Consumer<Message> messages) {
        this.messages = messages;
    }

    /** Forgets everything, for a new connection. */
    void reset() {
        kept = new byte[0];
        channels = 0;
    }

    /** @throws IOException when the bytes are not those of a recorder; the message is for a person */
    void take(byte[] bytes, int count) throws IOException {
        byte[] all = Arrays.copyOf(kept, kept.length + count);
        System.arraycopy(bytes, 0, all, kept.length, count);
        int at = 0;
        while (all.length - at >= HEADER) {
            ByteBuffer head = ByteBuffer.wrap(all, at, HEADER).order(ByteOrder.LITTLE_ENDIAN);
            if (!Arrays.equals(all, at, at + GUID.length, GUID, 0, GUID.length)) {
                throw new IOException("what comes does not begin as a message of the recorder does");
            }
            long size = head.getInt(at + 16) & 0xFFFFFFFFL;
            int type = head.getInt(at + 20);
            if (size < HEADER || size > MOST_BYTES) {
                throw new IOException("a message of " + size + " bytes");
            }
            if (all.length - at < size) {
                break;
            }
            ByteBuffer body =
                    ByteBuffer.wrap(all, at + HEADER, (int) size - HEADER).slice();
            message(type, body.order(ByteOrder.LITTLE_ENDIAN));
            at += (int) size;
        }
        kept = Arrays.copyOfRange(all, at, all.length);
    }

    private void message(int type, ByteBuffer body) throws IOException {
        try {
            switch (type) {
                case 1 -> messages.accept(start(body));
                case 2 -> samples(body, Short.BYTES);
                case 3 -> messages.accept(new Message.Stop());
                case 4 -> samples(body, Float.BYTES);
                default -> {
                    // Later recorders say more, such as that they are still there; nobody has to understand it.
                }
            }
        } catch (java.nio.BufferUnderflowException e) {
            throw new IOException("a message of type " + type + " that is shorter than it says", e);
        }
    }

    private Message start(ByteBuffer body) throws IOException {
        long count = body.getInt() & 0xFFFFFFFFL;
        if (count < 1 || count > MOST_CHANNELS) {
            throw new IOException("a recorder with " + count + " channels; 1 to " + MOST_CHANNELS + " are accepted");
        }
        double interval = body.getDouble();
        if (!(interval >= SHORTEST_MICROS && interval <= LONGEST_MICROS)) {
            throw new IOException("a sampling interval of " + interval + " µs");
        }
        List<Double> resolutions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double resolution = body.getDouble();
            if (!Double.isFinite(resolution)) {
                throw new IOException("a channel with the resolution " + resolution);
            }
            resolutions.add(resolution);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(text(body));
        }
        channels = (int) count;
        return new Message.Start(interval, resolutions, names);
    }

    /** Samples before the recorder said what it measures mean nothing; it says so soon, or the time for that is over. */
    private void samples(ByteBuffer body, int size) throws IOException {
        if (channels > 0) {
            messages.accept(data(body, size));
        }
    }

    private Message data(ByteBuffer body, int size) throws IOException {
        long block = body.getInt() & 0xFFFFFFFFL;
        long points = body.getInt() & 0xFFFFFFFFL;
        long count = body.getInt() & 0xFFFFFFFFL;
        if (points * channels * size > body.remaining() || count > MOST_MARKERS) {
            throw new IOException(
                    "a block of " + points + " samples and " + count + " markers in " + body.remaining() + " bytes");
        }
        float[] values = new float[(int) points * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = size == Short.BYTES ? body.getShort() : body.getFloat();
        }
        List<Message.Marker> markers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            markers.add(marker(body, points));
        }
        return new Message.Data(block, (int) points, values, markers);
    }

    private static Message.Marker marker(ByteBuffer body, long blockPoints) throws IOException {
        int from = body.position();
        long size = body.getInt() & 0xFFFFFFFFL;
        long position = body.getInt() & 0xFFFFFFFFL;
        long points = body.getInt() & 0xFFFFFFFFL;
        int channel = body.getInt();
        if (size < MARKER + 2 || size > body.remaining() + MARKER || position > blockPoints) {
            throw new IOException("a marker of " + size + " bytes at sample " + position + " of " + blockPoints);
        }
        ByteBuffer texts = body.slice(from + MARKER, (int) size - MARKER);
        Message.Marker marker = new Message.Marker(position, points, channel, text(texts), text(texts));
        body.position(from + (int) size);
        return marker;
    }

    private static String text(ByteBuffer in) {
        int from = in.position();
        while (in.get() != 0) {
            // Its end is the zero; a text without one is shorter than the message says.
        }
        byte[] bytes = new byte[in.position() - 1 - from];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
