package org.anodyne.plugins.openbcicyton;

/**
 * One binary packet of the board: {@code A0}, sample number, 8 × 24 bits signed big-endian, 6 aux bytes, {@code C0|type}.
 *
 * @param number sample number, 0–255, wraps
 * @param counts eight values of the converters
 * @param aux six bytes whose meaning depends on the type
 * @param type 0–6: accelerometer, raw aux, user, accelerometer with time set, with time, raw aux with time set, with time
 */
record Packet(int number, int[] counts, byte[] aux, int type) {
    static final int LENGTH = 33;
    static final int CHANNELS = 8;
    static final byte START = (byte) 0xA0;
    static final int FOOTER = 0xC0;
    static final int GREATEST_TYPE = 6;

    private static final int TIME_SET_ACCELEROMETER = 3;
    private static final int TIME_ACCELEROMETER = 4;

    /** Whether the bytes from {@code at} on begin and end as a packet does. */
    static boolean fits(byte[] bytes, int at) {
        int end = bytes[at + LENGTH - 1] & 0xFF;
        return bytes[at] == START && end >= FOOTER && end <= FOOTER + GREATEST_TYPE;
    }

    /** Reads the packet that begins at {@code at}. */
    static Packet read(byte[] bytes, int at) {
        int[] counts = new int[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            int from = at + 2 + 3 * i;
            counts[i] = bytes[from] << 16 | (bytes[from + 1] & 0xFF) << 8 | bytes[from + 2] & 0xFF;
        }
        return new Packet(
                bytes[at + 1] & 0xFF,
                counts,
                java.util.Arrays.copyOfRange(bytes, at + 26, at + 32),
                bytes[at + LENGTH - 1] & 0x0F);
    }

    /** Whether the aux bytes hold accelerometer values: all three axes, or one by the sample number. */
    boolean accelerometer() {
        return type == 0 || type == TIME_SET_ACCELEROMETER || type == TIME_ACCELEROMETER;
    }

    /** Whether the last four aux bytes are milliseconds since the board was switched on. */
    boolean timed() {
        return type >= TIME_SET_ACCELEROMETER;
    }

    /** A signed 16-bit value of the aux bytes. */
    int auxWord(int word) {
        return aux[2 * word] << 8 | aux[2 * word + 1] & 0xFF;
    }

    /** Milliseconds since the board was switched on; of no meaning unless {@link #timed}. */
    long boardMillis() {
        return (aux[2] & 0xFFL) << 24 | (aux[3] & 0xFFL) << 16 | (aux[4] & 0xFFL) << 8 | aux[5] & 0xFFL;
    }

    /** Microvolts of one count: 4.5 V / gain / (2²³ − 1). */
    static double microvoltsPerCount(int gain) {
        return 4.5e6 / gain / ((1 << 23) - 1);
    }
}
