package org.anodyne.dsp;

import java.nio.ByteBuffer;

/**
 * Writes a saved memory ({@link Resumable#state()}): kind, version, settings, values; big-endian. The number of bytes after kind and
 * version is stated beforehand; {@link #bytes()} refuses a memory that came out shorter.
 */
public final class StateWriter {
    private final ByteBuffer buffer;

    public StateWriter(int kind, int version, int bodyBytes) {
        buffer = ByteBuffer.allocate(8 + bodyBytes).putInt(kind).putInt(version);
    }

    public StateWriter putInt(int value) {
        buffer.putInt(value);
        return this;
    }

    public StateWriter putLong(long value) {
        buffer.putLong(value);
        return this;
    }

    /** Raw bits, so that even the payload of a NaN survives. */
    public StateWriter putDouble(double value) {
        buffer.putLong(Double.doubleToRawLongBits(value));
        return this;
    }

    public StateWriter putDoubles(double[] values) {
        for (double value : values) {
            putDouble(value);
        }
        return this;
    }

    public StateWriter putBytes(byte[] values) {
        buffer.putInt(values.length).put(values);
        return this;
    }

    public byte[] bytes() {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException("The state is " + buffer.remaining() + " bytes shorter than planned.");
        }
        return buffer.array();
    }
}
