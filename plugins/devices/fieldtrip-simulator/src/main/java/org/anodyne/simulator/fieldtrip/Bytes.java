package org.anodyne.simulator.fieldtrip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes bytes in the order that the client speaks. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean big;

    Bytes(boolean big) {
        this.big = big;
    }

    private Bytes put(long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >> 8 * (big ? size - 1 - i : i)) & 0xFF);
        }
        return this;
    }

    Bytes u16(int value) {
        return put(value, 2);
    }

    Bytes u32(long value) {
        return put(value, 4);
    }

    Bytes f32(float value) {
        return put(Float.floatToRawIntBits(value), 4);
    }

    Bytes f64(double value) {
        return put(Double.doubleToRawLongBits(value), 8);
    }

    Bytes text(String value) {
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    Bytes zero() {
        out.write(0);
        return this;
    }

    Bytes add(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] done() {
        return out.toByteArray();
    }

    /** With the head of a message before it. */
    byte[] message(int command) {
        return new Bytes(big).u16(1).u16(command).u32(size()).add(done()).done();
    }
}
