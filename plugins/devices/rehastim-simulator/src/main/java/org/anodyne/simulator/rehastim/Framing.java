package org.anodyne.simulator.rehastim;

/** The constants of a frame: {@code F0 | 81 crc^55 | 81 len^55 | stuffed body | 0F}. */
final class Framing {

    static final int START = 0xF0;
    static final int STOP = 0x0F;
    static final int ESCAPE = 0x81;
    static final int MASK = 0x55;

    /** F0, 81, CRC, 81, length. */
    static final int HEADER = 5;

    /** The length byte cannot say more. */
    static final int LONGEST_BODY = 255;

    private Framing() {}

    static boolean isSpecial(int value) {
        return value == START || value == STOP || value == ESCAPE;
    }
}
