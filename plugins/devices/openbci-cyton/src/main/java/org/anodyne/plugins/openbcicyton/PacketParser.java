package org.anodyne.plugins.openbcicyton;

import java.util.function.Consumer;

/**
 * Cuts the stream of bytes into packets. Once in step, a packet counts as soon as its last byte is there; when one does not
 * begin and end as it should, the next is looked for byte by byte and counts only when the byte after it is {@code A0} again.
 * Thread: one at a time.
 */
final class PacketParser {
    private final byte[] held = new byte[2 * Packet.LENGTH];
    private final Consumer<Packet> packets;
    private int length;
    private boolean inStep;
    private long skipped;

    /** A parser that gives packets to this consumer. */
    PacketParser(Consumer<Packet> packets) {
        this.packets = packets;
    }

    /** Number of bytes that belonged to no packet since the last call. */
    long takeSkipped() {
        long now = skipped;
        skipped = 0;
        return now;
    }

    /** Forgets what is held. */
    void reset() {
        length = 0;
        inStep = false;
        skipped = 0;
    }

    /** Takes the next byte. */
    void next(byte b) {
        held[length++] = b;
        while (length >= Packet.LENGTH) {
            if (!Packet.fits(held, 0)) {
                inStep = false;
                skip();
            } else if (inStep) {
                take();
            } else if (length == Packet.LENGTH) {
                return;
            } else if (held[Packet.LENGTH] == Packet.START) {
                inStep = true;
                take();
            } else {
                skip();
            }
        }
    }

    private void take() {
        packets.accept(Packet.read(held, 0));
        drop(Packet.LENGTH);
    }

    private void skip() {
        skipped++;
        drop(1);
    }

    private void drop(int count) {
        System.arraycopy(held, count, held, 0, length - count);
        length -= count;
    }
}
