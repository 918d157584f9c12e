package org.anodyne.plugins.openbcicyton;

import java.util.HexFormat;

/** Frames as protocol descriptions print them. */
final class Hex {
    /** 0 µV, +1, −1, greatest, least, +100.0 µV, −100.0 µV, 100 counts at gain 24; no acceleration. */
    static final byte[] PACKET = bytes(
            "A0 01 00 00 00 00 00 01 FF FF FF 7F FF FF 80 00 00 00 11 7A FF EE 86 00 00 64" + " 00 00 00 00 00 00 C0");

    private Hex() {}

    static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** The packet with another number. */
    static byte[] numbered(int number) {
        byte[] packet = PACKET.clone();
        packet[1] = (byte) number;
        return packet;
    }
}
