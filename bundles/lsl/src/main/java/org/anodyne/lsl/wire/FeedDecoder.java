package org.anodyne.lsl.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.Sample;

/**
 * Reads a feed, in whatever pieces it comes: first the two test patterns, which must be right, then samples. What it keeps
 * is bounded by {@link #MOST_SAMPLE_BYTES}. Thread: one. After an exception it is of no further use.
 */
public final class FeedDecoder {
    /** Most bytes of one text. */
    public static final int MOST_TEXT_BYTES = 1 << 20;

    /** Most bytes of one sample. */
    public static final int MOST_SAMPLE_BYTES = 1 << 24;

    private final ChannelFormat format;
    private final int channels;
    private final double rateHz;
    private final ByteOrder order;

    private byte[] kept = new byte[8192];
    private int start;
    private int end;
    private int needed = 1;
    private int missing;
    private boolean untimed;
    private int patterns;
    private double lastTime;
    private boolean timed;

    /** A decoder for one connection. */
    public FeedDecoder(ChannelFormat format, int channels, double rateHz, ByteOrder order) {
        this.format = format;
        this.channels = channels;
        this.rateHz = rateHz;
        this.order = order;
    }

    /** Whether both test patterns came and were right. */
    public boolean begun() {
        return patterns == TestPattern.OFFSETS.size();
    }

    /**
     * Takes bytes in. Samples that a sender may leave without a time, at the beginning of a feed that is joined within a chunk,
     * are passed over until the first one that has a time.
     *
     * @param samples is given each sample that is complete, with its time
     * @throws MalformedException when the bytes are no feed of this stream
     */
    public void feed(byte[] bytes, int count, Consumer<Sample> samples) throws MalformedException {
        keep(bytes, count);
        // Otherwise who sends a large sample byte by byte would have it read anew with each of them.
        while (end - start >= needed && start < end) {
            ByteBuffer in = ByteBuffer.wrap(kept, start, end - start).order(order);
            missing = 0;
            untimed = false;
            Sample sample = next(in);
            if (sample == null) {
                needed = end - start + missing;
                break;
            }
            start = in.position();
            needed = 1;
            if (!untimed) {
                take(sample, samples);
            }
        }
        if (end - start > MOST_SAMPLE_BYTES) {
            throw new MalformedException("a sample of more than " + MOST_SAMPLE_BYTES + " bytes");
        }
    }

    private void keep(byte[] bytes, int count) {
        int left = end - start;
        if (end + count > kept.length) {
            byte[] into = left + count > kept.length ? new byte[Math.max(left + count, 2 * kept.length)] : kept;
            System.arraycopy(kept, start, into, 0, left);
            kept = into;
            start = 0;
            end = left;
        }
        System.arraycopy(bytes, 0, kept, end, count);
        end += count;
    }

    /** Whether fewer bytes are left than these; then it is known how many are missing at least. */
    private boolean lacks(ByteBuffer in, long bytes) {
        if (in.remaining() >= bytes) {
            return false;
        }
        missing = (int) (bytes - in.remaining());
        return true;
    }

    private void take(Sample sample, Consumer<Sample> samples) throws MalformedException {
        if (begun()) {
            samples.accept(sample);
            return;
        }
        Sample expected = TestPattern.of(format, channels, TestPattern.OFFSETS.get(patterns));
        if (expected.time() != sample.time() || !same(expected.values(), sample.values())) {
            throw new MalformedException("the stream does not begin with the test patterns of " + channels
                    + " channels of " + format.label() + "; the formats of both ends differ");
        }
        patterns++;
        timed = false;
    }

    private static boolean same(Sample.Values a, Sample.Values b) {
        if (a instanceof Sample.Texts texts) {
            return texts.equals(b);
        }
        if (a instanceof Sample.Wholes wholes) {
            return b instanceof Sample.Wholes other && Arrays.equals(wholes.wholes(), other.wholes());
        }
        return Arrays.equals(a.numbers(), b.numbers());
    }

    /** The next sample; null when it is not complete yet. */
    private Sample next(ByteBuffer in) throws MalformedException {
        byte tag = in.get();
        double time;
        if (tag == FeedEncoder.TRANSMITTED) {
            if (lacks(in, 8)) {
                return null;
            }
            time = in.getDouble();
            if (!Double.isFinite(time)) {
                throw new MalformedException("a sample with the time " + time);
            }
        } else if (tag == FeedEncoder.DEDUCED) {
            if (!timed && !begun()) {
                throw new MalformedException("a test pattern without a time");
            }
            untimed = !timed;
            time = rateHz > 0 ? lastTime + 1 / rateHz : lastTime;
        } else {
            throw new MalformedException("a sample that begins with " + tag + " instead of 1 or 2");
        }
        Sample.Values values = format == ChannelFormat.STRING ? texts(in) : numbers(in);
        if (values == null) {
            return null;
        }
        lastTime = time;
        timed = !untimed;
        return new Sample(time, values);
    }

    private Sample.Values numbers(ByteBuffer in) {
        if (lacks(in, (long) channels * format.bytes())) {
            return null;
        }
        if (format == ChannelFormat.INT64) {
            long[] wholes = new long[channels];
            for (int k = 0; k < channels; k++) {
                wholes[k] = in.getLong();
            }
            return new Sample.Wholes(wholes);
        }
        double[] numbers = new double[channels];
        for (int k = 0; k < channels; k++) {
            numbers[k] = switch (format) {
                case FLOAT32 -> in.getFloat();
                case DOUBLE64 -> in.getDouble();
                case INT32 -> in.getInt();
                case INT16 -> in.getShort();
                case INT8 -> in.get();
                case INT64, STRING -> throw new IllegalStateException("read elsewhere");
            };
        }
        return new Sample.Numbers(numbers);
    }

    private Sample.Values texts(ByteBuffer in) throws MalformedException {
        int from = in.position();
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < channels; k++) {
            if (lacks(in, 1)) {
                return null;
            }
            int width = in.get();
            if (width != 1 && width != 2 && width != 4 && width != 8) {
                throw new MalformedException("the length of a text is given in " + width + " bytes");
            }
            if (lacks(in, width)) {
                return null;
            }
            long length =
                    switch (width) {
                        case 1 -> in.get() & 0xFF;
                        case 2 -> in.getShort() & 0xFFFF;
                        case 4 -> in.getInt() & 0xFFFFFFFFL;
                        default -> in.getLong();
                    };
            if (length < 0 || length > MOST_TEXT_BYTES || in.position() - from + length > MOST_SAMPLE_BYTES) {
                throw new MalformedException("a text of " + length + " bytes; " + MOST_TEXT_BYTES + " are accepted");
            }
            if (lacks(in, length)) {
                return null;
            }
            texts.add(new String(in.array(), in.position(), (int) length, StandardCharsets.UTF_8));
            in.position(in.position() + (int) length);
        }
        return new Sample.Texts(texts);
    }
}
