package org.anodyne.simulator.bitalino;

import java.util.Arrays;

/** Lays frames and states out bit by bit, and closes them with their CRC. */
final class Layout {

    private static final int[] SIZES = {3, 4, 6, 7, 8, 8};

    private Layout() {}

    /**
     * A frame of live mode.
     *
     * @param values ten-bit values of the chosen inputs in order; of the fifth and sixth the upper six bits are sent
     * @param digital I1, I2, O1, O2 from bit 3 down
     */
    static byte[] frame(int sequence, int digital, int[] values) {
        byte[] frame = new byte[SIZES[values.length - 1]];
        int[] v = Arrays.copyOf(values, 6);
        // Written from the end, as the protocol counts.
        int[] fromEnd = {
            sequence << 4,
            digital << 4 | v[0] >> 6,
            (v[0] & 0x3F) << 2 | v[1] >> 8,
            v[1] & 0xFF,
            v[2] >> 2,
            (v[2] & 3) << 6 | v[3] >> 4,
            (v[3] & 0x0F) << 4 | v[4] >> 6,
            (v[4] >> 4 & 3) << 6 | v[5] >> 4
        };
        for (int i = 0; i < frame.length; i++) {
            frame[frame.length - 1 - i] = (byte) fromEnd[i];
        }
        return closed(frame);
    }

    /** The answer to the state command; with {@code pwm} below 0 as before version 5.2. */
    static byte[] state(int[] values, int battery, int threshold, int pwm, int digital) {
        byte[] state = new byte[pwm < 0 ? 16 : 17];
        for (int i = 0; i < 6; i++) {
            state[2 * i] = (byte) values[i];
            state[2 * i + 1] = (byte) (values[i] >> 8);
        }
        state[12] = (byte) battery;
        state[13] = (byte) (battery >> 8);
        state[14] = (byte) threshold;
        if (pwm >= 0) {
            state[15] = (byte) pwm;
        }
        state[state.length - 1] = (byte) (digital << 4);
        return closed(state);
    }

    /** Shifts the message through the polynomial x⁴ + x + 1 and puts what is left into the low nibble of its last byte. */
    private static byte[] closed(byte[] message) {
        int rest = 0;
        for (byte each : message) {
            for (int bit = 7; bit >= 0; bit--) {
                int out = rest >> 3;
                rest = (rest << 1 | each >> bit & 1) & 0x0F;
                if (out == 1) {
                    rest ^= 0x3;
                }
            }
        }
        message[message.length - 1] |= (byte) rest;
        return message;
    }
}
