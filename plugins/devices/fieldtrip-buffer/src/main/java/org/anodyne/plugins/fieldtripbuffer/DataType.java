package org.anodyne.plugins.fieldtripbuffer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** How values are written; the number in the protocol is the place in this list. */
enum DataType {
    CHAR(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    static DataType of(int number) throws IOException {
        if (number < 0 || number >= values().length) {
            throw new IOException("values of type " + number + ", which there is not");
        }
        return values()[number];
    }

    /** The next value. */
    double read(ByteBuffer in) {
        return switch (this) {
            case CHAR, UINT8 -> in.get() & 0xFF;
            case UINT16 -> in.getShort() & 0xFFFF;
            case UINT32 -> in.getInt() & 0xFFFFFFFFL;
            case UINT64 -> {
                long bits = in.getLong();
                yield bits >= 0 ? bits : (bits >>> 1) * 2.0;
            }
            case INT8 -> in.get();
            case INT16 -> in.getShort();
            case INT32 -> in.getInt();
            case INT64 -> in.getLong();
            case FLOAT32 -> in.getFloat();
            case FLOAT64 -> in.getDouble();
        };
    }
}
