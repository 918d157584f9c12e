package org.anodyne.simulator.kit;

import java.util.function.Consumer;

/**
 * Bytes that are about to leave.
 *
 * @param bytes as they leave when nothing is wrong
 * @param checkByte index of the byte that {@code bad-crc} spoils, or −1 when the protocol has none
 * @param repeats whether {@code merge} sends it twice in one write instead of holding it for the next one, as for something
 *     that is sent periodically
 * @param description adds to the trace's {@code tx} line what the frame says; {@code raw} is added by the outbox
 */
public record Frame(byte[] bytes, int checkByte, boolean repeats, Consumer<Json> description) {

    /** Copies the bytes. */
    public Frame {
        bytes = bytes.clone();
        if (checkByte >= bytes.length) {
            throw new IllegalArgumentException(
                    "check byte " + checkByte + " is not one of the " + bytes.length + " bytes of the frame");
        }
    }

    /** A frame with a check byte. */
    public static Frame checked(byte[] bytes, int checkByte, Consumer<Json> description) {
        return new Frame(bytes, checkByte, false, description);
    }

    /** A frame of a protocol that checks nothing. */
    public static Frame plain(byte[] bytes, Consumer<Json> description) {
        return new Frame(bytes, -1, false, description);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
