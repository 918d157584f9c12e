package org.anodyne.bus.mqtt.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Typed arrays of RFC 8746: a byte string with a tag that tells number format and byte order. */
final class TypedArray {
    static final int FLOAT32_BIG_ENDIAN = 81;
    static final int FLOAT64_BIG_ENDIAN = 82;
    static final int FLOAT32_LITTLE_ENDIAN = 85;
    static final int FLOAT64_LITTLE_ENDIAN = 86;

    private TypedArray() {}

    static float[] floats(int tag, byte[] bytes, String field) {
        ByteBuffer b = buffer(tag, bytes, field);
        if (isDouble(tag)) {
            double[] d = new double[bytes.length / 8];
            b.asDoubleBuffer().get(d);
            float[] f = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                f[i] = (float) d[i];
            }
            return f;
        }
        float[] f = new float[bytes.length / 4];
        b.asFloatBuffer().get(f);
        return f;
    }

    static double[] doubles(int tag, byte[] bytes, String field) {
        ByteBuffer b = buffer(tag, bytes, field);
        if (isDouble(tag)) {
            double[] d = new double[bytes.length / 8];
            b.asDoubleBuffer().get(d);
            return d;
        }
        double[] d = new double[bytes.length / 4];
        for (int i = 0; i < d.length; i++) {
            d[i] = b.getFloat(4 * i);
        }
        return d;
    }

    private static ByteBuffer buffer(int tag, byte[] bytes, String field) {
        ByteOrder order =
                switch (tag) {
                    case FLOAT32_BIG_ENDIAN, FLOAT64_BIG_ENDIAN -> ByteOrder.BIG_ENDIAN;
                    case FLOAT32_LITTLE_ENDIAN, FLOAT64_LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
                    default ->
                        throw new CodecException("field '" + field + "' is a byte string "
                                + (tag < 0 ? "without a tag" : "with tag " + tag)
                                + "; it must have tag 85 (float32) or 86 (float64), little-endian, of RFC 8746");
                };
        if (bytes.length % (isDouble(tag) ? 8 : 4) != 0) {
            throw new CodecException("field '" + field + "' has " + bytes.length
                    + " bytes, which is no whole number of values of tag " + tag);
        }
        return ByteBuffer.wrap(bytes).order(order);
    }

    private static boolean isDouble(int tag) {
        return tag == FLOAT64_BIG_ENDIAN || tag == FLOAT64_LITTLE_ENDIAN;
    }
}
