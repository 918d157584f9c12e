package org.anodyne.simulator.cyton;

/** Lays out the 33 bytes of a data packet as the dongle emits them. */
final class DataPacket {

    static final int SIZE = 33;
    static final int INPUTS = 8;

    private static final int HEAD = 0xA0;
    private static final int TAIL = 0xC0;
    private static final int FULL_SCALE = 0x7FFFFF;
    private static final double REFERENCE_MICROVOLTS = 4_500_000;

    private DataPacket() {}

    /**
     * A packet.
     *
     * @param counts converter values, each within 24 bits signed
     * @param aux six bytes
     * @param type 0–6
     */
    static byte[] layOut(int number, int[] counts, byte[] aux, int type) {
        byte[] packet = new byte[SIZE];
        packet[0] = (byte) HEAD;
        packet[1] = (byte) number;
        int at = 2;
        for (int count : counts) {
            packet[at++] = (byte) (count >> 16);
            packet[at++] = (byte) (count >> 8);
            packet[at++] = (byte) count;
        }
        System.arraycopy(aux, 0, packet, at, aux.length);
        packet[SIZE - 1] = (byte) (TAIL | type);
        return packet;
    }

    /** What the converter makes of a voltage at this gain; it goes no further than full scale. */
    static int count(double microvolts, int gain) {
        double exact = microvolts * gain * FULL_SCALE / REFERENCE_MICROVOLTS;
        return (int) Math.round(Math.max(-FULL_SCALE - 1, Math.min(FULL_SCALE, exact)));
    }

    /** Three 16-bit values, high byte first. */
    static byte[] words(int first, int second, int third) {
        return new byte[] {
            (byte) (first >> 8), (byte) first, (byte) (second >> 8), (byte) second, (byte) (third >> 8), (byte) third
        };
    }

    /** A 16-bit value and 32 bits of time, high byte first. */
    static byte[] wordAndTime(int word, long millis) {
        return new byte[] {
            (byte) (word >> 8),
            (byte) word,
            (byte) (millis >> 24),
            (byte) (millis >> 16),
            (byte) (millis >> 8),
            (byte) millis
        };
    }
}
