package org.anodyne.simulator.rehastim;

import java.util.Arrays;
import org.anodyne.simulator.kit.Hex;

/**
 * One ScienceMode2 packet without its framing.
 *
 * @param number packet number, 0–255; a reply carries the number of what it answers
 * @param command command code, 0–255
 * @param data the bytes after the command, unstuffed; copied in and out
 */
public record Packet(int number, int command, byte[] data) {

    /** Checks the ranges and copies the data. */
    public Packet {
        if (number < 0 || number > 255 || command < 0 || command > 255) {
            throw new IllegalArgumentException("packet number " + number + " and command " + command
                    + " must each fit into one byte: give values from 0 to 255");
        }
        data = data.clone();
    }

    /** A packet whose data are given as numbers; only the low eight bits of each count, so −2 is the byte FE. */
    public static Packet of(int number, int command, int... data) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            bytes[i] = (byte) data[i];
        }
        return new Packet(number, command, bytes);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** Number of data bytes. */
    public int size() {
        return data.length;
    }

    /** Data byte {@code index} as 0–255. */
    public int unsigned(int index) {
        return data[index] & 0xFF;
    }

    /** Two data bytes from {@code index} on, high byte first, as 0–65535. */
    public int unsigned16(int index) {
        return unsigned(index) << 8 | unsigned(index + 1);
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
        return "Packet[number=" + number + ", command=" + command + ", data=" + Hex.of(data) + "]";
    }
}
