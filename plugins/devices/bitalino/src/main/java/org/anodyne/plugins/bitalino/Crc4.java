package org.anodyne.plugins.bitalino;

/** CRC of four bits with the polynomial x⁴ + x + 1, over all nibbles, high before low; the last nibble holds it. */
final class Crc4 {
    private static final int[] TABLE = {0, 3, 6, 5, 12, 15, 10, 9, 11, 8, 13, 14, 7, 4, 1, 2};

    private Crc4() {}

    /** Whether the low nibble of the last byte is the CRC of what comes before it. */
    static boolean holds(byte[] bytes, int from, int length) {
        int crc = 0;
        for (int i = from; i < from + length - 1; i++) {
            crc = TABLE[crc] ^ bytes[i] >> 4 & 0x0F;
            crc = TABLE[crc] ^ bytes[i] & 0x0F;
        }
        int last = bytes[from + length - 1];
        crc = TABLE[crc] ^ last >> 4 & 0x0F;
        return TABLE[crc] == (last & 0x0F);
    }
}
