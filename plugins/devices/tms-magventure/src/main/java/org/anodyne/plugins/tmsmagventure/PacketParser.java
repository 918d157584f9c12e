package org.anodyne.plugins.tmsmagventure;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds packets in a stream of bytes by their length, since a payload may hold any byte. After a bad packet it looks for the
 * next beginning among the bytes that it has. Thread: one at a time.
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

    private static final int AROUND = 4;
    private static final int LONGEST_PAYLOAD = 64;

    private final byte[] buffer = new byte[LONGEST_PAYLOAD + AROUND];
    private int count;

    /** Bytes are being passed over; said once, not for each byte. */
    private boolean astray;

    /** Takes one byte; gives what it completed, if anything. */
    Optional<Received> next(byte value) {
        buffer[count++] = value;
        return look();
    }

    /** Forgets a packet that was begun. */
    void reset() {
        count = 0;
        astray = false;
    }

    private Optional<Received> look() {
        if ((buffer[0] & 0xFF) != Packet.FIRST) {
            return pass("a byte outside of a packet");
        }
        if (count < 2) {
            return Optional.empty();
        }
        int length = buffer[1] & 0xFF;
        if (length == 0 || length > LONGEST_PAYLOAD) {
            return pass("a packet of impossible length");
        }
        if (count < length + AROUND) {
            return Optional.empty();
        }
        if ((buffer[length + 3] & 0xFF) != Packet.LAST) {
            return pass("a packet without its end");
        }
        if (Packet.crc(buffer, 2, length + 2) != (buffer[length + 2] & 0xFF)) {
            return pass("a packet with a wrong check byte");
        }
        Packet packet = new Packet(Arrays.copyOfRange(buffer, 2, length + 2));
        count = 0;
        astray = false;
        return Optional.of(new Received.Whole(packet));
    }

    /** Drops the first byte and goes on with the next one that could begin a packet. */
    private Optional<Received> pass(String reason) {
        int at = 1;
        while (at < count && (buffer[at] & 0xFF) != Packet.FIRST) {
            at++;
        }
        System.arraycopy(buffer, at, buffer, 0, count - at);
        count -= at;
        boolean said = astray;
        astray = true;
        Optional<Received> rest = count > 0 ? look() : Optional.empty();
        if (rest.isPresent()) {
            return rest;
        }
        return said ? Optional.empty() : Optional.of(new Received.Damaged(reason));
    }
}
