package org.anodyne.plugins.fieldtripbuffer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts answers together, in whatever pieces they come. One request is under way at a time, so which answer it is follows from
 * the request. Thread: one.
 */
final class AnswerParser {
    private static final int HEAD = 8;
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_CHANNELS = 4096;
    /** More than any amplifier measures; a damaged header would ask for blocks without end. */
    private static final float MOST_HERTZ = 1e6f;

    private static final double MOST_VALUES_A_SECOND = 5e7;
    private static final int EVENT = 32;
    private static final int NAMES = 1;
    private static final int RESOLUTIONS = 3;

    private byte[] kept = new byte[0];

    /** Forgets everything, for a new connection. */
    void reset() {
        kept = new byte[0];
    }

    void take(byte[] bytes, int count) throws IOException {
        if (kept.length + count > MOST_BYTES + HEAD) {
            throw new IOException("an answer of more than " + MOST_BYTES + " bytes");
        }
        int before = kept.length;
        kept = Arrays.copyOf(kept, before + count);
        System.arraycopy(bytes, 0, kept, before, count);
    }

    /**
     * The answer, once it is complete.
     *
     * @param request command that was sent
     * @throws IOException when what came is no answer to it; the message is for a person
     */
    Optional<Answer> next(int request) throws IOException {
        if (kept.length < HEAD) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(kept).order(Requests.ORDER);
        int version = head.getShort() & 0xFFFF;
        int command = head.getShort() & 0xFFFF;
        long size = head.getInt() & 0xFFFFFFFFL;
        if (version != Requests.VERSION) {
            throw new IOException("an answer of version " + version + " of the protocol; it should be 1");
        }
        if (size > MOST_BYTES) {
            throw new IOException("an answer of " + size + " bytes");
        }
        if (kept.length < HEAD + size) {
            return Optional.empty();
        }
        ByteBuffer body = ByteBuffer.wrap(kept, HEAD, (int) size).slice().order(Requests.ORDER);
        kept = Arrays.copyOfRange(kept, HEAD + (int) size, kept.length);
        if (kept.length > 0) {
            throw new IOException("more came than was asked for");
        }
        try {
            return Optional.of(answer(request, command, body));
        } catch (BufferUnderflowException e) {
            throw new IOException("an answer that is shorter than it says", e);
        }
    }

    private static Answer answer(int request, int command, ByteBuffer body) throws IOException {
        boolean waits = request == Requests.WAIT;
        if (command == (waits ? Requests.WAIT_ERROR : Requests.GET_ERROR)) {
            return new Answer.Refused(request);
        }
        if (command != (waits ? Requests.WAIT_OK : Requests.GET_OK)) {
            throw new IOException(String.format("the answer 0x%X to the request 0x%X", command, request));
        }
        return switch (request) {
            case Requests.GET_HEADER -> header(body);
            case Requests.GET_DATA -> data(body);
            case Requests.GET_EVENTS -> events(body);
            default -> new Answer.Waited(unsigned(body), unsigned(body));
        };
    }

    private static long unsigned(ByteBuffer in) {
        return in.getInt() & 0xFFFFFFFFL;
    }

    private static Answer header(ByteBuffer in) throws IOException {
        long channels = unsigned(in);
        long samples = unsigned(in);
        long events = unsigned(in);
        float rate = in.getFloat();
        DataType type = DataType.of(in.getInt());
        long chunks = unsigned(in);
        if (channels < 1
                || channels > MOST_CHANNELS
                || !(rate > 0 && rate <= MOST_HERTZ && channels * (double) rate <= MOST_VALUES_A_SECOND)) {
            throw new IOException("a header of " + channels + " channels at " + rate + " Hz");
        }
        if (chunks != in.remaining()) {
            throw new IOException("a header whose chunks have another length than it says");
        }
        List<String> names = List.of();
        List<Double> resolutions = List.of();
        while (in.remaining() >= 8) {
            int kind = in.getInt();
            long size = unsigned(in);
            if (size > in.remaining()) {
                throw new IOException("a chunk of " + size + " bytes in a header that has " + in.remaining() + " left");
            }
            ByteBuffer chunk = in.slice(in.position(), (int) size).order(Requests.ORDER);
            in.position(in.position() + (int) size);
            if (kind == NAMES) {
                names = names(chunk, (int) channels);
            } else if (kind == RESOLUTIONS && size == channels * Double.BYTES) {
                resolutions = resolutions(chunk);
            }
        }
        return new Answer.Header((int) channels, samples, events, rate, type, names, resolutions);
    }

    private static List<String> names(ByteBuffer chunk, int channels) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        String[] all = new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
        return all.length < channels ? List.of() : List.of(all).subList(0, channels);
    }

    private static List<Double> resolutions(ByteBuffer chunk) throws IOException {
        List<Double> all = new ArrayList<>();
        while (chunk.hasRemaining()) {
            double each = chunk.getDouble();
            if (!Double.isFinite(each)) {
                throw new IOException("a channel with the resolution " + each);
            }
            all.add(each);
        }
        return all;
    }

    private static Answer data(ByteBuffer in) throws IOException {
        long channels = unsigned(in);
        long samples = unsigned(in);
        DataType type = DataType.of(in.getInt());
        long size = unsigned(in);
        if (channels > MOST_CHANNELS
                || samples > MOST_BYTES
                || size != in.remaining()
                || channels * samples * type.bytes() != size) {
            throw new IOException(
                    "a block of " + samples + " samples of " + channels + " channels in " + in.remaining() + " bytes");
        }
        double[] values = new double[(int) (channels * samples)];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.read(in);
        }
        return new Answer.Data((int) channels, (int) samples, values);
    }

    private static Answer events(ByteBuffer in) throws IOException {
        List<Answer.Marker> markers = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < EVENT) {
                throw new IOException("an event of " + in.remaining() + " bytes");
            }
            DataType typeType = DataType.of(in.getInt());
            long typeCount = unsigned(in);
            DataType valueType = DataType.of(in.getInt());
            long valueCount = unsigned(in);
            int sample = in.getInt();
            int offset = in.getInt();
            int duration = in.getInt();
            long size = unsigned(in);
            if (size > in.remaining()
                    || typeCount > size
                    || valueCount > size
                    || typeCount * typeType.bytes() + valueCount * valueType.bytes() > size) {
                throw new IOException("an event of " + size + " bytes that does not hold what it says");
            }
            int end = in.position() + (int) size;
            Object type = value(in, typeType, (int) typeCount);
            Object value = value(in, valueType, (int) valueCount);
            in.position(end);
            markers.add(new Answer.Marker(String.valueOf(type), value, sample, offset, duration));
        }
        return new Answer.Events(markers);
    }

    private static Object value(ByteBuffer in, DataType type, int count) {
        if (type == DataType.CHAR) {
            byte[] bytes = new byte[count];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        List<Object> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double number = type.read(in);
            boolean whole = type != DataType.FLOAT32 && type != DataType.FLOAT64;
            if (whole) {
                numbers.add((long) number);
            } else {
                numbers.add(number);
            }
        }
        return numbers.size() == 1 ? numbers.get(0) : numbers;
    }
}
