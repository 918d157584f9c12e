package org.anodyne.simulator.rehastim;

import java.io.ByteArrayOutputStream;
import org.anodyne.simulator.kit.Frame;
import org.anodyne.simulator.kit.Hex;

/** Packets to bytes. */
final class PacketWriter {

    /** Where the escaped check byte is. */
    private static final int CHECK = 2;

    private PacketWriter() {}

    /** The frame of a packet as the outbox takes it. */
    static Frame frame(Packet packet) {
        return new Frame(encode(packet), CHECK, packet.command() == Command.INIT.code(), json -> json.put(
                        "command", Names.of(packet.command()))
                .put("number", packet.number())
                .put("data", Hex.of(packet.data())));
    }

    /**
     * The frame of a packet.
     *
     * @throws IllegalArgumentException when the stuffed body is longer than its length byte can say
     */
    static byte[] encode(Packet packet) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        stuff(body, packet.number());
        stuff(body, packet.command());
        for (int i = 0; i < packet.size(); i++) {
            stuff(body, packet.unsigned(i));
        }
        byte[] stuffed = body.toByteArray();
        if (stuffed.length > Framing.LONGEST_BODY) {
            throw new IllegalArgumentException("a body of " + stuffed.length + " bytes does not fit into one frame: "
                    + "send at most " + Framing.LONGEST_BODY + " bytes after stuffing");
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(Framing.START);
        // Check and length are always escaped, and escaping may well turn them into F0, 0F or 81.
        frame.write(Framing.ESCAPE);
        frame.write(Crc8.of(stuffed, 0, stuffed.length) ^ Framing.MASK);
        frame.write(Framing.ESCAPE);
        frame.write(stuffed.length ^ Framing.MASK);
        frame.writeBytes(stuffed);
        frame.write(Framing.STOP);
        return frame.toByteArray();
    }

    private static void stuff(ByteArrayOutputStream out, int value) {
        if (Framing.isSpecial(value)) {
            out.write(Framing.ESCAPE);
            out.write(value ^ Framing.MASK);
        } else {
            out.write(value);
        }
    }
}
