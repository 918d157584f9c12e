package org.anodyne.plugins.bitalino;

/**
 * One frame in live mode.
 *
 * @param sequence 0–15, wraps
 * @param digital I1, I2, O1, O2 from bit 3 down
 * @param analog raw values of the chosen inputs in order: ten bits for the first four, six for the fifth and sixth
 */
record Frame(int sequence, int digital, int[] analog) {
    private static final int[] LENGTHS = {0, 3, 4, 6, 7, 8, 8};
    private static final int WIDE = 4;

    /** Bytes of a frame with so many inputs. */
    static int length(int inputs) {
        return LENGTHS[inputs];
    }

    /** Greatest raw value at this position among the chosen inputs, from 0. */
    static int greatest(int position) {
        return position < WIDE ? 1023 : 63;
    }

    /** Reads the frame that begins at {@code from}; its CRC has been checked. */
    static Frame read(byte[] bytes, int from, int inputs) {
        int end = from + length(inputs);
        int[] b = new int[9];
        for (int back = 1; back <= length(inputs); back++) {
            b[back] = bytes[end - back] & 0xFF;
        }
        int[] all = {
            (b[2] & 0x0F) << 6 | b[3] >> 2,
            (b[3] & 0x03) << 8 | b[4],
            b[5] << 2 | b[6] >> 6,
            (b[6] & 0x3F) << 4 | b[7] >> 4,
            (b[7] & 0x0F) << 2 | b[8] >> 6,
            b[8] & 0x3F
        };
        return new Frame(b[1] >> 4, b[2] >> 4, java.util.Arrays.copyOf(all, inputs));
    }
}
