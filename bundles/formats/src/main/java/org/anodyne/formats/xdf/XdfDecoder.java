package org.anodyne.formats.xdf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Content of a samples chunk to a block. Allocates nothing that the bytes at hand cannot fill. */
final class XdfDecoder {
    private final XdfStreamHeader header;
    private final double interval;
    private double lastStamp;

    XdfDecoder(XdfStreamHeader header) {
        this.header = header;
        this.interval = header.nominalRate() > 0 ? 1 / header.nominalRate() : 0;
    }

    XdfStreamHeader header() {
        return header;
    }

    /** The stamp that the next deduced one follows. */
    double lastStamp() {
        return lastStamp;
    }

    void lastStamp(double stamp) {
        lastStamp = stamp;
    }

    /**
     * @param content after the stream id, little-endian
     * @throws IllegalArgumentException when the content contradicts itself
     */
    XdfSamples decode(int streamId, ByteBuffer content) {
        try {
            long declared = length(content);
            int channels = header.channelCount();
            int valueBytes =
                    header.format() == XdfFormat.STRING ? 2 : header.format().bytes();
            long least = 1 + (long) channels * valueBytes;
            if (declared < 0 || declared > content.remaining() / least) {
                throw new IllegalArgumentException("a samples chunk claims " + Long.toUnsignedString(declared)
                        + " samples, more than it has bytes for");
            }
            int samples = (int) declared;
            double[] stamps = new double[samples];
            boolean[] stamped = new boolean[2];
            Values values = Values.of(header.format(), samples * channels);
            double before = lastStamp;
            for (int i = 0; i < samples; i++) {
                int stampBytes = content.get();
                if (stampBytes == 8) {
                    stamps[i] = content.getDouble();
                } else if (stampBytes == 0) {
                    stamps[i] = before + interval;
                } else {
                    throw new IllegalArgumentException("a time stamp of " + stampBytes + " bytes");
                }
                if (i == 0) {
                    stamped[0] = stampBytes == 8;
                } else {
                    stamped[1] |= stampBytes == 8;
                }
                before = stamps[i];
                values.take(content, i * channels, channels);
            }
            if (content.hasRemaining()) {
                throw new IllegalArgumentException(
                        "a samples chunk has " + content.remaining() + " bytes more than its samples need");
            }
            if (samples > 0) {
                lastStamp = before;
            }
            boolean firstOnly = samples > 1 && stamped[0] && !stamped[1];
            return new XdfSamples(streamId, stamps, firstOnly, values.done());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a samples chunk ends in the middle of a sample", e);
        }
    }

    /** A length field, or -1 when it is none. */
    static long length(ByteBuffer in) {
        return switch (in.get()) {
            case 1 -> in.get() & 0xFF;
            case 4 -> in.getInt() & 0xFFFFFFFFL;
            case 8 -> in.getLong();
            default -> -1;
        };
    }

    private interface Values {
        void take(ByteBuffer in, int at, int count);

        XdfValues done();

        static Values of(XdfFormat format, int length) {
            return switch (format) {
                case FLOAT32 -> {
                    float[] data = new float[length];
                    yield of(() -> new XdfValues.Float32(data), (in, i) -> data[i] = in.getFloat());
                }
                case DOUBLE64 -> {
                    double[] data = new double[length];
                    yield of(() -> new XdfValues.Double64(data), (in, i) -> data[i] = in.getDouble());
                }
                case INT8 -> {
                    byte[] data = new byte[length];
                    yield of(() -> new XdfValues.Int8(data), (in, i) -> data[i] = in.get());
                }
                case INT16 -> {
                    short[] data = new short[length];
                    yield of(() -> new XdfValues.Int16(data), (in, i) -> data[i] = in.getShort());
                }
                case INT32 -> {
                    int[] data = new int[length];
                    yield of(() -> new XdfValues.Int32(data), (in, i) -> data[i] = in.getInt());
                }
                case INT64 -> {
                    long[] data = new long[length];
                    yield of(() -> new XdfValues.Int64(data), (in, i) -> data[i] = in.getLong());
                }
                case STRING -> {
                    String[] data = new String[length];
                    yield of(() -> new XdfValues.Text(data), (in, i) -> data[i] = text(in));
                }
            };
        }

        private static Values of(Supplier<XdfValues> values, One one) {
            return new Values() {
                @Override
                public void take(ByteBuffer in, int at, int count) {
                    for (int i = at; i < at + count; i++) {
                        one.take(in, i);
                    }
                }

                @Override
                public XdfValues done() {
                    return values.get();
                }
            };
        }

        private static String text(ByteBuffer in) {
            long bytes = length(in);
            if (bytes < 0 || bytes > in.remaining()) {
                throw new IllegalArgumentException("a text longer than its chunk");
            }
            String text = new String(in.array(), in.arrayOffset() + in.position(), (int) bytes, StandardCharsets.UTF_8);
            in.position(in.position() + (int) bytes);
            return text;
        }
    }

    private interface One {
        void take(ByteBuffer in, int at);
    }
}
