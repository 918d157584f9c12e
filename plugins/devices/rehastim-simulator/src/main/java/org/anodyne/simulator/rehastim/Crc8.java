package org.anodyne.simulator.rehastim;

/** CRC-8 with polynomial 0x07, start value 0, no reflection: the check value of "123456789" is 0xF4. */
final class Crc8 {

    private static final int POLYNOMIAL = 0x07;
    private static final int[] TABLE = table();

    private Crc8() {}

    /** The check byte, 0–255, of {@code length} bytes from {@code from} on. */
    static int of(byte[] bytes, int from, int length) {
        int crc = 0;
        for (int i = from; i < from + length; i++) {
            crc = TABLE[crc ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int value = 0; value < 256; value++) {
            int crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
            }
            table[value] = crc & 0xFF;
        }
        return table;
    }
}
