package org.anodyne.lsl.wire;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.Sample;

/** The two samples that a feed begins with, so that both ends know that they mean the same bytes. */
public final class TestPattern {
    /** Offsets of the two samples, in order. */
    public static final List<Integer> OFFSETS = List.of(4, 2);

    private static final double TIME = 123456.789;

    private TestPattern() {}

    /** The sample of this offset: channel k has k + offset + base, negative for odd k, within what the format holds. */
    public static Sample of(ChannelFormat format, int channels, int offset) {
        switch (format) {
            case STRING -> {
                List<String> texts = new ArrayList<>();
                for (int k = 0; k < channels; k++) {
                    texts.add(Integer.toString(sign(k) * (k + 10)));
                }
                return new Sample(TIME, new Sample.Texts(texts));
            }
            case INT64 -> {
                long[] wholes = new long[channels];
                for (int k = 0; k < channels; k++) {
                    wholes[k] = sign(k) * (2147483649L + offset + k);
                }
                return new Sample(TIME, new Sample.Wholes(wholes));
            }
            case FLOAT32, DOUBLE64, INT32, INT16, INT8 -> {
                double[] numbers = new double[channels];
                for (int k = 0; k < channels; k++) {
                    numbers[k] = sign(k) * ((k + offset + base(format)) % modulus(format));
                }
                return new Sample(TIME, new Sample.Numbers(numbers));
            }
        }
        throw new IllegalArgumentException("no pattern for " + format);
    }

    private static int sign(int channel) {
        return channel % 2 == 0 ? 1 : -1;
    }

    private static long base(ChannelFormat format) {
        return switch (format) {
            case DOUBLE64 -> 16777217;
            case INT32 -> 65537;
            case INT16 -> 257;
            case INT8 -> 1;
            case INT64 -> 2147483649L;
            case FLOAT32, STRING -> 0;
        };
    }

    /** Whole numbers wrap at the greatest value of their format, so that any number of channels has a pattern. */
    private static long modulus(ChannelFormat format) {
        return switch (format) {
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT8 -> Byte.MAX_VALUE;
            case FLOAT32, DOUBLE64, INT64, STRING -> Long.MAX_VALUE;
        };
    }
}
