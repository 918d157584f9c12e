package org.anodyne.lsl.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.Sample;

/** Writes samples as a feed carries them. Thread: one. */
public final class FeedEncoder {
    static final byte DEDUCED = 1;
    static final byte TRANSMITTED = 2;

    private final ChannelFormat format;
    private final int channels;
    private final ByteOrder order;

    /** An encoder for one connection. */
    public FeedEncoder(ChannelFormat format, int channels, ByteOrder order) {
        this.format = format;
        this.channels = channels;
        this.order = order;
    }

    /** The two samples that a feed begins with. */
    public byte[] preamble() {
        byte[] first = encode(TestPattern.of(format, channels, TestPattern.OFFSETS.get(0)), false);
        byte[] second = encode(TestPattern.of(format, channels, TestPattern.OFFSETS.get(1)), false);
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /**
     * One sample.
     *
     * @param deduced whether its time is left out, because the receiver can tell it from the one before
     * @throws IllegalArgumentException when the values do not fit the stream
     */
    public byte[] encode(Sample sample, boolean deduced) {
        Sample.Values values = sample.values();
        if (values.size() != channels) {
            throw new IllegalArgumentException(
                    "a sample of " + values.size() + " values for a stream of " + channels + " channels");
        }
        if (values instanceof Sample.Texts != (format == ChannelFormat.STRING)) {
            throw new IllegalArgumentException("a stream of format " + format.label() + " cannot carry these values");
        }
        int head = deduced ? 1 : 9;
        if (values instanceof Sample.Texts texts) {
            return texts(sample.time(), deduced, texts.texts());
        }
        ByteBuffer out = head(ByteBuffer.allocate(head + channels * format.bytes()), sample.time(), deduced);
        if (format == ChannelFormat.INT64 && values instanceof Sample.Wholes wholes) {
            for (long whole : wholes.wholes()) {
                out.putLong(whole);
            }
            return out.array();
        }
        for (double number : values.numbers()) {
            put(number, out);
        }
        return out.array();
    }

    private void put(double number, ByteBuffer out) {
        switch (format) {
            case FLOAT32 -> out.putFloat((float) number);
            case DOUBLE64 -> out.putDouble(number);
            case INT32 -> out.putInt((int) Math.round(number));
            case INT16 ->
                out.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(number))));
            case INT8 -> out.put((byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, Math.round(number))));
            case INT64 -> out.putLong(Math.round(number));
            case STRING -> throw new IllegalArgumentException("texts are written elsewhere");
        }
    }

    private ByteBuffer head(ByteBuffer out, double time, boolean deduced) {
        out.order(order);
        out.put(deduced ? DEDUCED : TRANSMITTED);
        if (!deduced) {
            out.putDouble(time);
        }
        return out;
    }

    private byte[] texts(double time, boolean deduced, List<String> texts) {
        List<byte[]> encoded =
                texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
        int size = deduced ? 1 : 9;
        for (byte[] text : encoded) {
            size += text.length + (text.length <= 0xFF ? 2 : 5);
        }
        ByteBuffer out = head(ByteBuffer.allocate(size), time, deduced);
        for (byte[] text : encoded) {
            if (text.length <= 0xFF) {
                out.put((byte) 1).put((byte) text.length);
            } else {
                out.put((byte) 4).putInt(text.length);
            }
            out.put(text);
        }
        return out.array();
    }
}
