package org.anodyne.plugins.__package__;

/**
 * The codec: one frame of five bytes, {@code A5}, sequence number, value (16 bits signed, high byte first), and a sum of the
 * three bytes before it, modulo 256. Replace it by what your device sends; test it against the literal bytes of its manual.
 */
record Frame(int sequence, int value) {
    static final int LENGTH = 5;

    private static final byte START = (byte) 0xA5;

    /** Whether the bytes are a frame: right start, right sum. */
    static boolean holds(byte[] bytes) {
        int sum = bytes[1] + bytes[2] + bytes[3];
        return bytes[0] == START && bytes[4] == (byte) sum;
    }

    /** Reads a frame that holds. */
    static Frame read(byte[] bytes) {
        return new Frame(bytes[1] & 0xFF, bytes[2] << 8 | bytes[3] & 0xFF);
    }
}
