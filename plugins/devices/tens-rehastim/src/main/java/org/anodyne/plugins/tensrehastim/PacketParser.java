package org.anodyne.plugins.tensrehastim;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds packets in a stream of bytes, whatever the bytes are. The header is read by position, since its escaped bytes may
 * themselves look like control bytes. Thread: one at a time.
 */
final class PacketParser {
    /** What came in. */
    sealed interface Received {
        /** A whole and correct packet. */
        record Whole(Packet packet) implements Received {}

        /**
         * Bytes that are no packet.
         *
         * @param reason what was wrong with them
         */
        record Damaged(String reason) implements Received {}
    }

    private static final int HEADER = 5;
    private static final int LONGEST_BODY = 255;

    private final byte[] header = new byte[HEADER];
    private final byte[] body = new byte[LONGEST_BODY];
    private int headerLength;
    private int bodyLength;

    /** Bytes are being passed over; said once, not for each byte. */
    private boolean astray;

    /** Takes one byte; gives what it completed, if anything. */
    Optional<Received> next(byte value) {
        int b = value & 0xFF;
        if (headerLength == 0) {
            if (b == Packet.FIRST) {
                header[headerLength++] = value;
                astray = false;
                return Optional.empty();
            }
            return astray ? Optional.empty() : damaged("a byte outside of a packet");
        }
        if (headerLength < HEADER) {
            header[headerLength++] = value;
            boolean escape = headerLength == 2 || headerLength == 4;
            if (escape && b != Packet.ESCAPE) {
                return again(value, "a header without its escapes");
            }
            return Optional.empty();
        }
        if (b == Packet.LAST) {
            Received received = judge();
            reset();
            return Optional.of(received);
        }
        if (b == Packet.FIRST) {
            return again(value, "a packet that begins before the last one ended");
        }
        if (bodyLength == LONGEST_BODY) {
            return damaged("a packet without an end");
        }
        body[bodyLength++] = value;
        return Optional.empty();
    }

    /** Forgets a packet that was begun. */
    void reset() {
        headerLength = 0;
        bodyLength = 0;
        astray = false;
    }

    private Optional<Received> damaged(String reason) {
        reset();
        astray = true;
        return Optional.of(new Received.Damaged(reason));
    }

    /** Damaged, but the byte may begin the next packet. */
    private Optional<Received> again(byte value, String reason) {
        reset();
        if ((value & 0xFF) == Packet.FIRST) {
            header[headerLength++] = value;
        } else {
            astray = true;
        }
        return Optional.of(new Received.Damaged(reason));
    }

    private Received judge() {
        int crc = header[2] & 0xFF ^ Packet.MASK;
        int length = header[4] & 0xFF ^ Packet.MASK;
        if (length != bodyLength) {
            return new Received.Damaged("a packet of " + bodyLength + " bytes that states " + length);
        }
        if (crc != Packet.crc(body, bodyLength)) {
            return new Received.Damaged("a packet with a wrong check sum");
        }
        byte[] plain = new byte[bodyLength];
        int n = 0;
        for (int i = 0; i < bodyLength; i++) {
            if ((body[i] & 0xFF) != Packet.ESCAPE) {
                plain[n++] = body[i];
            } else if (++i < bodyLength) {
                plain[n++] = (byte) (body[i] ^ Packet.MASK);
            } else {
                return new Received.Damaged("a packet that ends within an escape");
            }
        }
        if (n < 2) {
            return new Received.Damaged("a packet without a command");
        }
        return new Received.Whole(new Packet(plain[0] & 0xFF, plain[1] & 0xFF, Arrays.copyOfRange(plain, 2, n)));
    }
}
