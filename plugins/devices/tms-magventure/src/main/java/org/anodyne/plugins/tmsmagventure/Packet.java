package org.anodyne.plugins.tmsmagventure;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One packet: {@code FE, length, payload, CRC-8, FF}. The check byte is over the payload alone; nothing is escaped.
 *
 * @param payload from the PC: what to do; to the PC: type and what it tells
 */
record Packet(byte[] payload) {
    static final int FIRST = 0xFE;
    static final int LAST = 0xFF;

    /** Types of what the stimulator sends. */
    static final int STATUS = 0;

    static final int AMPLITUDE = 1;
    static final int PULSE = 2;
    static final int TEMPERATURE = 3;
    static final int LONG_STATUS = 5;
    static final int PAGE = 8;

    /** The number of pulses in a burst is sent as what it lacks of this. */
    private static final int MOST_IN_BURST = 5;

    /** 20 ms, which is 50 Hz. */
    private static final int BURST_INTERVAL_DECIMILLIS = 200;

    private static final int SAME_STRENGTH = 100;
    private static final int POLYNOMIAL = 0x8C;

    static Packet of(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return new Packet(payload);
    }

    static Packet status() {
        return of(0x00);
    }

    static Packet longStatus() {
        return of(0x05);
    }

    static Packet amplitude(int percent) {
        return of(0x01, percent);
    }

    static Packet enable(boolean on) {
        return of(0x02, on ? 1 : 0);
    }

    static Packet fire() {
        return of(0x03, 1);
    }

    /** Starts a train, or ends the one that runs: so it is sent once, and never to end one. */
    static Packet train() {
        return of(0x04);
    }

    static Packet page(int page) {
        return of(0x07, page);
    }

    /** Sets trains. */
    static Packet timing(Timing timing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x0B);
        bytes.write(1);
        bytes.write(0);
        word(bytes, timing.decihertz());
        word(bytes, timing.pulses());
        word(bytes, timing.trains());
        word(bytes, timing.pauseDeciseconds());
        bytes.write(0);
        bytes.write(100);
        bytes.write(10);
        return new Packet(bytes.toByteArray());
    }

    /**
     * Sets the waveform: bursts of three pulses 20 ms apart where it is one of bursts, all of the same strength, in the
     * direction that the stimulator calls normal.
     *
     * @param model number of the model
     * @param mode as it is set
     */
    static Packet waveform(int model, int mode, int waveform) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x09);
        bytes.write(1);
        bytes.write(model);
        bytes.write(mode);
        bytes.write(0);
        bytes.write(waveform);
        bytes.write(MOST_IN_BURST - 3);
        word(bytes, BURST_INTERVAL_DECIMILLIS);
        word(bytes, SAME_STRENGTH);
        return new Packet(bytes.toByteArray());
    }

    private static void word(ByteArrayOutputStream bytes, int value) {
        bytes.write(value >> 8);
        bytes.write(value);
    }

    int type() {
        return at(0);
    }

    int length() {
        return payload.length;
    }

    int at(int index) {
        return payload[index] & 0xFF;
    }

    /** The packet as it goes over the line. */
    byte[] encoded() {
        byte[] frame = new byte[payload.length + 4];
        frame[0] = (byte) FIRST;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        frame[frame.length - 2] = (byte) crc(payload, 0, payload.length);
        frame[frame.length - 1] = (byte) LAST;
        return frame;
    }

    /** CRC-8 of Dallas/Maxim: reflected polynomial 0x8C that begins at 0. */
    static int crc(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >> 1 ^ POLYNOMIAL : crc >> 1;
            }
        }
        return crc;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet that && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "packet [" + HexFormat.of().formatHex(payload) + "]";
    }
}
