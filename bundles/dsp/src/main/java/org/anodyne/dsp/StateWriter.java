package org.anodyne.dsp;

import java.nio.ByteBuffer;

/** Writes a saved memory: kind, version, settings, values; big-endian. */
final class StateWriter {
    private final ByteBuffer buffer;

    StateWriter(int kind, int version, int bodyBytes) {
        buffer = ByteBuffer.allocate(8 + bodyBytes).putInt(kind).putInt(version);
    }

    StateWriter putInt(int value) {
        buffer.putInt(value);
        return this;
    }

    StateWriter putLong(long value) {
        buffer.putLong(value);
        return this;
    }

    /** Raw bits, so that even the payload of a NaN survives. */
    StateWriter putDouble(double value) {
        buffer.putLong(Double.doubleToRawLongBits(value));
        return this;
    }

    StateWriter putDoubles(double[] values) {
        for (double value : values) {
            putDouble(value);
        }
        return this;
    }

    StateWriter putBytes(byte[] values) {
        buffer.putInt(values.length).put(values);
        return this;
    }

    byte[] bytes() {
        if (buffer.hasRemaining()) {
            throw new IllegalStateException("The state is " + buffer.remaining() + " bytes shorter than planned.");
        }
        return buffer.array();
    }
}
