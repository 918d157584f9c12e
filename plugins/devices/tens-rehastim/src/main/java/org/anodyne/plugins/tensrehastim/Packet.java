package org.anodyne.plugins.tensrehastim;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One packet of ScienceMode2: {@code F0, 81 crc^55, 81 length^55, number, command, data, 0F}, where number, command and
 * data are stuffed and CRC and length are taken over the stuffed bytes.
 *
 * @param number packet number, 0 to 255; an answer repeats that of its request
 * @param command what it says
 * @param data as the command demands
 */
record Packet(int number, int command, byte[] data) {
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int UNKNOWN_COMMAND = 3;
    static final int WATCHDOG = 4;
    static final int GET_STIM_MODE = 10;
    static final int GET_STIM_MODE_ACK = 11;
    static final int INIT_CHANNEL_LIST = 30;
    static final int INIT_CHANNEL_LIST_ACK = 31;
    static final int START = 32;
    static final int START_ACK = 33;
    static final int STOP = 34;
    static final int STOP_ACK = 35;
    static final int SINGLE_PULSE = 36;
    static final int SINGLE_PULSE_ACK = 37;
    static final int STIMULATION_ERROR = 38;

    static final int FIRST = 0xF0;
    static final int LAST = 0x0F;
    static final int ESCAPE = 0x81;
    static final int MASK = 0x55;

    private static final int POLYNOMIAL = 0x07;

    static Packet of(int number, int command, int... data) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            bytes[i] = (byte) data[i];
        }
        return new Packet(number, command, bytes);
    }

    /** A byte of the data, 0 to 255. */
    int at(int index) {
        return data[index] & 0xFF;
    }

    /** First byte of the data as a signed number: the result in most answers. */
    int result() {
        return data[0];
    }

    /** The packet as it goes over the line. */
    byte[] encoded() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        stuff(body, number & 0xFF);
        stuff(body, command & 0xFF);
        for (byte b : data) {
            stuff(body, b & 0xFF);
        }
        byte[] stuffed = body.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(FIRST);
        whole.write(ESCAPE);
        whole.write(crc(stuffed, stuffed.length) ^ MASK);
        whole.write(ESCAPE);
        whole.write(stuffed.length ^ MASK);
        whole.writeBytes(stuffed);
        whole.write(LAST);
        return whole.toByteArray();
    }

    private static void stuff(ByteArrayOutputStream out, int value) {
        if (value == FIRST || value == LAST || value == ESCAPE) {
            out.write(ESCAPE);
            out.write(value ^ MASK);
        } else {
            out.write(value);
        }
    }

    /** CRC-8 with polynomial 0x07 that begins at 0. */
    static int crc(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? (crc << 1 ^ POLYNOMIAL) & 0xFF : crc << 1;
            }
        }
        return crc;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet that
                && number == that.number
                && command == that.command
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * number + command) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "packet " + number + " command " + command + " data ["
                + HexFormat.of().formatHex(data) + "]";
    }
}
