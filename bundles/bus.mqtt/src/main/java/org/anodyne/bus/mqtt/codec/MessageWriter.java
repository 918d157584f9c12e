package org.anodyne.bus.mqtt.codec;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * Writes messages as CBOR (RFC 8949) with typed arrays (RFC 8746), as {@code docs/asyncapi.yaml} describes them.
 * Thread: any.
 */
public final class MessageWriter {
    private static final CBORFactory CBOR = new CBORFactory();

    private MessageWriter() {}

    /**
     * Writes a message.
     *
     * @throws CodecException when the payload does not belong on the topic or holds a value that is no JSON value
     */
    public static byte[] write(Topic topic, Envelope envelope, Payload payload) {
        PayloadKind kind = PayloadKind.of(topic.kind());
        if (!kind.holds(payload)) {
            throw new CodecException("a payload of type " + payload.getClass().getSimpleName()
                    + " does not belong on topic " + topic.path() + ", which carries " + kind.title());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + sizeHint(payload));
        try (CBORGenerator g = CBOR.createGenerator(out)) {
            g.writeStartObject(null, 6);
            g.writeNumberField(Field.SCHEMA, envelope.schema());
            g.writeStringField(Field.SOURCE, envelope.source());
            g.writeNumberField(Field.SEQUENCE, envelope.sequence());
            g.writeNumberField(Field.MADE, envelope.madeNanos());
            g.writeNumberField(Field.ACQUIRED, envelope.acquiredNanos());
            g.writeFieldName(Field.PAYLOAD);
            if (payload instanceof Payload.Samples samples) {
                write(g, samples.block());
            } else if (payload instanceof Payload.FeatureValue value) {
                write(g, value.feature(), value.version());
            } else if (payload instanceof Payload.Request request) {
                write(g, request.command());
            } else if (payload instanceof Payload.Reply reply) {
                write(g, reply.acknowledgement());
            } else if (payload instanceof Payload.Picture picture) {
                write(g, picture.picture());
            } else if (payload instanceof Payload.Document document) {
                write(g, document);
            }
            g.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }

    private static void write(CBORGenerator g, SampleBlock b) throws IOException {
        g.writeStartObject(null, 6);
        g.writeStringField(Field.STREAM, b.stream());
        g.writeNumberField(Field.INDEX, b.index());
        g.writeNumberField(Field.START, b.startNanos());
        g.writeNumberField(Field.RATE, b.rateHz());
        g.writeNumberField(Field.CHANNELS, b.channels());
        g.writeFieldName(Field.SAMPLES);
        ByteBuffer bytes = ByteBuffer.allocate(4 * b.samples().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(b.samples());
        g.writeTag(TypedArray.FLOAT32_LITTLE_ENDIAN);
        g.writeBinary(bytes.array());
        g.writeEndObject();
    }

    private static void write(CBORGenerator g, Feature f, String version) throws IOException {
        g.writeStartObject(null, version.isEmpty() ? 3 : 4);
        g.writeStringField(Field.NAME, f.name());
        g.writeNumberField(Field.TIME, f.timeNanos());
        g.writeFieldName(Field.VALUES);
        ByteBuffer bytes = ByteBuffer.allocate(8 * f.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(f.values());
        g.writeTag(TypedArray.FLOAT64_LITTLE_ENDIAN);
        g.writeBinary(bytes.array());
        if (!version.isEmpty()) {
            g.writeStringField(Field.VERSION, version);
        }
        g.writeEndObject();
    }

    private static void write(CBORGenerator g, Command c) throws IOException {
        g.writeStartObject(null, 6);
        g.writeStringField(Field.ID, c.id());
        g.writeStringField(Field.TARGET, c.target());
        g.writeStringField(Field.ACTION, c.action());
        g.writeFieldName(Field.ARGUMENTS);
        writeNumbers(g, c.arguments());
        g.writeNumberField(Field.DECIDED, c.decidedNanos());
        g.writeStringField(Field.CAUSE, c.cause());
        g.writeEndObject();
    }

    private static void write(CBORGenerator g, Acknowledgement a) throws IOException {
        g.writeStartObject(null, 5);
        g.writeStringField(Field.COMMAND_ID, a.commandId());
        g.writeStringField(Field.OUTCOME, a.outcome().name());
        g.writeStringField(Field.REASON, a.reason());
        g.writeNumberField(Field.TIME, a.timeNanos());
        g.writeFieldName(Field.DELIVERED);
        writeNumbers(g, a.delivered());
        g.writeEndObject();
    }

    private static void write(CBORGenerator g, MirrorPicture p) throws IOException {
        g.writeStartObject(null, 5);
        g.writeNumberField(Field.TIME, p.timeNanos());
        g.writeNumberField(Field.FRAME, p.frame());
        g.writeNumberField(Field.WIDTH, p.width());
        g.writeNumberField(Field.HEIGHT, p.height());
        g.writeBinaryField(Field.JPEG, p.jpeg());
        g.writeEndObject();
    }

    private static void write(CBORGenerator g, Payload.Document d) throws IOException {
        g.writeStartObject(null, 3);
        g.writeStringField(Field.TYPE, d.type());
        g.writeNumberField(Field.TIME, d.timeNanos());
        g.writeFieldName(Field.ATTRIBUTES);
        writeValue(g, d.attributes(), d.type());
        g.writeEndObject();
    }

    private static void writeNumbers(CBORGenerator g, Map<String, Double> numbers) throws IOException {
        g.writeStartObject(null, numbers.size());
        for (Map.Entry<String, Double> e : numbers.entrySet()) {
            g.writeNumberField(e.getKey(), e.getValue().doubleValue());
        }
        g.writeEndObject();
    }

    private static void writeValue(CBORGenerator g, Object value, String where) throws IOException {
        if (value instanceof String s) {
            g.writeString(s);
        } else if (value instanceof Boolean b) {
            g.writeBoolean(b);
        } else if (value instanceof Double || value instanceof Float) {
            g.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            g.writeNumber(((Number) value).longValue());
        } else if (value instanceof List<?> list) {
            g.writeStartArray(null, list.size());
            for (Object item : list) {
                writeValue(g, item, where);
            }
            g.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            g.writeStartObject(null, map.size());
            for (Map.Entry<?, ?> e : map.entrySet()) {
                g.writeFieldName(String.valueOf(e.getKey()));
                writeValue(g, e.getValue(), where + "." + e.getKey());
            }
            g.writeEndObject();
        } else {
            throw new CodecException("attribute '" + where + "' is "
                    + (value == null ? "null" : "of " + value.getClass().getName())
                    + "; use String, Boolean, Long, Double, List or Map");
        }
    }

    private static int sizeHint(Payload payload) {
        if (payload instanceof Payload.Picture p) {
            return p.picture().jpeg().length;
        }
        return payload instanceof Payload.Samples s ? 4 * s.block().samples().length : 128;
    }
}
